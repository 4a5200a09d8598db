"""What is unusual in scenes before a camera that stands: time reversed, double speed, small things.

Of each video of a folder that is such a scene the first half is normal, and oddities are planted in
the second; see `scenes`. A foreign clip and a half covered camera are planted, too, which are easy.
The figure is the area under the ROC curve, of frames: how likely an odd one is above a normal one.
Frames without motion are not scored where time is reversed or faster, since nobody can tell. A
second figure is of frames in which something moves alone, so that motion as such is no hint; a
third is without a normal film, where the film itself says what is normal. Beside them stands the
share of frames that are named unusual, of odd ones and, falsely, of normal ones.

Beside the anomaly curve and its measures stand three cheap curves, and the largest of them. Every
other scene may choose what the anomaly curve is made of; the others only report.

    python benchmarks/analysis/anomaly.py VIDEOS
"""

import argparse
import copy
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.analysis import scenes, three_lines
from benchmarks.report import report
from benchmarks.sets.parts import halves, in_order, with_means
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.anomaly import anomaly, normal_of
from tfvgan.tasks.analysis.film import ODD
from tfvgan.tasks.analysis.measures import luma_grid
from tfvgan.tasks.analysis.watched import Watcher

OURS = "anomaly"  # The curve of the report.
WATCHERS = (Watcher, three_lines.Watcher)
SCORES = ("AUC", "AUC, moving", "AUC, itself")


def auc(odd, normal):
    """Returns how likely a number of `odd` is above one of `normal`; equal ones count half."""
    numbers = np.concatenate([odd, normal])
    _, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]  # From 1 on, equal ones alike.
    above = ranks[: len(odd)].sum() - len(odd) * (len(odd) + 1) / 2
    return float(above / (len(odd) * len(normal)))


def told(looks, usual, normal):
    """Returns all curves of a film by name: the anomaly curve, its measures, and the cheap ones.

    Args:
        looks: the film as it was watched by each of `WATCHERS`.
        usual: likewise of a normal film, or None.
        normal: `tfvgan.tasks.analysis.anomaly.Normal`, or None.
    """
    ours, cheap = looks
    found = anomaly(ours, normal)
    measures = {f"{OURS}: {name}": values for name, values in found.measures.items()}
    lines = three_lines.lines_of(cheap, None if usual is None else usual[1])
    return {OURS: found.curve, **lines, **measures}


def rows_of(scene, foreign, folder):
    """Returns the rows of a scene, one for each oddity and curve.

    Args:
        scene: `scenes.Scene`.
        foreign: uint8 frames of another scene.
        folder: path of one for films.
    """

    def look(name, frames, watchers, begin):
        path = scenes.write(Path(folder, f"{name}.mp4"), frames, scene.fps)
        for number, frame in enumerate(Source(path).frames(size=scenes.SIZE)):
            grid = luma_grid(frame.rgb)
            for watcher in watchers:
                watcher(grid, (begin + number) / scene.fps)
        return watchers

    def seen(watchers):
        return [watcher.watched() for watcher in watchers]

    first = look("normal", scene.frames[: scene.half], [each() for each in WATCHERS], 0)
    usual = seen(copy.deepcopy(first))
    normal = normal_of(usual[:1])
    rows = []
    for kind in scenes.KINDS:
        films = [scenes.planted(scene, kind, turn, foreign) for turn in (0, 1)]
        looks = [seen(look(kind, film.frames, copy.deepcopy(first), scene.half)) for film in films]
        known, moves = (np.concatenate([film[place] for film in films]) for place in (1, 2))
        by_normal, by_itself = (
            {
                name: np.concatenate([each[name][scene.half :] for each in found])
                for name in found[0]
            }
            for found in (
                [told(film, *by) for film in looks] for by in ((usual, normal), (None, None))
            )
        )
        for name, curve in by_normal.items():
            chosen = ((curve, known), (curve[moves], known[moves]), (by_itself[name], known))
            scores = [auc(curve[what == 1], curve[what == 0]) for curve, what in chosen]
            named = [float((curve[known == what] >= ODD).mean()) for what in (1, 0)]
            rows.append(
                {"video": scene.name, "kind": kind, "who": name}
                | dict(zip((*SCORES, "named", "false"), (*scores, *named)))
            )
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos, some of a camera that stands")
    parser.add_argument("--name", default=OURS, help="name of the file in results/")
    arguments = parser.parse_args()
    paths = in_order(arguments.videos)
    found = [scene for path in paths if (scene := scenes.scene_of(path)) is not None]
    if len(found) < 2:
        parser.error(
            f"{len(found)} of {len(paths)} videos shows something that moves before a camera that "
            f"stands, for {scenes.LONG:g} seconds: give a folder with two at least"
        )
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number, scene in enumerate(found):
            rows += rows_of(scene, found[number - 1].frames, folder)
            print(
                scene.name,
                *(
                    f"{row['kind']}, {row['who']}: {row['AUC']:.2f}"
                    for row in rows
                    if row["video"] == scene.name
                ),
                sep="\n  ",
                flush=True,
            )
    names = [scene.name for scene in found]
    parts = halves(names)
    report(
        arguments.name,
        "What is unusual before a camera that stands, by films of what is normal.",
        with_means(rows, ("kind", "who"), parts),
        clips=names,
        parts=parts,
        odd=ODD,
        seconds={scene.name: len(scene.frames) / scene.fps for scene in found},
    )


if __name__ == "__main__":
    main()
