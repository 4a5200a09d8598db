"""`tfvgan stylize`: a video in, the same in another style out."""

from .arguments import add_encoder, add_job, add_setting, add_source, add_verb, given, share
from .restore import goes_on
from .resuming import to_continue

SUMMARY = """\
Paint a video in a style that does not flicker; any length, sound kept.

--style takes a style of the package, by name, or one of your own: `tfvgan train stylizer --help`
says how it is learnt from a picture. A wrong name lists those that there are.

The output is written in parts. After Ctrl-C or a crash --resume goes on. Memory does not grow with
the video's length."""

EXAMPLES = (
    "tfvgan stylize in.mp4 -o painted.mp4 --style watercolour",
    "tfvgan stylize in.mp4 -o painted.mkv --style ink --strength 0.5 --compare",
    "tfvgan stylize frames/ -o painted/ --style poster         # folders of numbered images",
    "tfvgan stylize in.mp4 -o painted.mp4 --style runs/monet",
    "tfvgan stylize in.mp4 -o painted.mp4 --style ink --resume # after Ctrl-C or a crash",
    "ffmpeg -i in.avi -f nut - | tfvgan stylize - -o - --style night | ffplay -",
)
SETTINGS = (
    *("style", "strength", "deinterlace", "fps", "partial"),
    *("codec", "crf", "memory", "resume", "overwrite", "compare"),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "stylize", run, SUMMARY, EXAMPLES)
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
    group = parser.add_argument_group("what is done")
    group.add_argument(
        "--style",
        required=True,
        metavar="STYLE",
        help="a style's name, or a run, published folder or .keras file",
    )
    add_setting(
        group,
        "--strength",
        1,
        "0 to 1: how much of the style; 0 is the video as it was",
        type=share,
        metavar="SHARE",
    )
    add_source(parser.add_argument_group("how it is read"))
    group = parser.add_argument_group("how it is written")
    add_encoder(group)
    add_job(group, "MB of memory for a frame; larger frames are painted in tiles")
    add_setting(
        group,
        "--compare",
        None,
        "also write input and output side by side, as a video and a picture",
        action="store_true",
    )


def run(args):
    """Paints."""
    import sys

    from tfvgan.runs import stylize

    settings = given(args, SETTINGS)
    try:
        paths = stylize(args.video, args.out, show=sys.stderr.isatty(), **settings)
    except KeyboardInterrupt:
        if not goes_on(args, settings):
            raise
        raise to_continue(settings) from None
    if args.out != "-":
        print(f"Wrote {', '.join(paths)}.")
