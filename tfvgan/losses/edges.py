"""A style is in its edges: the discriminator learns that soft ones are fake."""

from collections.abc import Callable

import keras
from keras import ops

from tfvgan.losses.penalties import Penalty
from tfvgan.video import LUMA

STEEP = 0.25  # How much brighter a neighbour is across an edge, of 2 from black to white.


@keras.saving.register_keras_serializable(package="tfvgan")
class EdgeSmoothed(Penalty):
    """`weight * E[softplus(D(s(x)))]`: real videos whose edges were smoothed count as fake.

    Source: Chen et al. 2018, CartoonGAN, https://doi.org/10.1109/CVPR.2018.00986, sec. 3.2.1, eq.
    3, by the formula of the original game; edges here are where brightness is steep, widened by a
    pixel, instead of Canny's, so that a graph finds them.
    """

    def __call__(
        self,
        critic: Callable[..., keras.KerasTensor],
        real: keras.KerasTensor,
        fake: keras.KerasTensor,
        draws: object,
    ) -> keras.KerasTensor:
        """Returns the penalty; `fake` is not read."""
        return self.weight * ops.mean(ops.softplus(ops.cast(critic(smoothed(real)), "float32")))


def smoothed(video: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the video with its edges blurred, float32 of the same shape.

    Args:
        video: float32 `(batch, t, h, w, 3)` in [-1, 1].
    """
    shape = ops.shape(video)
    frames = ops.reshape(video, (-1, *shape[2:]))
    grey = ops.matmul(frames, LUMA)
    # How far brightness reaches within 3x3 pixels: large on both sides of an edge.
    reach = ops.max_pool(grey, 3, 1, "same") + ops.max_pool(-grey, 3, 1, "same")
    edge = ops.max_pool(ops.cast(reach > STEEP, "float32"), 3, 1, "same")
    soft = ops.average_pool(ops.average_pool(frames, 5, 1, "same"), 3, 1, "same")
    return ops.reshape(frames + edge * (soft - frames), shape)
