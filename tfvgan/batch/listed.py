"""The files of a folder, and where each is to be written in another."""

import os
from collections.abc import Callable
from typing import NamedTuple

from tfvgan.data.files import is_image_folder, list_videos
from tfvgan.library.fingerprint import state_of
from tfvgan.whole import named_after


class Item(NamedTuple):
    """A video of a folder: its `name`, the path within the folder, with "/" between folders; its
    absolute `path`, and that of its output, `out`; and of what is read with it, `beside`. `share`
    decides which share it is of, where the name does not."""

    name: str
    path: str
    out: str
    beside: str = ""
    share: str = ""

    def state(self) -> list[int]:
        """Returns the bytes and the time of change of what is read; see `state_of`.

        Raises:
            OSError: when it is gone.
        """
        paths = [self.path, self.beside] if self.beside else [self.path]
        return [number for path in paths for number in state_of(path)]


def is_folder_of_videos(path: str | os.PathLike) -> bool:
    """Returns whether a path is a folder of which each file is a video: no folder of images."""
    return os.path.isdir(path) and not is_image_folder(path)


def items(
    folder: str | os.PathLike,
    out: str | os.PathLike,
    named: Callable[[str], str] = lambda name: name,
    only: str | None = None,
) -> list[Item]:
    """Returns an `Item` for each video of a folder, in order.

    Args:
        folder: which holds videos, at any depth; hidden ones are left out.
        out: the folder of the outputs.
        named: function of a video's name to that of its output.
        only: an ending such as ".tvg", of files that are looked for instead of videos.

    Raises:
        ValueError: when there is no such folder, no video in it, one folder lies in the other, or
            two videos would become one output.
    """
    if not is_folder_of_videos(folder):
        raise ValueError(
            f"`{folder}` should be a folder of videos, but is none: name one, or leave what is for "
            "folders (--shard, --jobs, --cluster, --ending) out."
        )
    root, target = os.path.abspath(folder), os.path.abspath(out)
    if os.path.exists(target) and not os.path.isdir(target):
        raise ValueError(f"`{out}` is a file, but the outputs of a folder fill one: name a folder.")
    real = [os.path.realpath(path) for path in (root, target)]
    if os.path.commonpath(real) in real:
        raise ValueError(
            f"Of `{folder}` and `{out}` one is in the other, so that outputs would be taken for "
            "videos: name an output folder beside it."
        )
    paths = _endings(root, only) if only else [video.path for video in list_videos(root)]
    found = []
    for path in paths:
        name = os.path.relpath(path, root).replace(os.sep, "/")
        found.append(Item(name, path, os.path.join(target, *named(name).split("/"))))
    _check_apart(found)
    return found


def with_ending(name: str, ending: str) -> str:
    """Returns the path of a file with another ending, which begins with a dot."""
    return os.fspath(named_after(name, ending)).replace(os.sep, "/")


def _check_apart(found):
    """Raises ValueError when two items have one output."""
    outs = {}
    for item in found:
        other = outs.setdefault(item.out, item)
        if other is not item:
            raise ValueError(
                f"{other.name} and {item.name} would both become `{item.out}`: rename one, or take "
                "another ending for the outputs (--ending)."
            )


def _endings(root, ending):
    """Returns the paths of the files below a folder that end so, in order."""
    found = []
    for folder, inside, names in os.walk(root):
        inside[:] = [name for name in inside if name[0] != "."]
        shown = [name for name in names if name[0] != "." and name.lower().endswith(ending)]
        found += [os.path.join(folder, name) for name in shown]
    if not found:
        raise ValueError(f"The folder {root} holds no {ending} file: name one that does.")
    return sorted(found)
