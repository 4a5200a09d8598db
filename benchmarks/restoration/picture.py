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

from benchmarks.report import RESULTS
from benchmarks.restoration.quality import model
from benchmarks.restoration.rivals import RIVALS
from benchmarks.sets.squares import TASKS, clip

SHOWN = {  # Of each task: the rival, and the model.
    "x4": ("lanczos", "restore_x4_best"),
    "noise 25": ("ffmpeg bm3d 60", "restore_denoise"),
    "x2 after x264 crf 28": ("lanczos", "restore_deblock_x2_detail"),
}
SIDE = 144  # Pixels of the part that is shown.


def row(task, real, models, place):
    """Returns the title of a row, and the parts of four pictures by their titles."""
    rival, name = SHOWN[task]
    degraded = TASKS[task](real)
    middle, factor = len(real) // 2, degraded.factor
    pictures = {
        "given": degraded.video[middle].repeat(factor, 0).repeat(factor, 1),
        rival.removeprefix("ffmpeg "): RIVALS[task][rival](degraded)[middle],
        "ours": model(Path(models, name), task)(degraded)[middle],
        "original": real[middle],
    }
    top, left = place
    part = slice(top, top + SIDE), slice(left, left + SIDE)
    return f"{task}: {name}", {label: picture[part] for label, picture in pictures.items()}


def drawn(rows):
    """Returns a figure of the rows, whose texts a phone shows large enough to read."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure((7, 2.5 * len(rows)), layout="constrained")
    FigureCanvasAgg(figure)
    for part, (title, pictures) in zip(figure.subfigures(len(rows), squeeze=False).flat, rows):
        part.suptitle(title, fontsize=14, fontweight="bold")
        for axis, (label, picture) in zip(part.subplots(1, len(pictures)), pictures.items()):
            axis.imshow(picture, interpolation="nearest")
            axis.set_title(label, fontsize=13)
            axis.axis("off")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="a video that nothing was trained on")
    parser.add_argument("--models", default="saved_models", help="a folder of published models")
    parser.add_argument(
        "--at", nargs=2, type=int, default=(72, 56), help="row and column where the part begins"
    )
    arguments = parser.parse_args()
    real = clip(arguments.video)
    rows = [row(task, real, arguments.models, arguments.at) for task in SHOWN]
    drawn(rows).savefig(RESULTS / "restoration.png", dpi=130)


if __name__ == "__main__":
    main()
