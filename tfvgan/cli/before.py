"""What is said before TensorFlow is imported, which takes seconds: what is wrong, and to wait."""

import contextlib
import os
import sys

from .declared import module

READ = ("video", "original", "processed", "query")  # Positions at which a video is named.
PIPE = "-"
PATTERN = "*?["  # What is in the name of no one file.
LOADING = "Loading TensorFlow ..."


def check(args):
    """Raises ValueError where no video is to be read, or what is to be written is there already.

    Args:
        args: what was typed. It may have any of `READ`: a path, or "-" for a pipe. Where `kept` is
            true an output that exists is kept, unless `overwrite` or `resume` is there. `sought`
            names further ones that are folders, files or patterns, or lists of them.
    """
    for name in getattr(args, "sought", ()):
        named = getattr(args, name) or ()
        for path in [named] if isinstance(named, str) else named:
            if not (set(PATTERN) & set(path) or os.path.lexists(path)):
                raise ValueError(_missing(path))
    paths = [getattr(args, name) for name in READ if hasattr(args, name)]
    for path in paths:
        if path != PIPE and not os.path.lexists(path):
            raise ValueError(_missing(path))
    replaces = hasattr(args, "overwrite") or hasattr(args, "resume")
    if getattr(args, "kept", False) and not replaces and not any(map(os.path.isdir, paths)):
        outputs = module("tfvgan.streaming.outputs")
        if args.out != PIPE:
            outputs.check_out(args.out, paths, folder=outputs.is_images(args.out))


def _missing(path):
    """Returns that there is no such video, and what to do, in a sentence."""
    folder, name = os.path.split(path)
    if path.startswith("pipe:"):
        return f"There is no file {path}: a pipe is named {PIPE} here."
    if "://" in path:
        hand = "`ffmpeg -i ADDRESS -c:v ffv1 -an -f nut -`"
        return f"There is no file {path}: addresses are not read, but a pipe is; see {hand}."
    if "%" in name and os.path.isdir(folder or "."):
        return f"There is no file {path}: of numbered images name the folder, {folder or '.'}."
    return f"There is no file or folder {path}: look for a slip in its name."


def load(args):
    """Imports the package; on a terminal a line says so meanwhile, and goes when that is done.

    Where it was imported before nothing is done: whatever reads and writes checks its paths, too.

    Args:
        args: what was typed.

    Raises:
        ValueError: as `check` does, at once.
    """
    if "tfvgan" in sys.modules:
        return
    check(args)
    with _shown(LOADING):
        import tfvgan  # noqa: F401


@contextlib.contextmanager
def _shown(line):
    """Shows a line on stderr within, if that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    print(line, end="\r", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(" " * len(line), end="\r", file=sys.stderr, flush=True)
