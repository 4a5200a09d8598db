"""The stretches of a clip without anything that may be a cut, for films of known cuts."""

import numpy as np

STEP = 14.0  # Levels that a pixel changes from frame to frame, on average, where a shot may end.
OVER = 2.5  # And times the clip's usual change.
FLAT = 8.0  # Levels that a frame's pixels spread by, below which it may be of a fade.
MARGIN = 2  # Frames that are left out on both sides of such a place.


def unbroken(video: np.ndarray, least: int = 24) -> list[np.ndarray]:
    """Returns the stretches of a clip between places where a shot may end, uint8 `(t, h, w, 3)`.

    It is careful: what moves fast is taken apart, too, and a stretch with a frame that is nearly
    of one colour is left out, since it may fade. Dissolves and wipes it does not see.

    Args:
        video: uint8 `(t, h, w, 3)`.
        least: int, frames of the shortest stretch that is kept.
    """
    changes = np.abs(np.diff(video.astype(np.int16), axis=0)).mean((1, 2, 3))
    usual = np.median(changes) if len(changes) else 0.0
    places = np.flatnonzero((changes > STEP) & (changes > OVER * usual)) + 1
    bounds = [0, *places, len(video)]
    found = []
    for first, last in zip(bounds, bounds[1:]):
        begin = first + MARGIN * (first > 0)
        end = last - MARGIN * (last < len(video))
        if end - begin >= least and video[begin:end].std((1, 2)).max(-1).min() >= FLAT:
            found.append(video[begin:end])
    return found
