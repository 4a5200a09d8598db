"""Which videos of a folder choose, and which only report.

What is chosen by its scores, such as weights of losses, scores better on the videos that chose it.
So figures are of others. In the order of names every other video chooses, from the first one on;
the others report. One alone reports.
"""

from pathlib import Path

from tfvgan.data import list_videos

REPORTING, CHOOSING, ALL = "reporting", "choosing", "all"


def add_videos(parser):
    """Adds the folder of videos, and which of them are measured."""
    parser.add_argument("videos", help="a folder of videos that nothing was trained on")
    parser.add_argument(
        "--part",
        choices=(CHOOSING, REPORTING, ALL),
        default=ALL,
        help="measure only the videos that may choose, or only those that report: in the order of "
        "names every other one chooses, from the first one on (default: all)",
    )
    parser.add_argument("--count", type=int, help="only so many of the videos, the first ones")


def videos_of(arguments):
    """Returns the paths of the videos to measure, and the names in each part of them.

    Args:
        arguments: what `add_videos` asked for.
    """
    paths = sorted((Path(file.path) for file in list_videos(arguments.videos)), key=_name)
    paths = paths[: arguments.count]
    choosing = paths[::2] if len(paths) > 1 else []
    parts = {REPORTING: [path for path in paths if path not in choosing], CHOOSING: choosing}
    if arguments.part != ALL:
        parts = {arguments.part: parts[arguments.part]}
    named = {part: [path.name for path in found] for part, found in parts.items()}
    return sorted((path for found in parts.values() for path in found), key=_name), named


def _name(path):
    return path.name
