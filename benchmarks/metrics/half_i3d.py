"""I3D on frames of 112x112 instead of 224x224: a quarter of the time, for scores of small clips.

Its FVD is another number than the published one, as its name says: fvd_i3d_..._112bilinear. Compare
it with itself alone.
"""

import tensorflow as tf

from tfvgan.metrics.extractors import I3DLogits


class HalfI3D(I3DLogits):
    """The logits of I3D on small frames, float32 `(batch, 400)`."""

    size = 112

    def features(self, seen):
        """Returns the logits; the mean over place and time is taken of the last maps there are."""
        for stage in self.network.stages:
            seen = stage(seen)
        pooled = tf.reduce_mean(seen, axis=(1, 2, 3))
        return self.network.logits(pooled)
