"""`tfvgan search`: which videos of a library show this one, and where?"""

from .arguments import add_model, add_setting, add_verb, given, positive

SUMMARY = """\
Find the videos of a library that show what another video does, and where they do.

The other may be an excerpt, re-encoded, smaller, cropped, mirrored, slower or faster. Each hit is
printed with its score, the share of the query that speaks for it, and with the seconds in both. The
query's own file is left out. Nothing printed means that nothing in the library is like it.

A query must show something for a second or more; of two seconds and more, places are found to half
a second. --sheet also draws the query and its hits."""

EXAMPLES = (
    "tfvgan search library/ clip.mp4",
    "tfvgan search library/ clip.mp4 -k 20 --sheet hits.png",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "search", run, SUMMARY, EXAMPLES)
    parser.add_argument("library", metavar="LIBRARY", help="the folder of `tfvgan index`")
    parser.add_argument("query", metavar="QUERY", help="a video, or a folder of numbered images")
    add_setting(parser, "-k", 5, "how many videos to show at most", type=positive, metavar="N")
    add_setting(parser, "--sheet", None, "also draw them into this picture", metavar="PNG")
    add_model(parser, "embed_videos, the default")


def run(args):
    """Searches."""
    import sys

    from tfvgan.data.stamps import clock
    from tfvgan.runs import search

    settings = given(args, ("k", "sheet", "model"))
    hits = search(args.library, args.query, **settings, show=sys.stderr.isatty())
    for hit in hits:
        print(f"{hit.score:.2f}  {hit.path}")
        for match in sorted(hit.matches):
            mine = f"{clock(match.begin)} to {clock(match.end)}"
            its = f"{clock(match.start)} to {clock(match.stop)}"
            fast = f", {match.speed:.2f} times as fast" if abs(match.speed - 1) > 0.03 else ""
            print(f"      {mine} is {its} there{fast}")
    if not hits:
        print(f"Nothing in {args.library} is like {args.query}.")
    if "sheet" in settings:
        print(f"Wrote {args.sheet}.")
