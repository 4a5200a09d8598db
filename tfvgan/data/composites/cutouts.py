"""Cut-outs from files: videos beside what of them is to be cut out."""

import itertools
import os

import numpy as np

from tfvgan.data.composites.things import Cutout
from tfvgan.data.decode import probe, read_frames
from tfvgan.data.partners import check_alike, partners

LEAST = 8  # Of alpha, what is more than a codec leaves where there is nothing.
MOST = 2**29  # Bytes of all cut-outs that are read at once.
FEWEST = 4  # Frames of each, below which too little of it moves.
REACH = 1 / 24  # Of the shorter side, from how far inside the colours of soft edges come.
SOLID = 4  # Power of shares, as which they weigh in means of what is inside, or outside.


def read_cutouts(
    videos: str | os.PathLike,
    alphas: str | os.PathLike,
    size: int | None = None,
    frames: int = 48,
    kind: int = 1,
) -> list[Cutout]:
    """Returns a `Cutout` of each video in which there is something to cut out, by their names.

    What is around it in all frames is left out, so that its size is that of what is cut out. Where
    its edges are soft, what shines through is taken out of its colours, so that it does not come
    along.

    Source of the latter: Forte 2021, Approximate Fast Foreground Colour Estimation,
    https://doi.org/10.1109/ICIP42928.2021.9506164, whose means are taken here mostly of what is all
    inside or all outside.

    Args:
        videos: a folder of videos, or one.
        alphas: of the names of these videos, as long and large: white where something is to be cut
            out, black where not, grey at soft edges.
        size: the length of the shorter side that they are read at; None for their own.
        frames: of each, the first ones, at most; fewer where all would take more than `MOST` bytes.
        kind: the class in masks.

    Raises:
        ValueError: when a video has no partner, or one of another size or length; or when there are
            too many for so much memory.
        UnreadableVideo: when one gives no frame.
    """
    matched = partners(videos, alphas)
    check_alike(matched)
    frames = _affordable(matched, size, frames)
    found = []
    for pair in matched.items():
        video, alpha = (_first(path, size, frames) for path in pair)
        alpha = alpha[..., 1]
        alpha = np.where(alpha > LEAST, alpha, 0).astype("uint8")
        if not alpha.any():
            continue
        rows, columns = (_span(alpha.any(axis)) for axis in ((0, 2), (0, 1)))
        video, alpha = video[:, rows, columns], alpha[:, rows, columns].copy()
        found.append(Cutout(np.stack(list(map(_own_colours, video, alpha))), alpha, kind))
    return found


def _affordable(matched, size, frames):
    """Returns how many frames of each video fit into memory, at most so many as are asked for."""
    least = 0  # Of a frame of each.
    for info in map(probe, matched):
        smaller = 1.0 if size is None else size / min(info.height, info.width)
        least += 4 * info.height * info.width * smaller**2
    fit = int(MOST // max(least, 1))
    if fit < min(FEWEST, frames):
        raise ValueError(
            f"Cut-outs may take {MOST / 2**20:.0f} MiB, but a frame of each of these "
            f"{len(matched)} takes {least / 2**20:.0f} MiB: give fewer or smaller ones."
        )
    return min(frames, fit)


def _own_colours(picture, alpha):
    """Returns a picture whose soft edges have the colours of what is inside, uint8 `(h, w, 3)`."""
    import cv2

    reach = 2 * max(1, round(min(alpha.shape) * REACH)) + 1
    share, picture = alpha[..., None] / np.float32(255), picture.astype("float32")

    def mean(values, weight):
        total, weights = (cv2.blur(each, (reach, reach)) for each in (values * weight, weight))
        return total / np.maximum(weights[..., None], 1e-6)

    inside, outside = mean(picture, share**SOLID), mean(picture, (1 - share) ** SOLID)
    found = inside + share * (picture - share * inside - (1 - share) * outside)
    found = np.where(share < 1, found, picture)
    return np.clip(np.rint(found), 0, 255).astype("uint8")


def _first(path, size, frames):
    """Returns the first frames of a video, uint8 `(t, h, w, 3)`."""
    chunks = read_frames(path, size=size, crop="none", deinterlace="no", decoder="pyav", chunk=1)
    return np.concatenate(list(itertools.islice(chunks, frames)))


def _span(there):
    """Returns the slice from the first to the last that is there."""
    places = np.flatnonzero(there)
    return slice(places[0], places[-1] + 1)
