"""Where long videos are forgotten: hard cuts, told from flashes, and what telling them costs.

What is done to long videos frame by frame keeps a state, which a cut resets. Dissolves need no such
thing, so what is found in one is neither right nor false. The films are those of `cuts.py`. Of each
way: the share of cuts that it finds within two frames, the share of what it finds that is one, how
many flashes and lightnings it takes for one, how many frames it must see behind, and the
microseconds of one processor that it adds to a frame that is decoded anyway.

Thresholds are chosen on films of the half of the videos that chooses: of FFmpeg's score the one
with the best F1, of the finder those of `cuts.py`.

    python benchmarks/analysis/forgetting.py VIDEOS
"""

import argparse
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.analysis.films import add_films, facts_of, films_of, halves_of, near
from benchmarks.report import cpu, report
from benchmarks.sets.parts import REPORTING
from tfvgan.data.resize import resize
from tfvgan.networks.cut_finder import REACH
from tfvgan.runs import load_finder
from tfvgan.streaming import SceneCuts, Scenes, Source
from tfvgan.streaming.scenes import AHEAD
from tfvgan.tasks.analysis.finder import THUMBNAIL
from tfvgan.tasks.analysis.shots import CUT, GRADUAL, transitions

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.4)  # Of FFmpeg's score.
NAME = "forgetting"


def by_score(frames, threshold):
    """Returns the first frames of scenes by FFmpeg's score, one frame after the other."""
    cut = SceneCuts(threshold)
    return [number for number, frame in enumerate(frames) if cut(frame)]


def by_scenes(ahead):
    """Returns the function like `by_score` that sees some frames behind, and leaves out flashes."""

    def look(frames, threshold):
        scenes = Scenes(threshold, ahead)
        told = [each for frame in frames for each in scenes(frame)]
        return [number for number, each in enumerate([*told, *scenes.rest()]) if each]

    return look


def by_finder(finder):
    """Returns the function like `by_score` of a `Finder`, which takes thresholds of its own."""

    def look(frames, threshold):
        small = (resize(frame[None], THUMBNAIL, "area")[0] for frame in frames)
        scores = np.stack(list(finder.stream(small)))
        return [each.begin for each in transitions(scores, CUT, GRADUAL) if each.kind == "cut"]

    return look


def counted(known, found):
    """Returns how many cuts were found, and what was found beside them, a dict of counts.

    Args:
        known: `benchmarks.analysis.films.Known`.
        found: list of frames, in order; the film's first one is left out.
    """
    free, false = list(known.cuts), []
    for place in filter(None, found):
        match = next((each for each in free if near(place, each)), None)
        if match is not None:
            free.remove(match)
        elif not any(near(place, each) for each in known.gradual):
            false.append(place)
    return {
        "hit": len(known.cuts) - len(free),
        "false": len(false),
        "flashes": sum(any(near(place, each) for place in false) for each in known.flashes),
        "of cuts": len(known.cuts),
        "of flashes": len(known.flashes),
    }


def row(part, who, threshold, ahead, counts, seconds, frames):
    """Returns the row of a way on the films of a part."""
    total = {name: sum(each[name] for each in counts) for name in counts[0]}
    hit, false = total["hit"], total["false"]
    return {
        "part": part,
        "who": who,
        "threshold": threshold,
        "frames behind": ahead,
        "recall": hit / max(1, total["of cuts"]),
        "precision": hit / max(1, hit + false),
        "F1": 2 * hit / max(1, hit + false + total["of cuts"]),
        "flashes taken": total["flashes"],
        "us a frame": 1e6 * seconds / frames,
        **{name: total[name] for name in ("of cuts", "of flashes")},
    }


def measured(part, who, look, thresholds, ahead, films):
    """Returns the row of the threshold with the best F1 among some.

    Args:
        films: list of pairs of a `Known` and its frames, a list of uint8 `(h, w, 3)`.
    """
    look(films[0][1][:8], thresholds[0])  # What is traced, or loaded, once.
    rows = []
    for threshold in thresholds:
        begin = cpu()
        found = [look(frames, threshold) for _, frames in films]
        seconds = cpu() - begin
        counts = [counted(known, each) for (known, _), each in zip(films, found)]
        whole = sum(known.frames for known, _ in films)
        rows.append(row(part, who, threshold, ahead, counts, seconds, whole))
    return max(rows, key=lambda each: each["F1"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_films(parser)
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    halves = halves_of(parser, arguments)
    ways = {
        "FFmpeg's score": (by_score, 0, THRESHOLDS),
        "FFmpeg's score at 0.3": (by_score, 0, (0.3,)),
        "and no flash, told at once": (by_scenes(0), 0, THRESHOLDS),
        "and no flash": (by_scenes(AHEAD), AHEAD, THRESHOLDS),
        "find_cuts": (by_finder(load_finder("find_cuts")), REACH, (None,)),
    }
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for part, paths in halves.items():
            films = [
                (known, [frame.rgb for frame in Source(known.path).frames()])
                for known in films_of(part, paths, folder, arguments)
            ]
            for who, (look, ahead, thresholds) in ways.items():
                rows.append(measured(part, who, look, thresholds, ahead, films))
                ways[who] = look, ahead, (rows[-1]["threshold"],)
                print(rows[-1], flush=True)
    rows.sort(key=lambda each: each["part"] != REPORTING)
    report(
        NAME,
        "Hard cuts and flashes, in films that are made of videos that nothing was trained on.",
        rows,
        packages=("imageio-ffmpeg",),
        **facts_of(halves, arguments),
    )


if __name__ == "__main__":
    main()
