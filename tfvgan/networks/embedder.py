"""An embedder: a discriminator whose trunk makes of half a second of video a vector of length 1.

Four frames are seen at once, as channels, less their mean and over their deviation, so that neither
light nor contrast tells anything. Four convolutions of stride 2 lead to a sixteenth of the sides.
Three heads read what the trunk has found: a projection, which is the vector; another one, for the
contrastive loss of generated videos; and one that judges.

Source: one trunk for both: Jeong and Shin 2021, ContraD, https://arxiv.org/abs/2103.09742, sec. 3.
The projection: Chen et al. 2020, SimCLR, https://arxiv.org/abs/2002.05709, sec. 4.2.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import nearest
from tfvgan.networks.network import Inputs, Network, Signature, check_width

SHRUNK = 3  # Times smaller that what is judged is: a generator makes no more detail than that.
FAINT = 0.1  # Deviation, of [-1, 1], below which contrast is hardly raised.


@keras.saving.register_keras_serializable(package="tfvgan")
class EmbedderDiscriminator(Network):
    """Maps a window of video to a logit, and by `embed` to a vector.

    Reads `{"video": float32 (batch, 4, size, size, 3) in [-1, 1]}`; returns float32 `(batch, 1)`.
    To judge, it looks at means of 3x3 pixels.

    Args:
        size: height and width, three times a power of two, from 24.
        width: channels at half the size; 8/3 times as many at a sixteenth.
        numbers: of a vector.

    Raises:
        ValueError: when the size is another.
    """

    frames = 4

    def __init__(self, size: int = 96, width: int = 24, numbers: int = 64, **kwargs: Any):
        super().__init__(**kwargs)
        check_width(width)
        side, rest = divmod(size, SHRUNK)
        if rest or side < 8 or side & (side - 1):
            raise ValueError(
                f"`size` must be three times a power of two, from 24, but is {size}: ask for 96."
            )
        self.size = size
        self.width = width
        self.numbers = numbers
        dtype = self.dtype_policy
        counts = [width, width + width // 3, 2 * width, 2 * (width + width // 3)]
        conv = {"padding": "same", "kernel_initializer": "he_normal", "dtype": dtype}
        self.downs = [layers.Conv2D(count, 3, 2, **conv) for count in counts]
        small = {**conv, "kernel_initializer": keras.initializers.VarianceScaling(0.1)}
        self.rests = [layers.Conv2D(count, 3, **small) for count in counts[1:]]
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=dtype)
        self.flatten = layers.Flatten(dtype=dtype)
        self.norm = layers.LayerNormalization(dtype="float32")
        self.hidden = layers.Dense(numbers, kernel_initializer="he_normal", dtype="float32")
        self.projection = layers.Dense(numbers, use_bias=False, dtype="float32")
        self.made_projection = layers.Dense(numbers, use_bias=False, dtype="float32")
        self.judge_hidden = layers.Dense(numbers, kernel_initializer="he_normal", dtype="float32")
        self.judge = layers.Dense(1, dtype="float32")

    def signature(self) -> Signature:
        return {"video": ((self.frames, self.size, self.size, 3), "float32")}

    def features(self, video: keras.KerasTensor) -> keras.KerasTensor:
        """Returns what the trunk finds, `(batch, size / 16, size / 16, channels)`."""
        x = ops.transpose(video, (0, 2, 3, 1, 4))
        x = ops.reshape(x, (-1, self.size, self.size, 3 * self.frames))
        x = x - ops.mean(x, (1, 2, 3), keepdims=True)
        x = x / ops.sqrt(ops.mean(ops.square(x), (1, 2, 3), keepdims=True) + FAINT**2)
        x = self.relu(self.downs[0](ops.cast(x, self.compute_dtype)))
        for down, rest in zip(self.downs[1:], self.rests, strict=True):
            x = self.relu(down(x))
            x = x + self.relu(rest(x))
        return x

    def embed(self, video: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the vectors of videos, float32 `(batch, numbers)`, of length 1."""
        return self.projected(self.features(video))

    def projected(self, features: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the vectors of what the trunk has found."""
        x = self.flatten(ops.average_pool(features, 2, 2, padding="same"))
        x = self.relu(self.hidden(self.norm(ops.cast(x, "float32"))))
        return _unit(self.projection(ops.cast(x, "float32")))

    def among_made(self, features: keras.KerasTensor) -> keras.KerasTensor:
        """Returns vectors as `projected` does, by the head of generated videos."""
        return _unit(self.made_projection(_pooled(features)))

    def judged(self, features: keras.KerasTensor) -> keras.KerasTensor:
        """Returns logits `(batch, 1)` of what the trunk has found."""
        return self.judge(self.relu(self.judge_hidden(_pooled(features))))

    def coarse(self, video: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the video as it is judged: each 3x3 pixels are their mean."""
        small = ops.reshape(video, (-1, self.size, self.size, 3))
        small = ops.average_pool(small, SHRUNK, SHRUNK)
        return ops.reshape(nearest(small, SHRUNK), (-1, *self.signature()["video"][0]))

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        features = self.features(self.coarse(self.unpack(inputs)["video"]))
        if not self.built:  # All heads are, whichever is asked for.
            self.projected(features), self.among_made(features)
        return self.judged(features)

    def get_config(self) -> dict:
        config = {"size": self.size, "width": self.width, "numbers": self.numbers}
        return {**super().get_config(), **config}


def _pooled(features):
    return ops.mean(ops.cast(features, "float32"), axis=(1, 2))


def _unit(x):
    return x / ops.sqrt(ops.sum(ops.square(x), axis=-1, keepdims=True) + 1e-12)
