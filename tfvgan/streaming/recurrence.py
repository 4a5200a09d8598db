"""A recurrent step over a video of any length: windows of three frames, scenes, tiles."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.stepper import Stepper
from tfvgan.streaming.tiles import Tile, feathered, tiles

OVERLAP = 32  # Pixels that tiles share.


class Stepped(NamedTuple):
    """A new frame, and the states to go on with behind it, one for each tile."""

    picture: np.ndarray
    states: list


class Recurrence:
    """Takes a `Stepper` over a video, with a memory of one frame and a look at the next.

    Args:
        stepper: `Stepper`.
        side: int or None, the largest height and width of what is done at once; larger frames are
            done in tiles.
        overlap: int, pixels that tiles share.
        cuts: bool, whether to forget what was before a cut.
        states: of `Stepped`, when this goes on behind one.
    """

    def __init__(
        self,
        stepper: Stepper,
        side: int | None = None,
        overlap: int = OVERLAP,
        cuts: bool = True,
        states: list | None = None,
    ):
        self.stepper = stepper
        self.side = side
        self.overlap = overlap
        self.states = states
        begins_scene = SceneCuts() if cuts else lambda frame: False
        self._cut = lambda frame: begins_scene(frame[..., :3])
        self._before = None

    def skip(self, frame: np.ndarray) -> None:
        """Takes note of a finished frame; the states given at first are those behind it."""
        self._cut(frame)
        self._before = frame

    def __call__(self, frames: Iterable[np.ndarray]) -> Iterator[Stepped]:
        """Yields a `Stepped` for each frame, of an iterable of uint8 or uint16 `(h, w, c)`."""
        frames = ((frame, self._cut(frame)) for frame in frames)
        now, first = next(frames, (None, False))
        first = first or self._before is None
        while now is not None:
            after, next_first = next(frames, (None, True))
            window = (now if first else self._before, now, now if next_first else after)
            yield Stepped(self._step(window, None if first else self.states), self.states)
            self._before, now, first = now, after, next_first

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
