"""Clips beside what is left of them: what restoration learns from."""

import numpy as np
import tensorflow as tf

from tfvgan.data.degrade import RECIPES, degrade
from tfvgan.data.order import generator
from tfvgan.video import from_uint8, to_uint8


def pairs(clips, recipes, size, factor=1, seed=0, start=0):
    """Returns a `tf.data.Dataset` of squares cut out of clips, each beside its degraded self.

    Its batches are `{"video": float32 (b, t, size, size, 3) in [-1, 1], "degraded": float32 (b, t,
    size / factor, size / factor, 3) in [-1, 1], "mask": float32 (b, t, size / factor, size /
    factor, 1), "level": float32 (b,)}`; see `tfvgan.data.degrade.degrade`. Where a square lies, and
    what happens to it, are functions of (seed, batch, place in the batch) alone.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size` or larger.
        recipes: one of `RECIPES`, or a list of them, of which one is drawn for each clip.
        size: side of the square in pixels, a multiple of `factor`.
        factor: how many times smaller the degraded ones are, 1, 2 or 4.
        seed: whole number >= 0.
        start: batches that were left out before the first one.

    Raises:
        ValueError: when there is no such recipe, or the size does not fit factor or clips.
    """
    recipes = [recipes] if isinstance(recipes, str) else list(recipes)
    if unknown := sorted(set(recipes) - set(RECIPES)):
        raise ValueError(f"`recipes` may name {', '.join(RECIPES)}, but names {unknown[0]!r}.")
    _, frames, height, width, _ = clips.element_spec["video"].shape
    if size % factor or min(height, width) < size:
        raise ValueError(
            f"`size` must be a multiple of {factor}, and at most the {height}x{width} pixels of "
            f"the clips, but is {size}."
        )

    def cut(number, video):
        made = []
        for place, clip in enumerate(video):
            draws = generator("degrade", seed, number, place)
            top, left = (draws.integers(side - size + 1) for side in (height, width))
            whole = clip[:, top : top + size, left : left + size]
            found = degrade(whole, draws, recipes[draws.integers(len(recipes))], factor)
            made.append((whole, *(found[name] for name in ("degraded", "mask", "level"))))
        return [np.stack(column) for column in zip(*made)]

    def batch(number, named):
        kinds = (tf.uint8, tf.uint8, tf.float32, tf.float32)
        video, degraded, mask, level = tf.numpy_function(
            cut, (number, to_uint8(named["video"])), kinds
        )
        small = (None, frames, size // factor, size // factor)
        video.set_shape((None, frames, size, size, 3))
        degraded.set_shape((*small, 3))
        mask.set_shape((*small, 1))
        level.set_shape((None,))
        both = {"video": from_uint8(video), "degraded": from_uint8(degraded)}
        return {**both, "mask": mask, "level": level}

    numbered = clips.enumerate(start)
    return numbered.map(batch, num_parallel_calls=2, deterministic=True).prefetch(2)
