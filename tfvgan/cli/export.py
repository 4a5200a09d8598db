"""`tfvgan export`: from a run to what a server or a device loads."""

import shlex

from .arguments import add_allow, add_edge, add_setting, add_verb, allowed, given
from .typed import program

SUMMARY = """\
Export a trained model for TensorFlow Serving and for edge devices.

Writes the next version, FOLDER/1, FOLDER/2, ...: a SavedModel, with .tflite files beside it. Each
is compared with the Keras model: the differences are printed, and written to parity.json. A
quantised file (float16, dynamic, int8) that is further off than --allow is left out, and the output
says so. If the SavedModel or the float32 file differs by more, nothing is written."""

EXAMPLES = (
    "tfvgan export runs/first saved_models/first",
    "tfvgan export runs/first saved_models/first --tflite float32 dynamic int8",
    "tfvgan export restore_x4 saved_models/x4",
    "tfvgan export runs/any saved_models/any --tflite float32 --endpoints generate moment",
    "tfvgan export runs/mend saved_models/mend --tflite dynamic --endpoints restore_frame "
    "--edge 480 854",
    "tfvgan export restore_x2_fast saved_models/fast --tflite float16 int8 --clips one.mp4 two.mp4",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "export", run, SUMMARY, EXAMPLES)
    parser.add_argument(
        "model", metavar="RUN", help="a run folder, a .keras file, or a model in the package"
    )
    parser.add_argument("out", metavar="FOLDER", help="the model's folder; its name is the model's")
    parser.add_argument(
        "--tflite",
        nargs="+",
        default=(),
        choices=("float32", "float16", "dynamic", "int8"),
        help="also write .tflite files: float32 is exact, float16 half as large, dynamic has 8-bit "
        "weights, int8 computes in 8 bits",
    )
    add_setting(
        parser,
        "--clips",
        None,
        "real videos, for models that read frames: int8 measures its ranges on every other one, "
        "and quantised files are compared with the model on the rest (default: made-up pictures)",
        nargs="+",
        metavar="VIDEO",
    )
    parser.add_argument(
        "--endpoints",
        nargs="+",
        metavar="NAME",
        help="functions of the model that become .tflite files, such as generate or moment "
        "(default: the first)",
    )
    add_edge(parser)
    add_allow(parser)


def run(args):
    """Exports."""
    import sys

    from tfvgan.runs import export

    settings = {"tflite": args.tflite, "endpoints": args.endpoints}
    settings |= given(args, ("edge", "clips"))
    show = sys.stderr.isatty()
    version = export(args.model, args.out, **settings, **allowed(args), show=show)
    look = f"{program('saved_model_cli')} show --dir {shlex.quote(version)} --all"
    print(f"Wrote {version}. To look at it: {look}")
