"""`tfvgan generate`: new videos from a run."""

from .arguments import add_verb, not_negative, positive, positive_float

SUMMARY = """\
Generate new videos from a run or a .keras file.

Writes each video in each format, all of them side by side as grid.mp4, and a film strip
(strip.png). The same seed gives the same videos."""

EXAMPLES = (
    "tfvgan generate runs/first --out out/",
    "tfvgan generate runs/first --count 16 --seed 7 --out out/ --formats mp4",
    "tfvgan generate runs/actions --label waving --out out/",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "generate", run, SUMMARY, EXAMPLES)
    parser.add_argument("model", metavar="RUN", help="a run folder, or a .keras file")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write")
    parser.add_argument(
        "--count", type=positive, default=8, metavar="N", help="how many (default: 8)"
    )
    parser.add_argument(
        "--seed", type=not_negative, default=0, metavar="N", help="chooses them (default: 0)"
    )
    parser.add_argument(
        "--formats",
        nargs="+",
        choices=("mp4", "gif"),
        default=("mp4", "gif"),
        help="which files for each video (default: mp4 gif)",
    )
    parser.add_argument(
        "--fps",
        type=positive_float,
        default=8.0,
        metavar="RATE",
        help="frames a second (default: 8)",
    )
    parser.add_argument("--label", metavar="CLASS", help="one class only: its name or its number")


def run(args):
    """Generates."""
    from tfvgan.runs import generate

    paths = generate(
        args.model,
        args.out,
        count=args.count,
        seed=args.seed,
        label=args.label,
        formats=tuple(args.formats),
        fps=args.fps,
    )
    print(f"Wrote {len(paths)} files to {args.out}: look at {args.out}/strip.png first.")
