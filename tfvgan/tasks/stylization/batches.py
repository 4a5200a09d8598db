"""What a stylizer learns from: squares of clips, their motion, and what counts as real."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf
from PIL import Image

from tfvgan.data.squares import of_squares
from tfvgan.data.styles import styled
from tfvgan.tasks.motion import motion
from tfvgan.video import from_uint8

FULL = 0.5  # Of the clips are to get all of the style; the others any share of it.
SPEED = 3  # Pixels a frame that pictures move by at most.

PAIRS = "pairs"  # Videos beside the clips' own, as they are to become.

Real = Callable[..., np.ndarray]


def filtered(style: str) -> Real:
    """Returns what makes a square's video in the style of a filter.

    Args:
        style: one of `tfvgan.data.styles.STYLES`.
    """
    return lambda video, draws, strength: styled(video, style, strength)


def panned(pictures: Sequence[np.ndarray]) -> Real:
    """Returns what makes videos of a style's pictures, seen through a square that moves.

    They are enlarged where they are smaller than the square and its way.

    Args:
        pictures: list of uint8 `(h, w, 3)`.
    """

    def real(video, draws, strength):
        frames, side = video.shape[:2]
        picture = pictures[draws.integers(len(pictures))]
        reach = side + SPEED * (frames - 1)
        short = min(picture.shape[:2])
        if short < reach:
            size = [-(-extent * reach // short) for extent in picture.shape[1::-1]]
            picture = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC))
        speed = draws.integers(-SPEED, SPEED + 1, size=2)
        way = speed * (frames - 1)
        room = np.array(picture.shape[:2]) - side - np.abs(way)
        first = draws.integers(room + 1) - np.minimum(way, 0)
        places = [first + number * speed for number in range(frames)]
        return np.stack([picture[top : top + side, left : left + side] for top, left in places])

    return real


def blended(
    video: np.ndarray, draws: np.random.Generator, strength: float, after: np.ndarray
) -> np.ndarray:
    """Returns what becomes of a square's video with so much of the style, of videos in pairs.

    That is `video + strength * (after - video)`, uint8 `(t, size, size, 3)`.

    Args:
        video: uint8 `(t, size, size, 3)`.
        draws: of which it needs none.
        strength: in [0, 1].
        after: the same of the video in the style.
    """
    change = after.astype("float32") - video
    return np.rint(video + strength * change).astype("uint8")


def batches(
    clips: tf.data.Dataset, real: Real, size: int, seed: int = 0, start: int = 0
) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of squares cut out of clips, beside what is real.

    Its batches are `{"video": what counts as real, "source": what the generator reads, both float32
    (b, t, size, size, 3) in [-1, 1], "flow": float32 (b, t - 1, size, size, 2), how far pixels of
    each frame but the first are from where they were in the one before, in pixels right and down,
    "visible": float32 (b, t - 1, size, size, 1), 1 where they were seen there, "strength": float32
    (b,) in [0, 1]}`. All that is drawn is a function of (seed, batch, place in the batch) alone.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size` or larger; where it has "pairs", too,
            videos like its own, their squares are handed to `real` as a fourth argument.
        real: function from a square's video, uint8 `(t, size, size, 3)`, a
            `np.random.Generator` and the strength to what is real, of the same shape: such as of
            `filtered` or `panned`, or one of your own; of pairs `blended`.
        size: side of the square in pixels.
        seed: whole number >= 0.
        start: batches of clips that were left out before the first one.

    Raises:
        ValueError: when the size does not fit the clips.

    The teacher may be a function of one's own, here one that makes negatives:

    ```python
    from tfvgan.data import clips
    from tfvgan.tasks.stylization import VideoStylizer, batches, blended

    def negative(video, draws, strength):
        return blended(video, draws, strength, 255 - video)

    videos = clips("videos/", frames=6, size=256, batch_size=8, repeat=True)
    model = VideoStylizer.from_preset(size=128)
    model.fit(batches(videos, negative, size=128), epochs=20, steps_per_epoch=250)
    model.stylizer.save("negative.keras")
    ```
    """
    frames = clips.element_spec["video"].shape[1]

    def make(draws, square, *beside):
        strength = np.float32(1 if draws.random() < FULL else draws.random())
        return real(square, draws, strength, *beside), square, strength

    def finish(video, source, strength):
        for each in (video, source):
            each.set_shape((None, frames, size, size, 3))
        strength.set_shape((None,))
        flow, seen = motion(source)
        named = {"video": from_uint8(video), "source": from_uint8(source)}
        return {**named, "flow": flow, "visible": seen, "strength": strength}

    beside = [name for name in (PAIRS,) if name in clips.element_spec]
    kinds = (tf.uint8, tf.uint8, tf.float32)
    made = of_squares(clips, size, make, kinds, finish, "style", seed, start, beside)
    return made.prefetch(2)
