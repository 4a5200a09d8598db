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
    """A new frame, and the states to go on with behind it, one for each tile.

    They are None of frames that were made at once with the next one.
    """

    picture: np.ndarray
    states: list | None


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
        part: int or None, frames from here to where states are needed, and again from there; a
            stepper that takes several frames at once, as its `together` says, is handed them then.
            None hands them out one by one.
    """

    def __init__(
        self,
        stepper: Stepper,
        side: int | None = None,
        overlap: int = OVERLAP,
        cuts: bool = True,
        states: list | None = None,
        ahead: int = AHEAD,
        part: int | None = None,
    ):
        self.stepper = stepper
        self.side = side
        self.overlap = overlap
        self.states = states
        self._scenes = Scenes(ahead=ahead) if cuts else None
        self._before, self._skipped = None, 0
        self._part = part or 1
        self._together = getattr(stepper, "together", 1)

    def skip(self, frame: np.ndarray) -> None:
        """Takes note of a finished frame; the states given at first are those behind it."""
        if self._scenes:
            self._skipped += 1 - len(self._scenes(frame[..., :3]))
        self._before = frame

    def __call__(self, frames: Iterable[np.ndarray]) -> Iterator[Stepped]:
        """Yields a `Stepped` for each frame, of an iterable of uint8 or uint16 `(h, w, c)`."""
        frames, done = self._parted(frames), 0
        now, first = next(frames, (None, False))
        first = first or self._before is None
        while now is not None:
            run = [now]
            after, next_first = next(frames, (None, True))
            most = min(self._together, self._part - done % self._part)
            while not next_first and len(run) < most:
                run.append(after)
                after, next_first = next(frames, (None, True))
            window = [now if first else self._before, *run, run[-1] if next_first else after]
            made = self._step(window, None if first else self.states)
            for picture in made[:-1]:
                yield Stepped(picture, None)
            yield Stepped(made[-1], self.states)
            done += len(run)
            self._before, now, first = run[-1], after, next_first

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
        """Returns the new frames, all but the first and the last, and keeps their tiles' states."""
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
        size = factor * height, factor * width
        frames = zip(*(pictures for pictures, _ in made), strict=True)
        return [feathered(list(parts), large, *size) for parts in frames]

    def _tile(self, window, state):
        """Returns a tile's new frames and state; odd sides are filled up, and cut off again."""
        height, width = window[1].shape[:2]
        multiple, factor = self.stepper.multiple, self.stepper.factor
        fill = [(0, -height % multiple), (0, -width % multiple), (0, 0)]
        if fill[0][1] or fill[1][1]:
            window = [np.pad(frame, fill, "edge") for frame in window]
        if len(window) > 3:
            pictures, state = self.stepper.steps(window, state)
        else:
            picture, state = self.stepper.step(window, state)
            pictures = [picture]
        return [picture[: factor * height, : factor * width] for picture in pictures], state
