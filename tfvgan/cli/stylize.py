"""`tfvgan stylize`: a video in, the same in another style out."""

from .arguments import add_setting, add_source, add_verb, given, share
from .folders import FOLDER, add_folder, is_folder, write_folder
from .writing import SETTINGS as WRITTEN
from .writing import VIDEOS, add_out, add_written, written

SUMMARY = """\
Paint a video in a style, and hold it from frame to frame; any length, sound kept.

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
    "tfvgan stylize videos/ -o painted/ --style ink --jobs 2   # folders of videos",
    "ffmpeg -i in.avi -c:v ffv1 -an -f nut - | tfvgan stylize - -o - --style night | ffplay -",
)
SETTINGS = ("style", "strength", "deinterlace", "fps", "partial", *WRITTEN)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "stylize", run, SUMMARY + FOLDER, EXAMPLES)
    parser.add_argument("video", help=VIDEOS)
    add_out(parser, " or videos")
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
    add_written(parser, "painted")
    add_folder(parser)


def run(args):
    """Paints."""
    from tfvgan.runs import stylize

    if is_folder(args):
        return write_folder(args, "stylize", given(args, SETTINGS))
    return written(args, stylize, SETTINGS, args.video)
