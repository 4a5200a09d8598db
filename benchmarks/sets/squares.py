"""What restoration is trained and measured on: squares of videos, and what is done to them.

As a script it cuts the squares to train on out of a folder of videos: of each video some in its own
pixels and some of it at half its size, where there is most to see, and one of the whole picture
made small. Small pictures are sharper and cleaner than what cameras and codecs give; none is made
larger. Files are lossless, for `tfvgan train`:

    python benchmarks/sets/squares.py VIDEOS SQUARES
"""

import argparse
import functools
import itertools
import sys
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from tfvgan.data import list_videos, probe
from tfvgan.data.decode import read_frames
from tfvgan.data.degrade import covered, degrade, gaussian_noise, recompress, resize
from tfvgan.data.fill import fill
from tfvgan.streaming.sink import EncodedFile

SIDE, FRAMES = 256, 48  # Of what is measured on.
EACH = {1: 3, 2: 2}  # Squares to train on, of a video so many times smaller.
LONGEST = 192  # Frames of a square to train on.
TRIED = 24  # Places that the squares are chosen among.


class Degraded(NamedTuple):
    """What is to be restored: a clip, uint8 `(t, h, w, 3)`; where pixels are missing, bool
    `(t, h, w, 1)` or None; and how many times smaller it is than what it was."""

    video: np.ndarray
    mask: np.ndarray | None
    factor: int


def clip(path, frames=FRAMES, side=SIDE):
    """Returns the square in the middle of a video, in space and time, in its own pixels.

    A video whose shorter side is less than the square's is enlarged to it.
    """
    info = probe(path)
    size = None if min(info.height, info.width) >= side else side
    first = max(info.frames - frames, 0) // 2
    chosen = itertools.islice(pictures(path, size), first, first + frames)
    cut = [middle(frame, (side, side)) for frame in chosen]
    if len(cut) < frames:
        raise ValueError(f"{path} must have {frames} frames or more, but has {len(cut)}.")
    return np.stack(cut)


def write_exactly(path, frames, rate):
    """Writes frames, uint8 `(h, w, 3)`, without loss."""
    sink = EncodedFile(str(path), "ffv1", fps=rate)
    for count, frame in enumerate(frames):
        sink.write(np.ascontiguousarray(frame), None, count / rate)
    sink.close()


def pictures(path, size=None):
    """Yields the frames of a video, of the size that `tfvgan.data.decode.read_frames` is told."""
    for chunk in read_frames(path, size=size, decoder="pyav"):
        yield from chunk


def middle(frame, size):
    """Returns the part of that height and width in the middle of a frame."""
    top, left = ((have - want) // 2 for have, want in zip(frame.shape, size))
    return frame[top : top + size[0], left : left + size[1]]


def smaller(video, factor, crf=None):
    """Returns the clip made smaller bicubically, and then coded by x264 if there is a CRF."""
    size = tuple(side // factor for side in video.shape[1:3])
    video = resize(video, size, "bicubic")
    return Degraded(video if crf is None else recompress(video, "libx264", crf), None, factor)


def noisy(video, deviation):
    """Returns the clip with normal noise."""
    return Degraded(gaussian_noise(video, np.random.default_rng(0), deviation), None, 1)


def holed(video, side, speed):
    """Returns the clip with a square that is missing: in the middle, or going to and fro."""
    frames, height, width = video.shape[:3]
    mask = np.zeros((frames, height, width, 1), bool)
    room = width - side
    for number in range(frames):
        # To the right edge and back: `place` runs to twice the room, `left` folds it there.
        place = number * speed % (2 * room) if speed else room // 2
        left = room - abs(place - room) if speed else place
        top = (height - side) // 2
        mask[number, top : top + side, left : left + side] = True
    return Degraded(covered(video, mask.astype("float32"), 127), mask, 1)


def worn(video, factor):
    """Returns the clip made smaller, after recipe "old"; its pixels are the seed of the draws."""
    draws = np.random.default_rng(int(video.sum(dtype="int64")))
    return Degraded(degrade(video, draws, "old", factor)["degraded"], None, factor)


TASKS = {
    "x2": functools.partial(smaller, factor=2),
    "x4": functools.partial(smaller, factor=4),
    "x2 after x264 crf 28": functools.partial(smaller, factor=2, crf=28),
    "x264 crf 38": functools.partial(smaller, factor=1, crf=38),
    "noise 25": functools.partial(noisy, deviation=25),
    "static 64x64 hole": functools.partial(holed, side=64, speed=0),
    "moving 48x48 hole": functools.partial(holed, side=48, speed=4),
    "x2 old": functools.partial(worn, factor=2),
}


def filled(degraded):
    """Returns the clip with its holes filled from other frames, uint8, and the gap; see `fill`."""
    return fill(degraded.video, degraded.mask)


def squares(path, seed=0):
    """Yields `(name, frames)` of the squares of a video to train on.

    Args:
        path: of the video.
        seed: int, of the places that are tried.
    """
    info = probe(path)
    shorter = min(info.height, info.width)
    if shorter >= SIDE:
        whole = itertools.islice(pictures(path, SIDE), LONGEST)
        yield "whole", (middle(frame, (SIDE, SIDE)) for frame in whole)
    for times, count in EACH.items():
        if shorter >= 1.2 * SIDE * times:
            size = None if times == 1 else shorter // times
            for number, place in enumerate(_places(path, size, seed)[:count]):
                frames = itertools.islice(pictures(path, size), LONGEST)
                yield f"{times}-{number}", (_at(frame, place) for frame in frames)


def _places(path, size, seed):
    """Returns where squares lie in the frames of this size, the most detailed first."""
    draws = np.random.default_rng(seed)
    shown = next(itertools.islice(pictures(path, size), probe(path).frames // 2, None))
    # Even places: where 4:2:0 has its colours.
    places = [
        [2 * draws.integers((side - SIDE) // 2 + 1) for side in shown.shape[:2]]
        for _ in range(TRIED)
    ]
    return _apart(sorted(places, key=lambda place: -_detail(_at(shown, place))))


def _at(frame, place):
    top, left = place
    return frame[top : top + SIDE, left : left + SIDE]


def _apart(places):
    """Returns the places that share less than half of a square's side with those before."""
    kept = []
    for place in places:
        if all(max(abs(a - b) for a, b in zip(place, other)) >= SIDE // 2 for other in kept):
            kept.append(place)
    return kept


def _detail(picture):
    grey = picture.astype("float32").mean(-1)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos to train on")
    parser.add_argument("out", help="a folder for the squares")
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(list_videos(arguments.videos)):
        for name, frames in squares(file.path, number):
            path = out / f"{Path(file.path).stem}-{name}.mkv"
            rate = Fraction(probe(file.path).fps).limit_denominator(1001)
            write_exactly(path, frames, rate)
            print(path, flush=True)


if __name__ == "__main__":
    main()
