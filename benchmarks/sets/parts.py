"""Which videos of a folder choose, and which only report.

What is chosen by its scores, such as weights of losses, scores better on the videos that chose it.
So figures are of others. In the order of names every other video chooses, from the first one on;
the others report. One alone reports.
"""

from pathlib import Path

import numpy as np

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
    paths = in_order(arguments.videos)[: arguments.count]
    parts = halves(paths)
    if arguments.part != ALL:
        parts = {arguments.part: parts[arguments.part]}
    named = {part: [path.name for path in found] for part, found in parts.items()}
    return sorted((path for found in parts.values() for path in found), key=_name), named


def in_order(folder):
    """Returns the paths of the videos of a folder, in the order of their names."""
    return sorted((Path(file.path) for file in list_videos(folder)), key=_name)


def halves(things):
    """Returns a list by part: of things in order every other one chooses, from the first one on.

    One alone reports.
    """
    choosing = things[::2] if len(things) > 1 else []
    return {REPORTING: [each for each in things if each not in choosing], CHOOSING: choosing}


def with_means(rows, names, parts, each=()):
    """Returns the rows, and before them their means over the videos of each part.

    Those of the videos that report bear `"video": "mean"`, and those of the others say so.

    Args:
        rows: list of dicts of one video each.
        names: keys of what makes a row another: rows that share them are averaged.
        parts: lists of the names of videos, by part, as of `videos_of`.
        each: keys of what tells rows of a video apart that are averaged, too; means have none.
    """
    part_of = {video: part for part, videos in parts.items() for video in videos}
    groups = {}
    for row in rows:
        key = (part_of[row["video"]], *(row[name] for name in names))
        groups.setdefault(key, []).append(row)
    means = []
    for (part, *_), group in sorted(groups.items(), key=lambda item: item[0][0] != REPORTING):
        means.append(
            {"video": "mean" if part == REPORTING else f"mean, {part}"}
            | {key: group[0][key] for key in names}
            | dict.fromkeys(each)
            | {key: _mean(key, group) for key in group[0] if key not in ("video", *names, *each)}
        )
    return means + rows


def _mean(key, rows):
    numbers = [row[key] for row in rows]
    return None if None in numbers else float(np.mean(numbers))


def _name(path):
    return path.name
