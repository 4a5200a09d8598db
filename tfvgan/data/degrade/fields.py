"""What is left of interlaced films: combs, ghosts and stairs, where deinterlacing was poor."""

import numpy as np

LEFTOVERS = ("woven", "blended", "doubled")


def deinterlaced_poorly(video: np.ndarray, how: str, share: float = 1.0) -> np.ndarray:
    """Returns the video as a poor deinterlacer leaves it, uint8 `(t, h, w, 3)`.

    A frame's even lines are its own, the odd ones those of the next frame, a moment later; so the
    frames are true where nothing moves, except by "doubled".

    | how | what became of both |
    |---|---|
    | woven | nothing: combs where something moves |
    | blended | lines are mixed with their neighbours: ghosts, and less detail |
    | doubled | odd lines are made of even ones: slanted edges become stairs |

    Args:
        video: uint8 `(t, h, w, 3)`.
        how: of `LEFTOVERS`.
        share: in [0, 1], how much of it is left beside the frame as it was.

    Raises:
        ValueError: when there is no such way.
    """
    if how not in LEFTOVERS:
        raise ValueError(f"`how` must be one of {', '.join(LEFTOVERS)}, but is {how!r}.")
    found = video.copy()
    later = video[np.minimum(np.arange(len(video)) + 1, len(video) - 1)]
    found[:, 1::2] = later[:, 1::2]
    if how != "woven":
        lines = np.pad(found.astype("float32"), [(0, 0), (1, 1), (0, 0), (0, 0)], "reflect")
        around = (lines[:, :-2] + lines[:, 2:]) / 2
        if how == "blended":
            found = (lines[:, 1:-1] + around) / 2
        else:
            found = lines[:, 1:-1].copy()
            found[:, 1::2] = around[:, 1::2]
    return np.rint(video + share * (found.astype("float32") - video)).astype("uint8")
