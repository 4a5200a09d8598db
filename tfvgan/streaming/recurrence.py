"""A recurrent step over a video of any length: windows of three frames, scenes, tiles."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from tfvgan.streaming.scenes import AHEAD, Scenes
from tfvgan.streaming.stepper import Stepper
from tfvgan.streaming.tiles import Tile, feathered, tiles

OVERLAP = 32  # Pixels that tiles share.


class Stepped(NamedTuple):
    """A new frame, and the states to go on with behind it, one for each tile."""

    picture: np.ndarray
    states: list


class Recurrence:
    """Takes a `Stepper` over a video, with a memory of one frame and a look at the next.

    Where it forgets what was before a cut, it reads more ahead, as `tfvgan.streaming.Scenes` does.

    Args:
        stepper: `Stepper`.
        side: int or None, the largest height and width of what is done at once; larger frames are
            done in tiles.
        overlap: int, pixels that tiles share.
        cuts: bool, whether to forget what was before a cut.
        states: of `Stepped`, when this goes on behind one.
        ahead: int, frames that are read ahead to tell a cut from a flash.
    """

    def __init__(
        self,
        stepper: Stepper,
        side: int | None = None,
        overlap: int = OVERLAP,
        cuts: bool = True,
        states: list | None = None,
        ahead: int = AHEAD,
    ):
        self.stepper = stepper
        self.side = side
        self.overlap = overlap
        self.states = states
        self._scenes = Scenes(ahead=ahead) if cuts else None
        self._before, self._skipped = None, 0

    def skip(self, frame: np.ndarray) -> None:
        """Takes note of a finished frame; the states given at first are those behind it."""
        if self._scenes:
            self._skipped += 1 - len(self._scenes(frame[..., :3]))
        self._before = frame

    def __call__(self, frames: Iterable[np.ndarray]) -> Iterator[Stepped]:
        """Yields a `Stepped` for each frame, of an iterable of uint8 or uint16 `(h, w, c)`."""
        frames = self._parted(frames)
        now, first = next(frames, (None, False))
        first = first or self._before is None
        while now is not None:
            after, next_first = next(frames, (None, True))
            window = (now if first else self._before, now, now if next_first else after)
            yield Stepped(self._step(window, None if first else self.states), self.states)
            self._before, now, first = now, after, next_first

    def _parted(self, frames):
        """Yields `(frame, whether a scene begins with it)` for each frame."""
        if not self._scenes:
            yield from ((frame, False) for frame in frames)
            return
        waiting = deque()
        for frame in frames:
            waiting.append(frame)
            yield from self._known(waiting, self._scenes(frame[..., :3]))
        yield from self._known(waiting, self._scenes.rest())

    def _known(self, waiting, begins):
        """Yields as `_parted` does what is known by now; of skipped frames nobody asks."""
        for begin in begins:
            if self._skipped:
                self._skipped -= 1
            else:
                yield waiting.popleft(), begin

    def _step(self, window, states):
        """Returns the new frame, and keeps the states of its tiles."""
        height, width = window[1].shape[:2]
        side = self.side or max(height, width)
        multiple, factor = self.stepper.multiple, self.stepper.factor
        placed = tiles(height, width, side, self.overlap, multiple)
        states = states or [None] * len(placed)
        made = [
            self._tile([frame[tile.part] for frame in window], state)
            for tile, state in zip(placed, states, strict=True)
        ]
        self.states = [state for _, state in made]
        if len(made) == 1:
            return made[0][0]
        large = [Tile(*(factor * edge for edge in tile)) for tile in placed]
        return feathered([part for part, _ in made], large, factor * height, factor * width)

    def _tile(self, window, state):
        """Returns a tile's new frame and state; odd sides are filled up, and cut off again."""
        height, width = window[1].shape[:2]
        multiple, factor = self.stepper.multiple, self.stepper.factor
        fill = [(0, -height % multiple), (0, -width % multiple), (0, 0)]
        if fill[0][1] or fill[1][1]:
            window = [np.pad(frame, fill, "edge") for frame in window]
        picture, state = self.stepper.step(window, state)
        return picture[: factor * height, : factor * width], state
