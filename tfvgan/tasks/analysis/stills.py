"""Thumbnails of a film of any length, evenly spread over it: never more than so many."""

import numpy as np

MOST = 512
FIRST = 0.25  # Seconds from one to the next, while there are few.


class Stills:
    """Keeps thumbnails: when there are too many, every other one goes.

    Args:
        most: int, how many are kept at most.
    """

    def __init__(self, most: int = MOST):
        self.most = most
        self._step, self._next, self._kept = FIRST, 0.0, {}

    def add(self, number: int, time: float, thumbnail: np.ndarray) -> None:
        """Keeps a frame's thumbnail, if it is time for one.

        Args:
            number: int, of the frame; they grow.
            time: seconds.
            thumbnail: array.
        """
        if time < self._next:
            return
        self._kept[number] = thumbnail
        self._next = time + self._step
        if len(self._kept) > self.most:
            self._kept = dict(list(self._kept.items())[::2])
            self._step *= 2

    def kept(self) -> dict[int, np.ndarray]:
        """Returns the thumbnails that are kept, by the number of their frame."""
        return dict(self._kept)
