"""Cuts that are found in films of known cuts, dissolves, fades, wipes, flashes and whip pans.

The films are made of shots of the videos in a folder, which nothing was trained on, and written as
H.264. What is found within two frames of a transition has found it; what has found nothing, or
finds again what was found, is false. Beside F1: the share of cuts and of gradual transitions that
were found, how many decoys (flashes, lightning, changes of light, whip pans, zooms, things that
pass) were taken for one, how many of these are flashes or lightning, and the frames that one
processor does in a second, decoding among them.

Thresholds, ours and those of rivals, are chosen by F1 on films of the half of the videos that
chooses; the films of the other half only report. PySceneDetect is measured where it is installed.

    python benchmarks/analysis/cuts.py VIDEOS
"""

import argparse
import itertools
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.analysis import finders
from benchmarks.analysis.films import add_films, facts_of, films_of, halves_of, near
from benchmarks.report import cpu, report
from benchmarks.sets.parts import REPORTING

OURS = "find_cuts"
STEPS = (0.05, *(step / 10 for step in range(1, 10)), 0.95)
GRIDS = {
    OURS: list(itertools.product(STEPS, STEPS)),
    "FFmpeg's scene score": [(each,) for each in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4)],
    "PySceneDetect, content": [(each,) for each in (10.0, 15.0, 20.0, 27.0, 35.0, 45.0, 60.0)],
    "PySceneDetect, adaptive": [(each,) for each in (1.5, 2.0, 3.0, 4.0, 5.0)],
}


def counted(known, found):
    """Returns what was found of a film, a dict of counts.

    Args:
        known: `benchmarks.analysis.films.Known`.
        found: list of frames, in order.
    """
    true = sorted([*known.cuts, *known.gradual])
    free, hit, false = list(true), [], []
    for place in found:
        match = next((each for each in free if near(place, each)), None)
        if match is None:
            false.append(place)
        else:
            free.remove(match)
            hit.append(match)
    decoys, flashes = (
        sum(any(near(place, each) for place in false) for each in kind)
        for kind in (known.decoys, known.flashes)
    )
    return {
        "hit": len(hit),
        "false": len(false),
        "missed": len(free),
        "cuts": sum(each in hit for each in known.cuts),
        "gradual": sum(each in hit for each in known.gradual),
        "decoys": decoys,
        "flashes": flashes,
        "of cuts": len(known.cuts),
        "of gradual": len(known.gradual),
        "of decoys": len(known.decoys),
        "of flashes": len(known.flashes),
    }


def f1(counts):
    """Returns the harmonic mean of precision and recall of some films; 0 where nothing is found.

    Args:
        counts: list of `counted`.
    """
    hit, false, missed = (sum(each[name] for each in counts) for name in ("hit", "false", "missed"))
    return 2 * hit / (2 * hit + false + missed) if hit else 0.0


def best(grid, films, looks):
    """Returns the thresholds with the best F1; of equals the one in the middle of their list.

    Args:
        grid: list of tuples.
        films: list of `Known`.
        looks: list of functions of thresholds, one for each film.
    """
    scores = [
        f1([counted(known, look(*each)) for known, look in zip(films, looks)]) for each in grid
    ]
    equals = np.flatnonzero(np.array(scores) == max(scores))
    return grid[int(equals[(len(equals) - 1) // 2])]


def row(part, who, thresholds, films, looks, seconds):
    """Returns the row of a finder on the films of a part."""
    counts = [counted(known, look(*thresholds)) for known, look in zip(films, looks)]
    total = {name: sum(each[name] for each in counts) for name in counts[0]}
    return {
        "part": part,
        "who": who,
        "thresholds": ", ".join(f"{each:g}" for each in thresholds),
        "F1": f1(counts),
        "cuts found": total["cuts"] / max(1, total["of cuts"]),
        "gradual found": total["gradual"] / max(1, total["of gradual"]),
        "decoys taken": total["decoys"],
        "flashes taken": total["flashes"],
        "false": total["false"],
        "frames/CPU-s": sum(known.frames for known in films) / seconds,
        **{name: total[name] for name in total if name.startswith("of ")},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_films(parser)
    parser.add_argument("--model", default=OURS, help="of the package, or a .keras file")
    parser.add_argument("--name", default=OURS, help="name of the file in results/")
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    halves = halves_of(parser, arguments)
    who = {
        OURS: finders.ours(arguments.model),
        "FFmpeg's scene score": finders.ffmpeg,
        "PySceneDetect, content": finders.scene_detect("content_val", 0.0),
        "PySceneDetect, adaptive": finders.scene_detect("adaptive_ratio (w=2)", 15.0),
    }
    if missing := [name for name, look in who.items() if look is None]:
        print(f"left out, for want of scenedetect: {', '.join(missing)}", flush=True)
    rows, chosen = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for part, paths in halves.items():
            films = films_of(part, paths, folder, arguments)
            for name, look in who.items():
                if look is None:
                    continue
                look(films[0].path)  # What is traced, or loaded, once.
                begin = cpu()
                looks = [look(known.path) for known in films]
                seconds = cpu() - begin
                chosen.setdefault(name, best(GRIDS[name], films, looks))
                rows.append(row(part, name, chosen[name], films, looks, seconds))
                print(rows[-1], flush=True)
    rows.sort(key=lambda each: each["part"] != REPORTING)
    report(
        arguments.name,
        "Cuts found in films that are made of videos that nothing was trained on.",
        rows,
        packages=("scenedetect", "imageio-ffmpeg", "opencv-python-headless"),
        **facts_of(halves, arguments),
    )


if __name__ == "__main__":
    main()
