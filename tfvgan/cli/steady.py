"""`tfvgan steady`: a video and what a tool made of it in, the latter without flicker out."""

from .arguments import add_model, add_source, add_verb
from .writing import SETTINGS as WRITTEN
from .writing import VIDEO, add_out, add_written, written

SUMMARY = """\
Take flicker out of what any tool has made of a video frame by frame; any length, sound kept.

ORIGINAL is the video as it was. PROCESSED is what was made of it: coloured, painted, restored.
Both need as many frames, of one size. A frame more or less at the end is left out, and said.
--partial takes what both have.

PROCESSED may be a folder of images, as such tools write. Then times of frames and sound are those
of ORIGINAL, as they are where PROCESSED has lost its sound. --fps is for two folders. Cuts are
looked for in ORIGINAL, which does not flicker.

FFmpeg hands out all frames with `ffmpeg -i in.mp4 -fps_mode passthrough frames/%06d.png`.

The output is written in parts. After Ctrl-C or a crash --resume goes on. Memory does not grow with
the video's length."""

EXAMPLES = (
    "tfvgan steady in.mp4 painted.mp4 -o steady.mp4",
    "tfvgan steady in.mp4 painted/ -o steady.mp4             # images, with the sound of in.mp4",
    "tfvgan steady frames/ painted/ -o steady/               # folders alone",
    "tfvgan steady in.mp4 painted.mp4 -o steady.mkv --compare # and both, side by side",
    "tfvgan steady in.mp4 painted.mp4 -o steady.mp4 --resume  # after Ctrl-C or a crash",
    "ffmpeg -i painted.avi -c:v ffv1 -an -f nut - | tfvgan steady in.mp4 - -o steady.mp4",
)
SETTINGS = ("model", "deinterlace", "fps", "partial", *WRITTEN)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "steady", run, SUMMARY, EXAMPLES)
    parser.add_argument("original", metavar="ORIGINAL", help=VIDEO)
    parser.add_argument("processed", metavar="PROCESSED", help="likewise; not both are pipes")
    add_out(parser)
    add_model(parser.add_argument_group("what is done"), "steady")
    add_source(parser.add_argument_group("how both are read"))
    add_written(parser, "steadied", "what was processed and what is steady")


def run(args):
    """Steadies."""
    from tfvgan.runs import steady

    written(args, steady, SETTINGS, args.original, args.processed)
