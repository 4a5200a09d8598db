"""A few frames each of real videos: what exports are measured on."""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from tfvgan.data import ClipCache
from tfvgan.data.cache import is_cache
from tfvgan.data.decode import read_frames
from tfvgan.runs.clips import cache_of
from tfvgan.runs.loading import folder_at

FRAMES = 12  # Of each clip: enough for states to fill.
LEAST = 4  # What `tfvgan.export.filmed` needs.
CACHED = 8  # Clips of a run that are taken.
PIECES = 4  # Of an example that is all there is.


def beginning(path: str | os.PathLike, count: int = FRAMES) -> np.ndarray:
    """Returns the first frames of a video, uint8 `(t, h, w, 3)`.

    Args:
        path: of the file.
        count: int, how many frames at most.

    Raises:
        ValueError: when it has fewer than four.
    """
    found = next(read_frames(path, decoder="pyav", chunk=count))
    if len(found) < LEAST:
        raise ValueError(f"`clips` must be of four frames or more, but {path} has {len(found)}.")
    return found


def footage(
    clips: Sequence[str | os.PathLike] | None,
    run: object = None,
    settings: Any = None,
    example: str | os.PathLike | None = None,
) -> list[np.ndarray]:
    """Returns real clips, uint8 `(t, h, w, 3)` each; an empty list where there are none.

    They are the beginnings of `clips`; without them clips out of the run's cache, evenly spread;
    without that pieces of the example's beginning.

    Args:
        clips: paths of videos, or None.
        run: what was loaded, a path or a model.
        settings: `Settings` of the run, or None.
        example: path of a video, or None.

    Raises:
        ValueError: when one of `clips` has fewer than four frames.
    """
    if clips is not None:
        return [beginning(path) for path in clips]
    if settings is not None and (found := _cached(settings, folder_at(run))):
        return found
    if example is None:
        return []
    frames = beginning(example, FRAMES * PIECES)
    pieces = [frames[at : at + FRAMES] for at in range(0, len(frames), FRAMES)]
    return [piece for piece in pieces if len(piece) >= LEAST]


def _cached(settings, folder):
    """Returns clips of a run's cache; none where it is gone, or they are too short."""
    place = cache_of(settings, folder)
    if not is_cache(place):
        return []
    cache = ClipCache.open(place)
    if cache.frames < LEAST:
        return []
    numbers = sorted({*np.linspace(0, cache.count - 1, CACHED).round().astype(int).tolist()})
    return [np.array(cache.clip(number)[:FRAMES]) for number in numbers]
