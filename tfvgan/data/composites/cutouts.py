"""Cut-outs from files: videos beside what of them is to be cut out."""

import itertools
import os

import numpy as np

from tfvgan.data.composites.things import Cutout
from tfvgan.data.decode import read_frames
from tfvgan.data.partners import check_alike, partners

LEAST = 8  # Of alpha, what is more than a codec leaves where there is nothing.


def read_cutouts(
    videos: str | os.PathLike,
    alphas: str | os.PathLike,
    size: int | None = None,
    frames: int = 48,
    kind: int = 1,
) -> list[Cutout]:
    """Returns a `Cutout` of each video in which there is something to cut out, by their names.

    What is around it in all frames is left out, so that its size is that of what is cut out.

    Args:
        videos: a folder of videos, or one.
        alphas: of the names of these videos, as long and large: white where something is to be cut
            out, black where not, grey at soft edges.
        size: the length of the shorter side that they are read at; None for their own.
        frames: of each, the first ones, at most.
        kind: the class in masks.

    Raises:
        ValueError: when a video has no partner, or one of another size or length.
        UnreadableVideo: when one gives no frame.
    """
    matched = partners(videos, alphas)
    check_alike(matched)
    found = []
    for pair in matched.items():
        video, alpha = (_first(path, size, frames) for path in pair)
        alpha = alpha[..., 1]
        alpha = np.where(alpha > LEAST, alpha, 0).astype("uint8")
        if not alpha.any():
            continue
        rows, columns = (_span(alpha.any(axis)) for axis in ((0, 2), (0, 1)))
        found.append(Cutout(video[:, rows, columns].copy(), alpha[:, rows, columns].copy(), kind))
    return found


def _first(path, size, frames):
    """Returns the first frames of a video, uint8 `(t, h, w, 3)`."""
    chunks = read_frames(path, size=size, crop="none", deinterlace="no", decoder="pyav", chunk=1)
    return np.concatenate(list(itertools.islice(chunks, frames)))


def _span(there):
    """Returns the slice from the first to the last that is there."""
    places = np.flatnonzero(there)
    return slice(places[0], places[-1] + 1)
