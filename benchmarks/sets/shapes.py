"""Moving shapes in memory: clips to train on, clips held out, and batches of them without end."""

import numpy as np
import tensorflow as tf

from tfvgan.data import moving_shapes
from tfvgan.data.moments import Moments
from tfvgan.video import from_uint8

FRAMES = 16
SEEDS = {"train": 0, "held out": 1, "real": 2}  # No clip is in two of them.


def clips(part, count, size):
    """Returns so many clips, uint8 `(count, 16, size, size, 3)`.

    Args:
        part: "train", "held out", or "real", which are compared with generated ones.
        count, size: int.
    """
    return moving_shapes(count, FRAMES, size, SEEDS[part])["video"]


def batches(videos, batch, seed=0, moments=None):
    """Returns batches for `fit`, a `tf.data.Dataset` without end, in an order drawn from the seed.

    Args:
        videos: uint8 `(n, frames, size, size, 3)`.
        batch: int, clips a batch.
        seed: int.
        moments: None, or how many frames of each clip are shown, as `tfvgan.data.clips` has it.
    """
    drawn = None if moments is None else Moments(moments, videos.shape[1], seed)
    count = videos.shape[1] if moments is None else moments
    shape = (batch, count, *videos.shape[2:])
    signature = {"video": tf.TensorSpec(shape, tf.uint8)}
    if moments is not None:
        signature["times"] = tf.TensorSpec((batch, count), tf.float32)

    def without_end():
        random, sample = np.random.default_rng(seed), 0
        while True:
            chosen = random.choice(len(videos), batch, replace=len(videos) < batch)
            if drawn is None:
                yield {"video": videos[chosen]}
                continue
            times = np.stack([drawn.draw(0, sample + n) for n in range(batch)])
            sample += batch
            named = {"video": videos[chosen[:, None], times]}
            yield {**named, "times": times.astype(np.float32)}

    drawn_ones = tf.data.Dataset.from_generator(without_end, output_signature=signature)
    return drawn_ones.map(lambda each: {**each, "video": from_uint8(each["video"])}).prefetch(2)
