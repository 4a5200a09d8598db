"""`tfvgan restore`: a video in, a better one out."""

from .arguments import (
    add_encoder,
    add_job,
    add_model,
    add_setting,
    add_source,
    add_verb,
    given,
    share,
)
from .resuming import to_continue

SUMMARY = """\
Make a video better: sharper, cleaner, larger, repaired; any length, sound kept.

--task chooses one of the package's models:
  deblock_x2   removes the artefacts of a codec and doubles width and height (the default)
  deblock      removes the artefacts of a codec and keeps the size
  x2, x4       enlarge clean videos; x2_fast takes less time
  denoise      removes noise, as strong as --level
  old          restores worn films; it makes good videos worse
  holes        fills the pixels that --mask marks, such as a logo or a scratch
Some tasks have two models. --prefer chooses one. --model takes a model of your own instead.

The output is written in parts. After Ctrl-C or a crash --resume goes on. Memory does not grow with
the video's length."""

EXAMPLES = (
    "tfvgan restore old.mp4 -o new.mp4",
    "tfvgan restore old.mp4 -o new.mkv --compare          # and both, side by side",
    "tfvgan restore small.mp4 -o large.mp4 --task x4 --prefer fidelity",
    "tfvgan restore grainy.mp4 -o clean.mp4 --task denoise --level 0.3",
    "tfvgan restore tv.mp4 -o clean.mp4 --mask logo.png",
    "tfvgan restore worn.mp4 -o new.mp4 --task old",
    "tfvgan restore frames/ -o better/                    # folders of numbered images",
    "tfvgan restore frames/ -o film.mp4 --fps 24",
    "tfvgan restore old.mp4 -o new.mp4 --model runs/mine --codec libx265 --crf 20",
    "tfvgan restore old.mp4 -o new.mp4 --resume           # after Ctrl-C or a crash",
    "ffmpeg -i old.avi -f nut - | tfvgan restore - -o - | ffplay -",
)
SETTINGS = (
    *("task", "prefer", "strength", "level", "mask", "deinterlace", "fps"),
    "partial",
    *("codec", "crf", "memory", "resume", "overwrite", "compare"),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "restore", run, SUMMARY, EXAMPLES)
    parser.add_argument(
        "video", help="a file, a folder of numbered images, or - for a pipe (its picture alone)"
    )
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="PATH",
        help="a file whose ending says its format, a folder for images, or - for a pipe (NUT, the "
        "frames alone)",
    )
    _add_model(parser)
    add_source(parser.add_argument_group("how it is read"))
    _add_output(parser)


def _add_model(parser):
    group = parser.add_argument_group("what is done")
    add_model(group)
    add_setting(
        group,
        "--task",
        "deblock_x2, or holes with --mask",
        "the task, and with it the model of the package",
        metavar="NAME",
    )
    add_setting(
        group,
        "--prefer",
        "detail",
        "invent plausible detail, or stay close to the input",
        choices=("detail", "fidelity"),
    )
    add_setting(
        group,
        "--strength",
        1,
        "0 to 1: the share of the network's change that is taken",
        type=share,
        metavar="SHARE",
    )
    add_setting(
        group, "--level", 0.5, "0 to 1: how strong the noise is", type=share, metavar="SHARE"
    )
    add_setting(
        group,
        "--mask",
        None,
        "a picture or a video that is white where pixels are missing",
        metavar="PATH",
    )


def _add_output(parser):
    group = parser.add_argument_group("how it is written")
    add_encoder(group)
    add_job(group, "MB of memory for a frame; larger frames are restored in tiles")
    add_setting(
        group,
        "--compare",
        None,
        "also write input and output side by side, as a video and a picture",
        action="store_true",
    )


def run(args):
    """Restores."""
    import sys

    from tfvgan.runs import restore

    settings = given(args, SETTINGS)
    model = getattr(args, "model", None)
    try:
        paths = restore(args.video, args.out, model, show=sys.stderr.isatty(), **settings)
    except KeyboardInterrupt:
        if not goes_on(args, settings):
            raise
        raise to_continue(settings) from None
    if args.out != "-":
        print(f"Wrote {', '.join(paths)}.")


def goes_on(args, settings):
    """Returns whether the video, or its comparison, can be resumed.

    Where a video may be replaced, one that is there may be the one before.
    """
    import os

    from tfvgan.streaming import PIPE, can_go_on

    compares = settings.get("compare") and not settings.get("overwrite")
    if PIPE in (args.video, args.out):
        return False
    return can_go_on(args.out) or bool(compares and os.path.exists(args.out))
