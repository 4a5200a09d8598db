"""`tfvgan evaluate`: how good are these videos?"""

from .arguments import (
    add_partial,
    add_setting,
    add_verb,
    given,
    not_negative,
    positive,
    positive_float,
)
from .folders import BY_FILE, ENGINES, add_engines, say_parts, spread_of

SUMMARY = """\
Measure generated videos against real ones, or outputs against references.

Prints a table. With --out it also writes metrics.jsonl (a line for each metric: its value, interval
and protocol) and evaluation.png (videos of both sides, x-t slices, histograms).

Some metrics need the weights of a network: `tfvgan weights fetch` fetches them once. A metric
whose weights are missing is left out, and the table says so.

Metrics of two sets, by default those before the bar:
  fvd kvd precision_k3 recall_k3 ffd diversity motion roughness disorder flicker
  | warping_error acd
Metrics with --paired, all by default:
  psnr ssim ms_ssim lpips tof tlp warping_error flicker vmaf bits_per_pixel"""
SPREAD = (
    BY_FILE.format(files="pairs", a="a pair")
    + """ This needs --paired and --out, where what
was measured of each pair is kept. Scores of two sets are of all their clips at once."""
)

EXAMPLES = (
    "tfvgan evaluate videos/ runs/first",
    "tfvgan evaluate videos/ 'out/sample-*.mp4' --size 64 --videos 1000 -o scores/",
    "tfvgan evaluate videos/ saved_models/first --metrics fvd motion",
    "tfvgan evaluate --paired originals/ restored/",
    "tfvgan evaluate --paired originals/ restored/ -o scores/ --jobs 2",
)
OF_SETS = ("frames", "size", "stride", "fps", "videos", "seed", "partial")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "evaluate", run, SUMMARY + SPREAD, EXAMPLES)
    parser.add_argument(
        "real",
        metavar="REAL",
        help="a video, a folder or a pattern of videos, or a prepared folder; with --paired the "
        "references",
    )
    parser.add_argument(
        "generated",
        metavar="GENERATED",
        help="likewise, or a run, a .keras file, a SavedModel or a name such as people to sample "
        "from; with --paired the outputs, named like their references",
    )
    parser.add_argument(
        "--paired", action="store_true", help="each output is held against its own reference"
    )
    parser.add_argument(
        "-o", "--out", metavar="FOLDER", help="also write the scores and a picture to this folder"
    )
    parser.add_argument("--metrics", nargs="+", metavar="NAME", help="only these")
    group = parser.add_argument_group("which clips stand for the two sets")
    number = {"type": positive, "metavar": "N"}
    add_setting(group, "--frames", "16, or what the model makes", "frames in a clip", **number)
    add_setting(group, "--size", "the size of both", "height and width to cut to", **number)
    add_setting(group, "--stride", "as the run, or 1", "take every N-th frame of files", **number)
    add_setting(
        group, "--fps", None, "resample files to this rate", type=positive_float, metavar="RATE"
    )
    add_setting(group, "--videos", 256, "clips of each set, at most", **number)
    add_setting(group, "--seed", 0, "chooses the clips", type=not_negative, metavar="N")
    add_partial(group, "what is there of files that are cut off, and say how much that is")
    add_engines(parser, "who takes which of many pairs")


def run(args):
    """Evaluates; the exit code is 2 when a metric that was asked for by name is missing."""
    settings = given(args, OF_SETS)
    if args.paired and settings:
        raise ValueError(
            f"With --paired whole videos are compared: leave --{next(iter(settings))} out."
        )
    engines = given(args, ENGINES)
    if engines and not (args.paired and args.out):
        raise ValueError(
            f"Pairs are spread, in a folder that keeps what is measured: give --paired and --out, "
            f"or leave --{next(iter(engines))} out."
        )
    how = spread_of(args) if args.paired and args.out else None
    if how is not None:
        return _by_file(args, how)
    from contextlib import nullcontext

    from tfvgan.runs.folder import alone_in

    with nullcontext() if args.out is None else alone_in(args.out):  # From the start on.
        return _evaluated(args, settings)


def _by_file(args, how):
    """Evaluates a share of the pairs; the last one prints and writes. Returns the exit code."""
    from tfvgan.batch import evaluate_by_file

    outcome, report = evaluate_by_file(
        args.real, args.generated, args.out, how, metrics=args.metrics
    )
    code = say_parts(args.out, outcome)
    return code if report is None else _told(args, report)


def _evaluated(args, settings):
    """Evaluates, prints and writes; returns the exit code."""
    from tfvgan.evaluation import evaluate, evaluate_paired

    if args.paired:
        report = evaluate_paired(args.real, args.generated, metrics=args.metrics)
    else:
        report = evaluate(args.real, args.generated, metrics=args.metrics, **settings)
    return _told(args, report)


def _told(args, report):
    """Prints a report and writes it; returns the exit code."""
    print(f"\n{report}\n")
    if not report.scores:
        return 2
    if args.out is not None:
        print("Wrote " + " and ".join(report.write(args.out)))
    return 2 if report.missing and args.metrics else 0
