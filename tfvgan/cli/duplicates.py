"""`tfvgan duplicates`: what is twice in a library?"""

from .arguments import add_verb

SUMMARY = """\
Find the videos of a library that are copies of one another.

Copies are grouped, however they were re-encoded, cropped, trimmed or mirrored: nearly all of one is
most of the other. The one with the most pixels comes first, and each other with how it differs.
Excerpts and pairs that share a part, such as a title, are listed apart: they are no copies.

duplicates.html shows them with pictures, duplicates.json holds all numbers. Nothing is deleted."""

EXAMPLES = (
    "tfvgan index videos/ -o library/",
    "tfvgan duplicates library/",
    "tfvgan duplicates library/ -o report/",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "duplicates", run, SUMMARY, EXAMPLES)
    parser.add_argument("library", metavar="LIBRARY", help="the folder of `tfvgan index`")
    parser.add_argument(
        "-o", "--out", metavar="FOLDER", help="where to write both files (default: LIBRARY)"
    )


def run(args):
    """Compares."""
    import sys

    from tfvgan.library.page import summary
    from tfvgan.runs import duplicates

    found = duplicates(args.library, args.out, show=sys.stderr.isatty())
    for number, group in enumerate(found.groups, 1):
        print(f"Group {number}:")
        for member in group:
            differs = f"  ({', '.join(member.differs)})" if member.differs else ""
            print(f"  {member.path}{differs}")
    for shared in found.excerpts:
        print(f"Excerpt: {shared.path} is in {shared.other}.")
    print(summary(found))
    folder = (args.out or args.library).rstrip("/")
    print(f"Wrote {folder}/duplicates.html and {folder}/duplicates.json.")
