"""How different two frames look to a network: LPIPS."""

import keras
import tensorflow as tf

from tfvgan import weights
from tfvgan.metrics.paired import PairedMetric, over_frames

LEAST_SIZES = {"alex": 31, "vgg": 16}  # What the backbones can read.


@keras.saving.register_keras_serializable(package="tfvgan")
class LPIPS(PairedMetric):
    """Learned perceptual distance, 0 for equal frames, most often below 1; lower is better.

    The mean over frames, then over videos. The network's weights are read at the first use; where
    they are missing, a ValueError says the command that fetches them.

    Args:
        net: "alex", which published values most often use and which is the faster, or "vgg". The
            two count on different scales.

    Source: Zhang et al. 2018, https://arxiv.org/abs/1801.03924, eq. 1, with the weights of its
    version 0.1.
    """

    def __init__(self, net: str = "alex", name: str | None = None, dtype: str | None = None):
        if net not in LEAST_SIZES:
            raise ValueError(f'`net` must be "alex" or "vgg", but is {net!r}.')
        super().__init__(name=name or f"lpips_{net}", dtype=dtype)
        self.net = net
        self.least_size = LEAST_SIZES[net]

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        frames = over_frames(lpips(self.net), reference, output, pixels=2**19)
        return tf.reduce_mean(frames, axis=1)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "net": self.net}


def lpips(net):
    """Returns a function of two batches of images that returns their distances, float32 `(n,)`.

    The images are float32 `(n, height, width, 3)`, whole numbers in [0, 255].

    Args:
        net: "alex" or "vgg".

    Raises:
        ValueError: when the weights have not been fetched.
    """
    with tf.init_scope():  # In a graph too, the network's weights are made outside of it.
        network = weights.network(f"lpips-{net}")
    return lambda a, b: network((a / 127.5 - 1.0, b / 127.5 - 1.0))
