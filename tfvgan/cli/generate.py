"""`tfvgan generate`: new videos from a run."""

from .arguments import (
    add_setting,
    add_sharpness,
    add_verb,
    given,
    not_negative,
    positive,
    positive_float,
)

SUMMARY = """\
Generate new videos from a run, a published model or a .keras file.

Three models come with the package, by these names:
  hands    people who sign a word, 256x256
  people   people who wave, jump or bend, 64x64
  shapes   shapes that cross the picture, 64x64

A folder gets each video in each format, grid.mp4 with all of them side by side, and strip.png, a
film strip. Long videos also get xt.png, one line of pixels over time. Video n of a seed is always
the same.

The network "continuous" makes videos of any length at any frame rate. It can combine the content of
one video with the motion of another."""

EXAMPLES = (
    "tfvgan generate runs/first -o out/",
    "tfvgan generate runs/first --count 16 --seed 7 -o out/ --formats mp4",
    "tfvgan generate runs/actions --label waving -o out/",
    "tfvgan generate people --frames 64 --fps 25 -o clip.mp4",
    "tfvgan generate runs/any --frames 512 --count 2 -o out/     # long",
    "tfvgan generate runs/any --rate 2 -o out/                   # twice the frame rate",
    "tfvgan generate runs/any --truncation 0.7 -o out/           # more usual, less varied",
    "tfvgan generate runs/any --contents 0 1 2 --motions 4 5 6 7 -o mixed.mp4",
)
SETTINGS = (
    *("count", "seed", "label", "formats", "fps"),
    *("frames", "start", "rate", "truncation", "sharpness", "contents", "motions"),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "generate", run, SUMMARY, EXAMPLES)
    add_places(parser)
    add_setting(parser, "--count", "8, 1 for a file", "how many", type=positive, metavar="N")
    add_sampling(parser)
    group = parser.add_argument_group("each of some contents in each of some motions")
    number = {"type": not_negative, "nargs": "+", "metavar": "N"}
    add_setting(group, "--contents", "as --motions", "numbers of videos: the rows", **number)
    add_setting(group, "--motions", "as --contents", "numbers of videos: the columns", **number)


def add_places(parser):
    """Adds where the model is and where its videos go."""
    parser.add_argument(
        "model",
        metavar="RUN",
        help="a run folder, a published folder, a .keras file, or hands, people or shapes",
    )
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="PATH",
        help="where to write: a folder, or one file that ends in .mp4 or .gif",
    )


def add_sampling(parser, frames="as trained"):
    """Adds the options of all kinds of sampling; `frames` describes the default length."""
    add_setting(parser, "--seed", 0, "chooses the videos", type=not_negative, metavar="N")
    add_setting(parser, "--label", None, "one class only: its name or its number", metavar="CLASS")
    add_setting(
        parser,
        "--formats",
        "mp4 gif",
        "the file formats of each video in a folder",
        nargs="+",
        choices=("mp4", "gif"),
    )
    add_setting(
        parser,
        "--fps",
        "as what was learned from, or 8, times --rate",
        "frames a second",
        type=positive_float,
        metavar="F",
    )
    add_setting(
        parser,
        "--truncation",
        1,
        "0 to 1: lower values give more typical and less varied videos",
        type=float,
        metavar="SHARE",
    )
    add_sharpness(parser)
    group = parser.add_argument_group("which part of an endless video")
    add_setting(group, "--frames", frames, "how many frames", type=positive, metavar="N")
    add_setting(group, "--start", 0, "time of the first, in frames", type=float, metavar="TIME")
    add_setting(
        group,
        "--rate",
        1,
        "frames made for each frame trained on: 2 doubles the frame rate",
        type=positive_float,
        metavar="R",
    )


def say(paths, out):
    """Prints what was written."""
    import os

    if len(paths) == 1:
        print(f"Wrote {paths[0]}.")
    else:
        first = os.path.join(out, "strip.png")
        print(f"Wrote {len(paths)} files to {out}: look at {first} first.")


def run(args):
    """Generates."""
    from tfvgan.runs import generate

    say(generate(args.model, args.out, **given(args, SETTINGS)), args.out)
