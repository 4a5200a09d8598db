"""The moving picture of README: before and after, of three applications, with a border that moves.

A square of a video is enlarged four times, freed of noise, and compressed; in each panel the left
is before and the right is after. Nothing may have been trained on the video.

    python benchmarks/making/moving_picture.py VIDEO [--height 260] [--at 2 50] [--first 20]
"""

import argparse
import itertools
import math
import sys
from fractions import Fraction
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.compression.rivals import ENCODERS, by_ffmpeg
from tfvgan.data import probe
from tfvgan.data.decode import read_frames
from tfvgan.data.degrade import gaussian_noise, resize
from tfvgan.runs import load_codec, load_restorer
from tfvgan.whole import write_whole

ROOT = Path(__file__).resolve().parents[2]
MODELS, OUT = ROOT / "saved_models", ROOT / "docs" / "before_after.webp"
SIDE, FRAMES, EVERY = 256, 96, 2  # Of the square; every second frame is shown.
FPS = 30
BITS = 0.01  # Per pixel.
NOISE, STRONGEST = 25, 50  # Levels of noise, and that of level 1.
TITLE, GAP = 30, 8  # Pixels.
ENCODER = "SVT-AV1 preset 4"
MOST = 2_000_000  # Bytes of the file.


def square(path, height, at, first):
    """Returns a square of a video that is made so high, uint8 `(FRAMES, SIDE, SIDE, 3)`."""
    info, (top, left) = probe(path), at
    size = height, round(info.width * height / info.height)
    chunks = itertools.chain.from_iterable(read_frames(path, size=size))
    frames = itertools.islice(chunks, first, first + FRAMES)
    return np.stack([frame[top : top + SIDE, left : left + SIDE] for frame in frames])


def panels(real):
    """Yields the title, the names and the videos of before and after of each panel."""
    small = resize(real, (SIDE // 4, SIDE // 4), "bicubic")
    larger = load_restorer(MODELS / "restore_x4_detail").restore(small)
    yield (
        "enlarged 4 times",
        ("bicubic", resize(small, (SIDE, SIDE), "bicubic")),
        ("tfvgan", larger),
    )
    noisy = gaussian_noise(real, np.random.default_rng(0), NOISE)
    clean = load_restorer(MODELS / "restore_denoise", level=NOISE / STRONGEST).restore(noisy)
    yield "noise removed", ("given", noisy), ("tfvgan", clean)
    codec = load_codec(MODELS / "codec_detail", bits=BITS)
    payload = codec.encode(real, Fraction(FPS))
    mended = np.stack(list(codec.decode(payload, len(real), (SIDE, SIDE))))
    bits = 8 * len(payload) / real[..., 0].size
    other = rival(real, len(payload))
    yield f"{bits:.3f} bits per pixel", ("AV1, equal size", other), ("tfvgan", mended)


def rival(real, size):
    """Returns what AV1 makes of a video in no fewer bytes than a size."""
    encode = by_ffmpeg(ENCODERS[ENCODER])
    for value in range(63, 0, -1):
        coded = encode(real, value)
        if coded.stream >= size:
            return coded.video
    raise ValueError(f"AV1 never takes {size} bytes: ask for fewer bits.")


def drawn(panel, number, share):
    """Returns a frame of a panel, with the border at a share of its width, as an image."""
    title, (before_name, before), (after_name, after) = panel
    border = round(share * SIDE)
    picture = np.concatenate([before[number][:, :border], after[number][:, border:]], axis=1)
    image = Image.new("RGB", (SIDE, SIDE + TITLE), "white")
    image.paste(Image.fromarray(picture), (0, TITLE))
    draw = ImageDraw.Draw(image)
    draw.text((SIDE / 2, TITLE / 2), title, "black", font(15), "mm")
    draw.line([(border, TITLE), (border, TITLE + SIDE)], "white", 2)
    for name, place, anchor in ((before_name, 6, "ls"), (after_name, SIDE - 6, "rs")):
        at = place, TITLE + SIDE - 8
        draw.text(at, name, "white", font(14), anchor, stroke_width=2, stroke_fill="black")
    return image


def font(size):
    """Returns the letters that come with matplotlib."""
    path = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    return ImageFont.truetype(str(path), size)


def film(panels):
    """Returns the frames of all panels side by side, images."""
    images, shown = [], range(0, FRAMES, EVERY)
    for number in shown:
        share = 0.5 + 0.35 * math.sin(2 * math.pi * number / FRAMES)
        parts = [drawn(panel, number, share) for panel in panels]
        image = Image.new("RGB", (len(parts) * (SIDE + GAP) - GAP, SIDE + TITLE), "white")
        for place, part in enumerate(parts):
            image.paste(part, (place * (SIDE + GAP), 0))
        images.append(image)
    return images


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="a video that nothing was trained on")
    parser.add_argument("--height", type=int, default=260, help="that it is made")
    parser.add_argument("--at", nargs=2, type=int, default=(2, 50), help="row and column")
    parser.add_argument("--first", type=int, default=20, help="number of the first frame")
    arguments = parser.parse_args()
    real = square(arguments.video, arguments.height, arguments.at, arguments.first)
    first, *others = film(list(panels(real)))
    how = {"format": "WEBP", "save_all": True, "append_images": others, "loop": 0}
    how |= {"duration": round(1000 * EVERY / FPS), "quality": 80, "method": 6}
    write_whole(OUT, lambda file: first.save(file, **how))
    if OUT.stat().st_size > MOST:
        sys.exit(f"{OUT} has {OUT.stat().st_size} bytes, of {MOST} at most.")


if __name__ == "__main__":
    main()
