"""The verbs of the command line that take folders: how each makes a file, its model loaded once."""

import functools
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from tfvgan.batch.listed import with_ending
from tfvgan.batch.work import Make
from tfvgan.runs.automatic import faster
from tfvgan.runs.codec_models import load_codec, shipped_codec
from tfvgan.runs.compress import compress, decompress
from tfvgan.runs.loading import loaded
from tfvgan.runs.restore import chosen_restorer, is_decided, load_restorer, restore
from tfvgan.runs.segment import load_segmenter, segment
from tfvgan.runs.shipped import check_preference, model_at
from tfvgan.runs.stylize import load_stylizer, stylize
from tfvgan.tasks import Filler, LearnedCodec, Restorer

TVG = ".tvg"
ANY = ".mp4"  # What becomes of a video whose own format is not written.
WRITTEN = (".avi", ".m4v", ".mkv", ".mov", ".mp4", ".ts", ".webm")


class Verb(NamedTuple):
    """How a verb takes a folder: what opens it, see `FolderJob`; names of outputs; which files."""

    opened: Callable[[dict], Make]
    named: Callable[[str], str]
    only: str | None = None


def video_name(name: str) -> str:
    """Returns the name of the output of a video, or of a folder of images: its own.

    Of a format that is not written it is a .mp4, by a second ending.
    """
    ending = os.path.splitext(name)[1].lower()
    return name if ending in WRITTEN or not ending else name + ANY


def packed_name(name: str) -> str:
    """Returns the name of a compressed video, which keeps the ending that it had."""
    return name + TVG


def unpacked_name(name: str) -> str:
    """Returns the name of a decompressed video: as it was before `packed_name`."""
    name = name[: -len(TVG)]
    return video_name(name) if os.path.splitext(name)[1] else name + ANY


def open_restore(settings: dict[str, Any]) -> Make:
    """Returns what restores a file; `settings` are those of `tfvgan.restore`.

    Where each video decides which model is taken, that is loaded with each.
    """
    how = dict(settings)
    if is_decided(*(how.get(name) for name in ("model", "task", "mask", "scale"))):
        check_preference(how.get("prefer", "detail"))
        return functools.partial(_plain, functools.partial(restore, **how))
    model, task, prefer = (how.pop(name, None) for name in ("model", "task", "prefer"))
    how.pop("scale", None)
    model = chosen_restorer(model, task, prefer or "detail", how.get("mask"))()
    restorer = load_restorer(model, how.get("strength", 1.0), how.get("level"))
    restorer = faster(restorer) if how.pop("fast", False) else restorer
    if isinstance(restorer, (Filler, Restorer)):
        model = restorer
    return functools.partial(_plain, functools.partial(restore, model=model, **how))


def open_stylize(settings: dict[str, Any]) -> Make:
    """Returns what paints a file; `settings` are those of `tfvgan.stylize`."""
    how = dict(settings)
    style = load_stylizer(how.pop("style"), how.get("strength", 1.0))
    return functools.partial(_plain, functools.partial(stylize, style=style, **how))


def open_segment(settings: dict[str, Any]) -> Make:
    """Returns what segments a file; `settings` are those of `tfvgan.segment`."""
    how = dict(settings)
    view, shrink, grow = how.get("view", "mask"), how.get("shrink"), how.get("grow", 0)
    model = load_segmenter(how.pop("model"), view, shrink, grow=grow)
    return functools.partial(_plain, functools.partial(segment, model=model, **how))


def open_compress(settings: dict[str, Any]) -> Make:
    """Returns what compresses a file; `settings` are those of `tfvgan.compress`."""
    how = dict(settings)
    model, codec = how.pop("model", None), how.pop("codec", None)
    if model is not None and codec is not None:
        raise ValueError("`codec` chooses a model of the package: give `codec` or `model`.")
    if model is None:
        model = shipped_codec(codec or "enhanced", how.get("prefer") or "detail")
    names = ("quality", "bits", "base", "prefer", "size", "memory")
    made = load_codec(model, **{name: how.get(name) for name in names})
    model = made if isinstance(made, LearnedCodec) else loaded(model_at(model))
    return functools.partial(_plain, functools.partial(compress, model=model, **how))


def open_decompress(settings: dict[str, Any]) -> Make:
    """Returns what decompresses a file; `settings` are those of `tfvgan.decompress`."""
    how = dict(settings)
    partial = how.pop("partial", False)

    def make(video, out, *, resume, overwrite):
        damaged = decompress(video, out, resume=resume, overwrite=overwrite, **how)
        return [] if partial else damaged

    return make


def _plain(make, video, out, *, resume, overwrite):
    """Makes a file of which nothing can be damaged."""
    make(video, out, resume=resume, overwrite=overwrite)
    return []


VERBS = {
    "restore": Verb(open_restore, video_name),
    "stylize": Verb(open_stylize, video_name),
    "segment": Verb(open_segment, video_name),
    "compress": Verb(open_compress, packed_name),
    "decompress": Verb(open_decompress, unpacked_name, TVG),
}


def named_for(verb: str, ending: str | None) -> Callable[[str], str]:
    """Returns the function of a video's name to that of its output.

    Args:
        verb: one of `VERBS`.
        ending: of all outputs, such as ".mkv"; None for what the verb takes.

    Raises:
        ValueError: when it does not begin with a dot.
    """
    if ending is None:
        return VERBS[verb].named
    if not (ending.startswith(".") and len(ending) > 1 and "/" not in ending):
        raise ValueError(f"`ending` (--ending) must be one such as .mkv, but is {ending!r}.")
    return functools.partial(with_ending, ending=ending)
