"""What verbs share that make a video of another: where and how it is written, and gone on with."""

import functools

from .arguments import add_encoder, add_job, add_setting, given
from .resuming import to_continue

SETTINGS = ("codec", "crf", "memory", "resume", "overwrite", "compare")  # Those of `add_written`.
VIDEO = "a file, a folder of numbered images, or - for a pipe (its picture alone)"
VIDEOS = "a file, a folder of videos or of numbered images, or - for a pipe (its picture alone)"


def add_out(parser, folder=""):
    """Adds the option that says where a video is written.

    Args:
        parser: the verb's parser.
        folder: what a folder is for besides images, for the help.
    """
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="PATH",
        help=f"a file whose ending says its format, a folder for images{folder}, or - for a pipe "
        "(NUT, the frames alone)",
    )


def add_fast(parser):
    """Adds the option that has networks compute in lower precision."""
    add_setting(
        parser,
        "--fast",
        None,
        "compute in bfloat16 where the CPU has it: in less time, some levels off by one or a few",
        action="store_true",
    )


def add_written(parser, done, compared="input and output"):
    """Adds the options that say how a video is written.

    Args:
        parser: the verb's parser.
        done: what is done to frames, a participle, for the help.
        compared: what `--compare` shows side by side.
    """
    group = parser.add_argument_group("how it is written")
    add_encoder(group)
    add_job(group, f"MB of memory for a frame; larger frames are {done} in tiles")
    add_setting(
        group,
        "--compare",
        None,
        f"also write {compared} side by side, as a video and a picture",
        action="store_true",
    )


def written(args, make, names, *read):
    """Writes a video as it was asked for, and says what was written.

    Args:
        args: what was typed.
        make: function of the paths of what is read and written, and of settings; as of `write`.
        names: of these settings.
        *read: paths of what is read.
    """
    settings = given(args, names)
    write(functools.partial(make, *read, args.out, **settings), read, args.out, settings)


def write(make, read, out, settings):
    """Writes a video, and says what was written.

    Args:
        make: function that does so, is told whether to `show` a progress bar, and returns paths.
        read: paths of what is read.
        out: path of what is written.
        settings: dict of what was typed.

    Raises:
        KeyboardInterrupt: where it is stopped; it says how to go on, if that can be.
    """
    import sys

    try:
        paths = make(show=sys.stderr.isatty())
    except KeyboardInterrupt:
        if not _goes_on(read, out, settings):
            raise
        raise to_continue(settings) from None
    if out != "-":
        print(f"Wrote {', '.join(paths)}.")


def _goes_on(read, out, settings):
    """Returns whether the video, or its comparison, can be resumed.

    Where a video may be replaced, one that is there may be the one before.
    """
    import os

    from tfvgan.streaming import PIPE, can_go_on

    compares = settings.get("compare") and not settings.get("overwrite")
    if PIPE in (*read, out):
        return False
    return can_go_on(out) or bool(compares and os.path.exists(out))
