"""The two blocks of a convolutional GAN: one doubles the extents, one halves them.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, and their 3-D form in Vondrick et al.
2016, https://arxiv.org/abs/1609.02612: kernels of 4 with stride 2, batch normalisation, ReLU up and
leaky ReLU of slope 0.2 down, every kernel drawn from a normal of 0.02.
"""

from typing import Any

import keras
from keras import initializers, layers, ops

from tfvgan.layers.folding import fold_frames, unfold_frames

register = keras.saving.register_keras_serializable(package="tfvgan")


def normal(mean=0.0):
    """Returns a new initializer: a normal of deviation 0.02 (Radford et al. 2016, sec. 4)."""
    return initializers.RandomNormal(mean, 0.02)


def batch_normalization(**kwargs):
    """Returns batch normalisation with the constants of DCGAN's own code."""
    return layers.BatchNormalization(
        momentum=0.9, epsilon=1e-5, gamma_initializer=normal(1.0), **kwargs
    )


def convolution(
    filters: int,
    strides: tuple[int, ...],
    transposed: bool = False,
    use_bias: bool = True,
    dtype: str | None = None,
) -> keras.Layer:
    """Returns a 2-D or 3-D convolution: a kernel of 4 where the stride is 2, of 1 where it is 1.

    Args:
        filters: channels that come out.
        strides: `(height, width)` or `(frames, height, width)`, each 1 or 2.
        transposed: multiply the extents by the strides, rather than divide.
        use_bias, dtype: as of the Keras layer.
    """
    kinds = {
        (2, False): layers.Conv2D,
        (2, True): layers.Conv2DTranspose,
        (3, False): layers.Conv3D,
        (3, True): UpConv3D,
    }
    return kinds[len(strides), transposed](
        filters,
        kernel_size=tuple(4 if stride == 2 else 1 for stride in strides),
        strides=strides,
        padding="same",
        kernel_initializer=normal(),
        use_bias=use_bias,
        dtype=dtype,
    )


@register
class UpConv3D(layers.Conv3DTranspose):
    """A 3-D transposed convolution, the sum of 2-D ones when not training.

    Each tap of the kernel in time is a 2-D transposed convolution of the frames; what the taps give
    is added up at the frames where they land. That is the same function, and
    where TFLite keeps the 3-D operation in float32, this can be int8. Training keeps to the 3-D
    operation, for its gradient.

    For strides of 1 or 2 and kernels as `convolution` makes them.
    """

    def call(self, x: keras.KerasTensor, training: bool = False) -> keras.KerasTensor:
        if training:
            return super().call(x)
        taps = self.kernel_size[0]
        kernel = ops.moveaxis(self.kernel, 0, 2)
        kernel = ops.reshape(kernel, (*self.kernel_size[1:], taps * self.filters, -1))
        y = ops.conv_transpose(fold_frames(x), kernel, self.strides[1:], "same")
        y = unfold_frames(y, x.shape[1])
        if self.strides[0] == 2:
            y = self.double(y)
        return y + self.bias if self.use_bias else y

    def double(self, y: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `(batch, 2 t, ...)`: the four taps of each frame added up where they land.

        Frame s reaches 2s - 1, 2s, 2s + 1, 2s + 2 with its taps in order.
        """
        before, even, odd, after = (
            y[..., tap * self.filters : (tap + 1) * self.filters] for tap in range(4)
        )
        rest = [(0, 0)] * 3
        even = even + ops.pad(after[:, :-1], [(0, 0), (1, 0), *rest])
        odd = odd + ops.pad(before[:, 1:], [(0, 0), (0, 1), *rest])
        shape = (-1, 2 * y.shape[1], *even.shape[2:])
        return ops.reshape(ops.stack([even, odd], axis=2), shape)


@register
class UpBlock(layers.Layer):
    """Transposed convolution, batch normalisation, ReLU: the extents times the strides.

    Args:
        filters: channels that come out.
        strides: `(height, width)` or `(frames, height, width)`, each 1 or 2.
    """

    def __init__(self, filters: int, strides: tuple[int, ...] = (2, 2), **kwargs: Any):
        super().__init__(**kwargs)
        self.filters = filters
        self.strides = tuple(strides)
        dtype = self.dtype_policy
        self.conv = convolution(filters, self.strides, transposed=True, use_bias=False, dtype=dtype)
        self.norm = batch_normalization(dtype=dtype)
        self.relu = layers.ReLU(dtype=dtype)

    def build(self, input_shape: tuple) -> None:
        self.conv.build(input_shape)
        self.norm.build(self.conv.compute_output_shape(input_shape))

    def call(self, x: keras.KerasTensor, training: bool = False) -> keras.KerasTensor:
        return self.relu(self.norm(self.conv(x), training=training))

    def get_config(self) -> dict:
        return {**super().get_config(), "filters": self.filters, "strides": self.strides}


@register
class DownBlock(layers.Layer):
    """Strided convolution, batch normalisation, leaky ReLU: the extents divided by the strides.

    Args:
        filters: channels that come out.
        strides: `(height, width)` or `(frames, height, width)`, each 1 or 2.
        normalize: whether to normalise; DCGAN does not in the discriminator's first layer.
    """

    def __init__(
        self, filters: int, strides: tuple[int, ...] = (2, 2), normalize: bool = True, **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.filters = filters
        self.strides = tuple(strides)
        self.normalize = normalize
        dtype = self.dtype_policy
        self.conv = convolution(filters, self.strides, use_bias=not normalize, dtype=dtype)
        self.norm = batch_normalization(dtype=dtype) if normalize else None
        self.relu = layers.LeakyReLU(negative_slope=0.2, dtype=dtype)

    def build(self, input_shape: tuple) -> None:
        self.conv.build(input_shape)
        if self.normalize:
            self.norm.build(self.conv.compute_output_shape(input_shape))

    def call(self, x: keras.KerasTensor, training: bool = False) -> keras.KerasTensor:
        x = self.conv(x)
        if self.normalize:
            x = self.norm(x, training=training)
        return self.relu(x)

    def get_config(self) -> dict:
        return {
            **super().get_config(),
            "filters": self.filters,
            "strides": self.strides,
            "normalize": self.normalize,
        }
