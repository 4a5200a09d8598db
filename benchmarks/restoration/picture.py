"""What restorers make of a video, beside what they were given and what a rival makes of it.

A row for each task, a part of the middle frame; the square of the video is that of quality.py,
and nothing may have been trained on it.

    python benchmarks/restoration/picture.py VIDEO [--models saved_models] [--at 0 0]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import matplotlib.pyplot as plt

from benchmarks.report import RESULTS
from benchmarks.restoration.quality import model
from benchmarks.restoration.rivals import RIVALS
from benchmarks.sets.squares import TASKS, clip

SHOWN = {  # Of each task: the rival, and the model.
    "x4": ("lanczos", "restore_x4_detail"),
    "noise 25": ("ffmpeg bm3d 60", "restore_denoise"),
    "x2 after x264 crf 28": ("lanczos", "restore_deblock_x2_detail"),
}
SIDE = 144  # Pixels of the part that is shown.


def row(task, real, models, place):
    """Returns the parts of four pictures, by what is said above each."""
    rival, name = SHOWN[task]
    given = TASKS[task](real)
    middle, factor = len(real) // 2, given.factor
    large = given.video[middle].repeat(factor, 0).repeat(factor, 1)
    restored = model(Path(models, name), task)(given)[middle]
    pictures = {
        f"given: {task}": large,
        rival: RIVALS[task][rival](given)[middle],
        name: restored,
        "as it was": real[middle],
    }
    top, left = place
    part = slice(top, top + SIDE), slice(left, left + SIDE)
    return {said: picture[part] for said, picture in pictures.items()}


def draw(rows, path):
    """Draws the rows into a PNG."""
    figure, axes = plt.subplots(len(rows), 4, figsize=(10, 2.62 * len(rows)), squeeze=False)
    for line, pictures in zip(axes, rows, strict=True):
        for axis, (said, picture) in zip(line, pictures.items(), strict=True):
            axis.imshow(picture, interpolation="nearest")
            axis.set_title(said, fontsize=9)
            axis.axis("off")
    figure.tight_layout(pad=0.4)
    figure.savefig(path, dpi=100)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="a video that nothing was trained on")
    parser.add_argument("--models", default="saved_models", help="a folder of published models")
    parser.add_argument("--at", nargs=2, type=int, default=(56, 56), help="row and column")
    arguments = parser.parse_args()
    real = clip(arguments.video)
    rows = [row(task, real, arguments.models, arguments.at) for task in SHOWN]
    draw(rows, RESULTS / "restoration.png")


if __name__ == "__main__":
    main()
