"""Where scenes begin, told some frames later: no flash, which goes back, begins one."""

from collections import deque

import numpy as np

from tfvgan.streaming.cuts import SceneCuts

AHEAD = 4  # Frames that are looked at behind a cut,
BEHIND = 8  # and before it.
BACK = 0.5  # Of a cut's difference: what is nearer than that to what was before has gone back.
BLOCK = 8  # Pixels of a side, whose mean is compared.
THRESHOLD = 0.25  # Of FFmpeg's score.


class Scenes:
    """Tells for each frame of a video, in order, whether a new scene begins with it.

    It tells it when it has seen some frames more. Where FFmpeg's score sees a cut, but a
    frame from there on resembles one before, it was a flash, or something that passed by. A scene
    that lasts no longer than a flash is taken for one.

    Args:
        threshold: float in [0, 1], of FFmpeg's score; lower finds more.
        ahead: int, frames that are seen behind each. With 0 all is told at once: that a flash
            begins a scene, too, and that what comes behind it begins none.
    """

    def __init__(self, threshold: float = THRESHOLD, ahead: int = AHEAD):
        self.ahead = ahead
        self._cuts = SceneCuts(threshold)
        self._seen, self._new = deque(maxlen=BEHIND + 1 + ahead), deque()

    def __call__(self, frame: np.ndarray) -> list[bool]:
        """Returns what is now known of the frames so far, in order: of one more, or of none.

        Args:
            frame: uint8 or uint16 `(h, w, 3)`.
        """
        self._new.append(self._cuts(frame))
        self._seen.append(self._cuts.picture)
        return [self._told()] if len(self._new) > self.ahead else []

    def rest(self) -> list[bool]:
        """Returns what is left behind the last frame, in order."""
        return [self._told() for _ in range(len(self._new))]

    def _told(self):
        """Returns whether a scene begins with the first frame that waits."""
        place = len(self._seen) - len(self._new)
        return self._new.popleft() and not (place and gone_back(list(self._seen), place))


def gone_back(pictures: list[np.ndarray], place: int) -> bool:
    """Returns whether pictures from a place on resemble one before it, other than its neighbour.

    Args:
        pictures: uint8 `(h, w, 3)`, of sides that `BLOCK` divides: some before a cut, and behind.
        place: int, the number of the first one behind.
    """
    small = np.stack([_blocks(picture) for picture in pictures[max(0, place - BEHIND) :]])
    behind = small[min(place, BEHIND) :]
    before = small[: -len(behind)]
    apart = np.abs(behind[:, None] - before).mean((2, 3, 4))
    return bool(apart.min() < BACK * apart[0, -1])


def _blocks(picture):
    """Returns the means of blocks, float32 `(h / 8, w / 8, 3)`."""
    height, width, colours = picture.shape
    parts = picture.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, colours)
    return parts.mean((1, 3), dtype="float32")
