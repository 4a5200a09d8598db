"""Checks of output paths, before the work begins."""

import os
from pathlib import Path

PIPE = "-"


def check_out(out, given=(), overwrite=False, folder=False):
    """Raises ValueError unless a file, or with `folder` a folder, may be made at a path.

    Args:
        out: the path.
        given: paths of what is read; None among them is nothing.
        overwrite: bool, whether what is there may be replaced.
        folder: bool, whether it is to be a folder of images.
    """
    if not os.fspath(out):
        raise ValueError("The output has no name: give one.")
    if os.fspath(out) == PIPE:
        raise ValueError("This can't be written to a pipe: name a file as the output.")
    for path in given:
        there = path is not None and os.path.exists(path) and os.path.exists(out)
        if there and os.path.samefile(path, out):
            raise ValueError(f"`{out}` is the video itself: name another output.")
    if os.path.exists(out) and not (os.path.isfile(out) or os.path.isdir(out)):
        raise ValueError(f"`{out}` is a device or a pipe: name a file as the output.")
    if os.path.exists(out) and os.path.isdir(out) != folder:
        kinds = ("a folder", "a file") if os.path.isdir(out) else ("a file", "a folder of images")
        raise ValueError(
            f"`{out}` is {kinds[0]}, but {kinds[1]} is to be made: name another output."
        )
    if not overwrite:
        check_free(out)


def check_free(out: str | os.PathLike) -> None:
    """Raises ValueError when there is something at `out`, but for an empty folder."""
    if os.path.exists(out) and not (os.path.isdir(out) and not os.listdir(out)):
        raise ValueError(
            f"`{out}` is there already: name another output, or allow it to be replaced by "
            "`overwrite` (--overwrite)."
        )


def check_resumable(piped, resume):
    """Raises ValueError when what goes through a pipe is to be resumed.

    Args:
        piped, resume: bool.
    """
    if piped and resume:
        raise ValueError("What goes through a pipe can't be resumed: leave `resume` out.")


def is_images(out):
    """Returns whether a path names a folder of images: one that is there, or without an ending."""
    return os.fspath(out) != PIPE and (os.path.isdir(out) or not Path(out).suffix)
