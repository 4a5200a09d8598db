"""Clips beside what is left of them: what restoration learns from."""

import numpy as np
import tensorflow as tf

from tfvgan.data.degrade import RECIPES, degrade
from tfvgan.data.squares import of_squares
from tfvgan.video import from_uint8


def pairs(clips, recipes, size, factor=1, seed=0, start=0, window=None):
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
        start: batches of clips that were left out before the first one.
        window: frames that are cut out of what became of a clip, None for all. A batch of clips
            then gives as many batches as windows would lie in a clip side by side; where they do
            lie is drawn. What happens to long clips is what happens to videos (most frames of an
            encoder are predicted), and takes its time once for all the windows.

    Raises:
        ValueError: when there is no such recipe, or the size does not fit factor or clips.
    """
    recipes = [recipes] if isinstance(recipes, str) else list(recipes)
    if unknown := sorted(set(recipes) - set(RECIPES)):
        raise ValueError(f"`recipes` may name {', '.join(RECIPES)}, but names {unknown[0]!r}.")
    frames = clips.element_spec["video"].shape[1]
    if size % factor:
        raise ValueError(f"`size` must be a multiple of {factor}, but is {size}.")
    window = frames if window is None else window
    if not 1 <= window <= frames:
        raise ValueError(
            f"`window` must be from 1 to the {frames} frames of the clips, but is {window}."
        )

    def make(draws, whole):
        result = degrade(whole, draws, recipes[draws.integers(len(recipes))], factor)
        moving = (whole, result["degraded"], result["mask"])
        firsts = draws.integers(frames - window + 1, size=frames // window)
        parts = [np.stack([each[n : n + window] for n in firsts]) for each in moving]
        return (*parts, np.repeat(result["level"], len(firsts)))

    def finish(video, degraded, mask, level):
        count, small = frames // window, size // factor
        video.set_shape((count, None, window, size, size, 3))
        degraded.set_shape((count, None, window, small, small, 3))
        mask.set_shape((count, None, window, small, small, 1))
        level.set_shape((count, None))
        both = {"video": from_uint8(video), "degraded": from_uint8(degraded)}
        return {**both, "mask": mask, "level": level}

    kinds = (tf.uint8, tf.uint8, tf.float32, tf.float32)
    made = of_squares(clips, size, make, kinds, finish, "degrade", seed, start, axis=1)
    return made.unbatch().prefetch(2)
