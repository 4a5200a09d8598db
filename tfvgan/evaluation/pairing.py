"""Pairs of outputs and references, matched by name, and read frame by frame."""

from typing import NamedTuple

import numpy as np

from tfvgan.data import probe
from tfvgan.data.decode import read_frames
from tfvgan.data.partners import PACKETS_TOLERANCE, is_one, named_videos

RATE_TOLERANCE = 0.01  # containers round rates: 29.97 and 30 are one, 24 and 25 are two
PIXELS = 2**22  # of a window, unless it would hold fewer than LEAST frames
LEAST, MOST = 8, 64


class Pair(NamedTuple):
    """An output and its reference: paths of video files, and size and rate of the output."""

    name: str
    reference: str
    output: str
    frames: int
    height: int
    width: int
    fps: float


class Window(NamedTuple):
    """Some frames of a pair, uint8 `(n, h, w, 3)` each, the first `shared` of which were there
    before."""

    reference: np.ndarray
    output: np.ndarray
    shared: int


def find_pairs(reference, output):
    """Returns the `Pair`s of two files, or of the files of two folders that share a name.

    Names are paths within the folders; endings don't count, so `a.mp4` belongs to `a.mkv`.

    Args:
        reference: a video file, a folder of them, or a folder of numbered images.
        output: likewise.

    Raises:
        ValueError: when one has no partner, two share a name, or the partners differ in frames,
            size or rate.
    """
    return [pair_of(*named) for named in named_pairs(reference, output)]


def named_pairs(reference, output):
    """Returns the name, the reference's path and the output's of each pair; none is read.

    Args:
        reference, output: as of `find_pairs`.

    Raises:
        ValueError: when one has no partner, or two share a name.
    """
    files, others = named_videos(reference), named_videos(output)
    if is_one(reference) and is_one(output):
        others = dict(zip(files, others.values()))
    for side, missing in (
        ("output", sorted(set(files) - set(others))),
        ("reference", sorted(set(others) - set(files))),
    ):
        if missing:
            shown = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
            raise ValueError(
                f"Each output needs a reference of its name, but {len(missing)} of "
                f"{len(set(files) | set(others))} have no {side} ({shown}): "
                "rename them, or take them away."
            )
    return [(name, files[name], others[name]) for name in files]


def pair_of(name, reference, output):
    """Returns the `Pair` of two files, which are looked at.

    Args:
        name: of the pair.
        reference, output: paths.

    Raises:
        ValueError: when they differ in frames, size or rate.
    """
    ours, theirs = probe(reference), probe(output)
    for what, a, b in (("height", ours.height, theirs.height), ("width", ours.width, theirs.width)):
        if a != b:
            raise ValueError(_differ(name, f"pixels of {what}", a, b))
    if abs(ours.frames - theirs.frames) > PACKETS_TOLERANCE:
        raise ValueError(_differ(name, "frames", ours.frames, theirs.frames))
    rated = "images" not in (ours.codec, theirs.codec)
    if rated and abs(ours.fps - theirs.fps) > RATE_TOLERANCE * ours.fps:
        raise ValueError(_differ(name, "frames a second", f"{ours.fps:g}", f"{theirs.fps:g}"))
    return Pair(name, reference, output, theirs.frames, theirs.height, theirs.width, theirs.fps)


def windows(pair, overlap):
    """Yields the frames of a pair, in order, as `Window`s.

    Each begins with the last `overlap` frames of the one before, so that what spans several frames
    is measured across their borders.

    Raises:
        ValueError: when one side ends before the other.
    """
    chunk = min(MOST, max(LEAST, PIXELS // (pair.height * pair.width)))
    # PyAV reads every format, and two decoders would differ in their rounding.
    sides = [
        read_frames(path, decoder="pyav", chunk=chunk) for path in (pair.reference, pair.output)
    ]
    held, counts = None, np.zeros(2, int)
    while True:
        both = [next(side, np.zeros((0,))) for side in sides]
        counts += [len(frames) for frames in both]
        if counts[0] != counts[1]:
            counts += [sum(map(len, side)) for side in sides]
            raise ValueError(_differ(pair.name, "frames", *counts))
        if not len(both[0]):
            return
        if held is None:
            window = Window(*both, shared=0)
        else:
            both = [np.concatenate(pieces) for pieces in zip(held, both)]
            window = Window(*both, shared=len(held[0]))
        yield window
        held = [frames[max(0, len(frames) - overlap) :] for frames in both]


def _differ(name, what, reference, output):
    return (
        f"Reference and output of `{name}` must match, but the reference has {reference} {what} "
        f"and the output {output}: write the output with the reference's frames, size and rate."
    )
