"""The moving picture of docs/stylization.md: generated videos whose style is a condition.

A row is a content. A column is a class on the left, and another video's motion on the right.

    python benchmarks/making/styles_by_condition.py
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.making.moving_picture import font
from tfvgan.data.degrade import resize
from tfvgan.plots import grid
from tfvgan.runs.loading import load_sampler
from tfvgan.whole import write_whole

ROOT = Path(__file__).resolve().parents[2]
MODELS, OUT = ROOT / "saved_models", ROOT / "docs" / "styles_by_condition.webp"
SEED, FRAMES, FPS = 0, 32, 12
PEOPLE, SHAPES, MOTION = (0, 1, 3, 6), (0, 1, 2, 5), 3  # Numbers of videos.
SIDE, GAP, TITLE, SPACE = 96, 2, 24, 24  # Pixels: of a video, between two, of a title, of panels.


def by_label(sampler):
    """Returns the names of classes, and each content in each of them, uint8 `(n, t, h, w, 3)`."""
    how = {"seed": SEED, "frames": FRAMES}
    labels = range(len(sampler.class_names))
    columns = [sampler.mix(PEOPLE, [MOTION], labels=label, **how) for label in labels]
    return [name.replace("_", " ") for name in sampler.class_names], _in_rows(columns)


def by_motion(sampler):
    """Returns the names of motions, and each content in each of them, uint8 `(n, t, h, w, 3)`."""
    videos = sampler.mix(SHAPES, SHAPES, seed=SEED, frames=FRAMES)
    return [f"motion {number}" for number in SHAPES], videos


def _in_rows(columns):
    """Returns the videos of columns in the order of rows."""
    videos = np.stack(columns, axis=1)
    return videos.reshape(-1, *videos.shape[2:])


def drawn(titles, videos):
    """Returns the frames of a panel, images: the videos in rows, with a title over each column."""
    count = len(videos)
    large = resize(videos.reshape(-1, *videos.shape[2:]), (SIDE, SIDE), "bicubic")
    large = large.reshape(count, -1, SIDE, SIDE, 3)
    large = np.pad(large, ((0, 0), (0, 0), (0, GAP), (0, GAP), (0, 0)), constant_values=255)
    images = []
    for frame in grid(large, columns=len(titles)):
        image = Image.new("RGB", (frame.shape[1], frame.shape[0] + TITLE), "white")
        image.paste(Image.fromarray(frame), (0, TITLE))
        for number, title in enumerate(titles):
            at = number * (SIDE + GAP) + SIDE / 2, TITLE / 2
            ImageDraw.Draw(image).text(at, title, "black", font(11), "mm")
        images.append(image)
    return images


def beside(left, right):
    """Returns the frames of two panels of equal height, side by side."""
    made = []
    for one, other in zip(left, right, strict=True):
        image = Image.new("RGB", (one.width + SPACE + other.width, one.height), "white")
        image.paste(one, (0, 0))
        image.paste(other, (one.width + SPACE, 0))
        made.append(image)
    return made


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    people = drawn(*by_label(load_sampler(MODELS / "generate_people")))
    shapes = drawn(*by_motion(load_sampler(MODELS / "generate_shapes")))
    first, *others = beside(people, shapes)
    how = {"format": "WEBP", "save_all": True, "append_images": others, "loop": 0}
    how |= {"duration": round(1000 / FPS), "quality": 80, "method": 6}
    write_whole(OUT, lambda file: first.save(file, **how))


if __name__ == "__main__":
    main()
