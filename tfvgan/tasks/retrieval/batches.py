"""What an embedder learns from: two edits of a window of each clip."""

import numpy as np
import tensorflow as tf

from tfvgan.data.edits import Strengths, drawn_kinds, edited
from tfvgan.data.resize import AUTO, resize
from tfvgan.data.squares import of_squares
from tfvgan.library.windows import FRAMES, RATE
from tfvgan.video import from_uint8

IN_TIME = ("trimmed", "faster")  # Edits that are other frames of the clip.
PLAIN = 0.4  # Of first views, those that are left as they are: so are videos in a library.
SEEN = 12  # Pixels of a side by which clips are looked at to tell whether they are alike,
ALIKE = 6.0  # and the mean difference, of 255 levels, below which they are.


def batches(
    clips: tf.data.Dataset,
    size: int,
    fps: float,
    seed: int = 0,
    start: int = 0,
    strengths: Strengths | None = None,
) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of two edits of a window of each clip.

    Its batches are `{"video": float32 (b, 4, size, size, 3) in [-1, 1], "edited": likewise, another
    edit of the same half second, "source": int32 (b,)}`. Clips that look alike have the same
    source, whatever files they are of: nothing says that they are to be told apart. All that is
    drawn is a function of (seed, batch, place in the batch) alone.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size`.
        size: height and width of the windows.
        fps: of the clips, from which frames an eighth of a second apart are taken.
        seed: whole number >= 0.
        start: batches of clips that were left out before the first one.
        strengths: of the edits; None for the usual.

    Raises:
        ValueError: when the size does not fit the clips. Raised while reading, TensorFlow wraps it.
    """
    spacing = fps / RATE

    def two(draws, clip):
        middle = resize(clip[len(clip) // 2][None], (SEEN, SEEN), AUTO)[0]
        most = len(clip) - 1 - int((FRAMES - 1) * spacing)
        begin = int(draws.integers(max(most, 0) + 1))
        first = [] if draws.random() < PLAIN else drawn_kinds(draws)
        views = [view(draws, clip, begin, spacing, kinds) for kinds in (first, drawn_kinds(draws))]
        return *views, middle

    def view(draws, clip, begin, spacing, kinds):
        how = strengths or Strengths()
        if "faster" in kinds:
            spacing = spacing * draws.uniform(*how.rate)
        places = np.floor(spacing * np.arange(FRAMES) + 1e-6).astype(int)
        if "trimmed" in kinds:
            # Half a second lies between the windows of a library: none is further off than half.
            begin += draws.integers(-round(fps / 4), round(fps / 4) + 1)
        begin = int(np.clip(begin, 0, max(len(clip) - 1 - places[-1], 0)))
        seen = clip[np.minimum(begin + places, len(clip) - 1)]
        pictures = [kind for kind in kinds if kind not in IN_TIME]
        return resize(edited(draws, seen, pictures, how), (size, size), AUTO)

    def finish(first, second, middles):
        for each in (first, second):
            each.set_shape((None, FRAMES, size, size, 3))
        named = {"video": from_uint8(first), "edited": from_uint8(second)}
        return {**named, "source": sources(middles)}

    kinds = (tf.uint8, tf.uint8, tf.uint8)
    return of_squares(clips, size, two, kinds, finish, "edit", seed, start).prefetch(2)


def sources(pictures: tf.Tensor) -> tf.Tensor:
    """Returns the number of the first picture that each is alike to, itself or one before, int32.

    Args:
        pictures: uint8 `(b, h, w, 3)`.
    """
    flat = tf.cast(tf.reshape(pictures, (tf.shape(pictures)[0], SEEN * SEEN * 3)), tf.float32)
    far = tf.reduce_mean(tf.abs(flat[:, None] - flat[None]), axis=-1)
    return tf.argmax(far < ALIKE, axis=1, output_type=tf.int32)
