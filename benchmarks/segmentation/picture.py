"""A picture of hard scenes of moving things: frames, true masks, ours, and the best rival's.

Of each camera it shows the scene that a tenth of those of the half that reports are harder than, by
IoU of ours, as `moving.py` has measured it on the same folder of videos.

    python benchmarks/segmentation/picture.py VIDEOS [--model saved_models/segment_motion]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import RESULTS
from benchmarks.segmentation.movers import median, movers
from benchmarks.segmentation.moving import FIRST, OURS, SMOOTHED
from benchmarks.segmentation.ours import cut
from benchmarks.segmentation.scenes import CAMERAS, scenes
from benchmarks.sets.parts import REPORTING
from benchmarks.writing import loaded, means
from tfvgan import plots

EASIER = 10  # One scene in so many is harder.
SHOWN = 5  # Frames of each.


def hard(results, camera):
    """Returns the row of ours that one in `EASIER` is harder than, of the half that reports."""
    reporting = results["parts"][REPORTING]
    rows = [
        row
        for row in results["rows"]
        if row["video"] in reporting and (row["camera"], row["who"]) == (camera, OURS)
    ]
    return sorted(rows, key=lambda row: row["IoU"])[len(rows) // EASIER]


def best_rival(rivals, camera):
    """Returns the name of the rival with the best mean IoU, of those that are there."""
    rows = [row for row in means(OURS) if row["camera"] == camera]
    known = [row for row in rows if row["who"].removesuffix(SMOOTHED) in rivals]
    return max(known, key=lambda row: row["IoU"])["who"]


def shown(folder, camera, results, rivals, ours):
    """Returns the videos of a camera by name: frames, true masks, ours, the best rival's.

    Args:
        folder: of the videos.
        camera: of `CAMERAS`.
        results: those of moving.py.
        rivals: dict of functions from videos to masks.
        ours: likewise, of the network.
    """
    row = hard(results, camera)
    path, size = Path(folder, row["video"]), (results["scenes"], results["frames"])
    video, true = list(scenes(path, camera, *size))[row["scene"]]
    name = best_rival(rivals, camera)
    theirs = rivals[name.removesuffix(SMOOTHED)](video)
    masks = {
        "true": true,
        f"ours, IoU {row['IoU']:.2f} here": ours(video),
        name: median(theirs) if name.endswith(SMOOTHED) else theirs,
    }
    pictures = {
        who: np.repeat(255 * each[..., None].astype("uint8"), 3, -1) for who, each in masks.items()
    }
    return {
        f"{camera} camera: {who}": each[None, FIRST:]
        for who, each in ({"video": video} | pictures).items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="the folder of videos that moving.py has measured")
    parser.add_argument("--model", default=f"saved_models/{OURS}", help="the published folder")
    arguments = parser.parse_args()
    results, rivals, ours = loaded(OURS), movers(), cut(arguments.model)
    videos = {}
    for camera in CAMERAS:
        videos |= shown(arguments.videos, camera, results, rivals, ours)
    path = RESULTS / f"{OURS}.png"
    plots.film_strip(videos, path, frames=SHOWN, titles=list(videos))
    print(f"written: {path}")


if __name__ == "__main__":
    main()
