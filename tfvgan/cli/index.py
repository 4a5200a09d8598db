"""`tfvgan index`: a library of videos that can be searched."""

from .arguments import add_model, add_verb, given
from .folders import BY_FILE, add_engines, say_parts, spread_of

SUMMARY = """\
Make a library of videos that can be searched, or bring it up to date.

A network looks at each half second of each video, and notes 64 numbers: 0.5 MB for each hour. The
videos stay where they are. `tfvgan search` finds what another video shows, and `tfvgan duplicates`
what is there twice.

Type the same command again whenever the videos have changed. What is known is not read again, nor
what was moved or renamed; what is gone leaves the library, as a line says of each. It can be
stopped at any time, and loses the video that it is at. Folders can be added one after the other."""
SPREAD = BY_FILE.format(files="videos", a="a video")

EXAMPLES = (
    "tfvgan index videos/ -o library/",
    "tfvgan index videos/ /media/disk/films/ -o library/",
    "tfvgan index videos/ -o library/ --jobs 2",
    "tfvgan index videos/ -o library/ --cluster tcp://10.0.0.1:8786",
    "tfvgan search library/ clip.mp4",
    "tfvgan duplicates library/",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "index", run, SUMMARY + SPREAD, EXAMPLES)
    parser.set_defaults(sought=("videos",))
    parser.add_argument(
        "videos", nargs="+", metavar="VIDEOS", help="folders, files or patterns of videos"
    )
    parser.add_argument(
        "-o", "--out", required=True, metavar="LIBRARY", help="the folder of the library"
    )
    add_model(parser, "embed_videos, the default")
    add_engines(parser, "who takes which of many videos")


def run(args):
    """Indexes; returns the exit code."""
    import sys

    how, code, model = spread_of(args), 0, given(args, ("model",))
    if how is None:
        from tfvgan.runs import index

        made = index(args.videos, args.out, **model, show=sys.stderr.isatty())
    else:
        from tfvgan.batch import index_by_file

        outcome, made = index_by_file(args.videos, args.out, how=how, **model)
        code = say_parts(args.out, outcome)
    if made is not None:
        _say(args.out, made)
    return code


def _say(out, made):
    """Prints the changes to a library."""
    for before, after in made.moved:
        print(f"Moved: {before} is {after} now.")
    for path in made.gone:
        print(f"Gone: {path}.")
    counts = {
        "read": made.read,
        "unchanged": made.same,
        "moved": made.moved,
        "known by their content": made.known,
        "gone": made.gone,
        "unreadable": made.unreadable,
    }
    said = ", ".join(f"{len(paths)} {name}" for name, paths in counts.items() if paths)
    print(f"{out}: {said}.")
