"""Vectors of a video, by an embedder."""

import os
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tfvgan.library.windows import FRAMES, NUMBERS, Embeds, windows_of


class Vectors(NamedTuple):
    """What a video is known by: `times` float32 `(n,)`, the seconds that windows begin at, in
    order; `numbers` int8 `(n, 64)`, their vectors. Flat windows have none."""

    times: np.ndarray
    numbers: np.ndarray


def vectors_of(
    path: str | os.PathLike,
    embedder: Embeds,
    hop: int = FRAMES,
    tell: Callable[[float], None] = lambda seconds: None,
) -> Vectors:
    """Returns the `Vectors` of a video, which is read in constant memory.

    Args:
        path, hop: as of `windows_of`.
        embedder: of windows; see `tfvgan.library.windows`.
        tell: is called with the seconds of the video that are done, again and again.

    Raises:
        UnreadableVideo: when the file gives no frame.
        ValueError: when the embedder returns anything else than such vectors.
    """
    times, numbers = [np.empty(0, np.float32)], [np.empty((0, NUMBERS), np.int8)]
    for made in windows_of(path, hop):
        if not made.flat.all():
            times.append(made.times[~made.flat].astype(np.float32))
            numbers.append(_embedded(embedder, made.frames[~made.flat]))
        tell(float(made.times[-1]))
    return Vectors(np.concatenate(times), np.concatenate(numbers))


def _embedded(embedder, frames):
    """Returns the vectors of windows, which are what the embedder promises."""
    numbers = np.asarray(embedder.embed(frames))
    if numbers.dtype != np.int8 or numbers.shape != (len(frames), NUMBERS):
        raise ValueError(
            f"The embedder {embedder.name!r} should make int8 {(len(frames), NUMBERS)} of "
            f"{len(frames)} windows, but makes {numbers.dtype} {numbers.shape}: take another."
        )
    return numbers
