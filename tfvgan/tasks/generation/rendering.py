"""Renders videos as uint8 arrays, in batches; long ones a few frames at a time."""

import dataclasses
from typing import TypedDict

import numpy as np

from tfvgan.tasks.generation import moments
from tfvgan.video import to_uint8

PIXELS = 2**20  # Of all the frames that are rendered at once: 256 of 64x64.


class Asked(TypedDict, total=False):
    """The options of rendering endless videos; see `Sampler.generate`."""

    batch_size: int
    frames: int | None
    start: float
    rate: float
    truncation: float
    progress: bool


@dataclasses.dataclass(frozen=True)
class Rendering:
    """All of `Asked`, with defaults.

    Raises:
        ValueError: when the truncation is out of its range.
    """

    batch_size: int = 8
    frames: int | None = None
    start: float = 0.0
    rate: float = 1.0
    truncation: float = 1.0
    progress: bool = False

    def __post_init__(self):
        if not 0.0 <= self.truncation <= 1.0:
            raise ValueError(f"`truncation` must be from 0 to 1, but is {self.truncation}.")

    def span(self, generator):
        """Returns the number of frames, and their times as of `moments.asked`."""
        frames = generator.frames if self.frames is None else self.frames
        return frames, moments.asked(generator, frames, self.start, self.rate)


def render_all(generator, inputs, count, frames, when, batch_size, progress=False):
    """Returns the videos, uint8 `(count, frames, size, size, 3)`.

    However long they are, what is in memory beside them are the pictures of `PIXELS`.

    Args:
        generator: any generator.
        inputs: function of a slice of the videos that returns their named inputs.
        count: int, how many videos.
        frames: int, how many frames each has.
        when: float32 `(frames,)`, their times; None where the inputs say them, or know none.
        batch_size: int, how many videos are made at once.
        progress: bool, whether to show a progress bar.
    """
    from tqdm import tqdm

    videos = np.zeros((count, frames, generator.size, generator.size, 3), np.uint8)
    with tqdm(total=count * frames, desc="render", unit="frame", disable=not progress) as bar:
        for first in range(0, count, batch_size):
            part = slice(first, min(first + batch_size, count))
            done = 0
            for piece in pieces(generator, inputs(part), when, part.stop - part.start):
                videos[part, done : done + piece.shape[1]] = to_uint8(piece).numpy()
                done += piece.shape[1]
                bar.update(piece.shape[0] * piece.shape[1])
    return videos


def pieces(generator, named, when, count):
    """Yields the float32 videos of `count` named inputs, some frames of them at a time."""
    if when is not None:
        most = max(1, at_once(generator) // count)
        yield from moments.render_parts(generator, named, when, most)
    elif "time" in named:
        yield moments.render_moment(generator, named)[:, None]
    else:
        yield generator(generator.pack(**named), training=False)


def at_once(generator):
    """Returns the number of frames rendered at once."""
    return max(1, PIXELS // generator.size**2)
