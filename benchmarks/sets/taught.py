"""Footage that has no detail left, beside what a teacher makes of it: what a student learns from.

Squares are cut out of videos and spoilt as the harder half of recipe "footage" is: soft, noisy,
coded coarsely, most of them enlarged once. The teacher, Real-ESRGAN, sees their frames at half the
size, and enlarges these four times. Its frames flicker; so each is averaged with those before and
after, fetched along the motion of the spoilt frames, where these agree. What is coarser than a few
pixels is the spoilt frame's own: the teacher changes neither light nor colours.

    tfvgan weights fetch realesrgan
    python benchmarks/sets/taught.py VIDEOS TAUGHT [--rounds 3]

Each file, TAUGHT/NAME.npz, is a sequence: `worn`, uint8 `(t, SIDE, SIDE, 3)`, and `taught`, uint8
`(t, 2 * SIDE, 2 * SIDE, 3)`. What is there already is not made again.
"""

import argparse
import functools
import itertools
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
from tqdm import tqdm

from tfvgan import weights
from tfvgan.data import list_videos, probe
from tfvgan.data.decode import read_frames
from tfvgan.data.degrade import blurred_along, gaussian_profile, recompress, resize
from tfvgan.data.degrade.footage import draw_past, relived
from tfvgan.data.resize import METHODS
from tfvgan.layers import bicubic, warp
from tfvgan.layers.warping import doubled
from tfvgan.metrics.flow import optical_flow, visible
from tfvgan.tasks.restoration.halved import halved
from tfvgan.whole import write_whole

import tensorflow as tf  # isort: skip  (after tfvgan, which sets up oneDNN)

TEACHER = "realesrgan_x4plus"
SIDE, FRAMES = 96, 5  # Of a sequence as it is spoilt.
CODED = 16  # Frames that encoders see, of which those in the middle are kept.
LONGEST = 900  # Frames of a video that are looked at.
LINES = 2 * SIDE, 540  # Of the shorter side of what squares are cut out of.
SMALLEST = 0.5  # Part of its side that a square had before it was enlarged once.
COARSE = 6.0  # Deviation in pixels of the large frames, beyond which the spoilt frame is right.
ALIKE = 12.0  # Levels by which spoilt frames along the motion may differ.


def spoilt(video, draws):
    """Returns a clip as footage that has no detail left, uint8 `(t, side / 2, side / 2, 3)`.

    Args:
        video: uint8 `(t, side, side, 3)`.
        draws: `numpy.random.Generator`.
    """
    side, past = video.shape[1] // 2, hard_past(draws)
    small = 2 * round(side * draws.uniform(SMALLEST, 1.0) / 2)
    worn = relived(video, past, draws, (small, small))
    if small < side:
        worn = resize(worn, (side, side), str(draws.choice(METHODS[1:])))
        if draws.random() < 0.5:
            worn = recompress(worn, **hard_past(draws).generations[-1]._asdict())
    return worn


def hard_past(draws):
    """Returns a `Past` of the kind "hard"."""
    return next(past for past in iter(lambda: draw_past(draws), None) if past.kind == "hard")


def taught_by(teacher, worn):
    """Returns the frames of a teacher who sees frames of half the size, float32 in [0, 255].

    Args:
        teacher: a network of factor 4, of `tfvgan.weights.network`, or a function like one.
        worn: uint8 `(t, h, w, 3)`.

    Returns:
        Float32 `(t, 2 * h, 2 * w, 3)`.
    """
    small = np.stack([halved(frame) for frame in worn]).astype("float32") / 255
    return 255 * np.clip(np.asarray(teacher(tf.constant(small))), 0, 1)


def steadied(made, worn):
    """Returns a teacher's frames without most of their flicker, uint8 `(t, 2 * h, 2 * w, 3)`.

    Args:
        made: float32 `(t, 2 * h, 2 * w, 3)` in [0, 255].
        worn: uint8 `(t, h, w, 3)`, what they were made of.
    """
    given = tf.constant(worn.astype("float32"))
    total, share = made.copy(), np.ones((*made.shape[:3], 1), "float32")
    for here, there in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        now, other = given[here], given[there]
        flow, back = optical_flow(now, other), optical_flow(other, now)
        far = tf.reduce_mean(tf.abs(now - warp(other, flow)), -1)
        agrees = tf.cast(visible(flow, back) & (far < ALIKE), tf.float32)[..., None]
        agrees = doubled(agrees).numpy()
        total[here] += agrees * warp(tf.constant(made[there]), 2 * doubled(flow)).numpy()
        share[here] += agrees
    steady, plain = total / share, bicubic(given, 2).numpy()
    return np.rint(np.clip(steady - coarse(steady) + coarse(plain), 0, 255)).astype("uint8")


def coarse(video):
    """Returns what is coarse of a float clip `(t, h, w, c)`, float32."""
    profile = gaussian_profile(COARSE)
    for axis in (1, 2):
        video = blurred_along(video, profile, axis, "symmetric")
    return video


def clips(path, count, draws):
    """Yields clips of a video, uint8 `(CODED, 2 * SIDE, 2 * SIDE, 3)`, at drawn times and places.

    Args:
        path: of the video.
        count: int, how many at most.
        draws: `numpy.random.Generator`.
    """
    info, (least, most) = probe(path), LINES
    lines = min(info.height, info.width)
    lines = round(np.exp(draws.uniform(np.log(least), np.log(np.clip(lines, least, most)))))
    last = min(info.frames, LONGEST) - CODED
    firsts = sorted(draws.integers(max(last, 0) + 1, size=count))
    held, number = [], 0
    for number, frame in enumerate(itertools.islice(_frames(path, lines), LONGEST)):
        held = [*held[1 - CODED :], frame]
        while firsts and number == firsts[0] + CODED - 1:
            firsts.pop(0)
            top, left = (2 * draws.integers((side - 2 * SIDE) // 2 + 1) for side in frame.shape[:2])
            cut = slice(top, top + 2 * SIDE), slice(left, left + 2 * SIDE)
            yield np.stack([each[cut] for each in held])
        if not firsts:
            return


def _frames(path, lines):
    """Yields the whole frames of a video, so many lines high, or columns wide."""
    for chunk in read_frames(path, size=lines, crop="none", decoder="pyav"):
        yield from chunk


def make(path, name, count, seed, teacher, out):
    """Writes sequences of a video that are not there yet; yields once for each.

    Args:
        path: of the video.
        name: str, what their files' names begin with.
        count: int, sequences.
        seed: list of int, of all draws.
        teacher: as of `taught_by`.
        out: `Path` of the folder.
    """
    files = [out / f"{name}-{number}.npz" for number in range(count)]
    if all(file.exists() for file in files):
        yield from files
        return
    draws = np.random.default_rng(seed)
    first = (CODED - FRAMES) // 2
    for file, clip in zip(files, clips(path, count, draws)):
        worn = spoilt(clip, np.random.default_rng([*seed, int(draws.integers(1 << 30))]))
        if not file.exists():
            worn = np.ascontiguousarray(worn[first : first + FRAMES])
            taught = steadied(taught_by(teacher, worn), worn)
            write_whole(file, functools.partial(_save, worn=worn, taught=taught))
        yield file


def _save(path, **arrays):
    with open(path, "wb") as file:
        np.savez(file, **arrays)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos to learn from")
    parser.add_argument("out", type=Path, help="a folder for the sequences")
    parser.add_argument("--each", type=int, default=4, help="sequences of a video in each round")
    parser.add_argument("--rounds", type=int, default=3, help="times that all videos are read")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    teacher = tf.function(weights.network(TEACHER), autograph=False)
    files = list_videos(arguments.videos)
    total = arguments.rounds * arguments.each * len(files)
    with tqdm(total=total, desc="teach", unit="sequence") as bar:
        for turn, (number, file) in itertools.product(range(arguments.rounds), enumerate(files)):
            name = f"{Path(file.path).stem}-{turn}"
            seed = [arguments.seed, turn, number]
            for _ in make(file.path, name, arguments.each, seed, teacher, arguments.out):
                bar.update()


if __name__ == "__main__":
    main()
