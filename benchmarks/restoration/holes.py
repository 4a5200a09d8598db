"""What fills holes best: other frames alone, or a network behind them, where cameras stand or move.

Of each video some frames of the square of 256 pixels in the middle are taken. The camera stands as
it did; or it pans, as a window of 192 pixels that goes across that square in the clip's time. A
hole stands in the middle, or goes to and fro. PSNR is over RGB in the hole, means over the videos.
The network is a restorer of the recipe holes, trained as `docs/restoration.md` says:

    python benchmarks/restoration/holes.py VIDEOS --model RUN [--frames 24]
"""

import argparse
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.restoration import quality
from benchmarks.restoration.rivals import RIVALS
from benchmarks.sets.squares import FRAMES, clip, holed
from tfvgan.data import list_videos

WINDOW = 192  # Pixels of a side of what a camera that pans shows.
HOLES = {"static 64x64 hole": (64, 0), "moving 48x48 hole": (48, 4)}


def panned(video):
    """Returns the clip as by a camera that pans, uint8 `(t, WINDOW, WINDOW, 3)`.

    Args:
        video: uint8 `(t, h, w, 3)`, larger than that.
    """
    places = np.linspace(0, video.shape[2] - WINDOW, len(video)).round().astype(int)
    top = (video.shape[1] - WINDOW) // 2
    rows = video[:, top : top + WINDOW]
    return np.stack([row[:, left : left + WINDOW] for row, left in zip(rows, places)])


CAMERAS = {"as it was": lambda video: video, "pans": panned}


def contenders(task, model=None):
    """Returns who fills a hole, functions of `Degraded`, by name."""
    found = dict(RIVALS[task])
    if model is not None:
        found["that, then the network"] = quality.model(model, task)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that nothing was trained on")
    parser.add_argument("--model", help="a restorer of the recipe holes")
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each video")
    arguments = parser.parse_args()
    files = list_videos(arguments.videos)
    clips = {Path(file.path).name: clip(file.path, arguments.frames) for file in files}
    rows = []
    for task, (side, speed) in HOLES.items():
        for camera, seen in CAMERAS.items():
            for name, rival in contenders(task, arguments.model).items():
                shown = [seen(video) for video in clips.values()]
                degraded = [holed(video, side, speed) for video in shown]
                each = [
                    quality.in_hole(video, rival(one), one.mask)
                    for video, one in zip(shown, degraded)
                ]
                row = {"hole": task, "camera": camera, "rival": name, "PSNR": float(np.mean(each))}
                rows.append(row | {"each": dict(zip(clips, each))})
                print(json.dumps(rows[-1]), flush=True)
    title = "Holes, means over clips that nothing was trained on."
    report("holes", title, rows, frames=arguments.frames, clips=sorted(clips))


if __name__ == "__main__":
    main()
