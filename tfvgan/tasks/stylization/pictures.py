"""What a network sees of a style: features, how they go together, and colours."""

import tensorflow as tf

from tfvgan import weights
from tfvgan.layers import fold_frames

NETWORK = "lpips-vgg"  # Whose backbone is the VGG16 that sees.
CONTENT = 2  # Which of its five maps says what there is: the third, at a quarter of the size.
STYLE = (0, 1, 2, 3)  # And which say how it is painted.
# Full-range YUV (ITU-R BT.601) of colours in [-1, 1]: columns are Y, U and V.
YUV = [[0.299, -0.1687, 0.5], [0.587, -0.3313, -0.4187], [0.114, 0.5, -0.0813]]


def vgg16():
    """Returns the network that sees, one and the same per process.

    Raises:
        MissingWeights: when it has not been fetched.
    """
    return weights.network(NETWORK).backbone


def content_and_style(made, source, pictures, strength):
    """Returns how far the videos are from their sources, and from the pictures' style.

    The first is the mean squared difference of one map of VGG16, over the mean square of the
    source's; the second that of the Gram matrices of four maps, likewise, each times the strength:
    where no style is asked for, none is missed.

    Source: Johnson et al. 2016, https://arxiv.org/abs/1603.08155, eq. 2 to 4.

    Args:
        made, source: float32 `(batch, t, h, w, 3)` in [-1, 1].
        pictures: likewise, of any number of frames and any size: what is in that style.
        strength: float32 `(batch,)`.

    Raises:
        MissingWeights: when VGG16 has not been fetched.
    """
    with tf.init_scope():
        backbone = vgg16()
    frames = made.shape[1]
    of_made, of_source, of_style = (
        backbone(fold_frames(video)) for video in (made, source, pictures)
    )
    want = of_source[CONTENT]
    content = _relative(of_made[CONTENT], want)
    times = tf.repeat(strength, frames)
    style = 0.0
    for number in STYLE:
        wanted = tf.reduce_mean(gram(of_style[number]), axis=0, keepdims=True)
        far = tf.reduce_mean(tf.square(gram(of_made[number]) - wanted), axis=(1, 2))
        style += tf.reduce_mean(times * far) / (tf.reduce_mean(tf.square(wanted)) + 1e-8)
    return content, style / len(STYLE)


def gram(features):
    """Returns how features go together, float32 `(n, c, c)`: means over places of their products.

    Args:
        features: float32 `(n, h, w, c)`.
    """
    _, height, width, _ = features.shape
    products = tf.einsum("nhwc,nhwd->ncd", features, features)
    return products / float(height * width)


def far_in_colour(made, source):
    """Returns how far colours are from those of the source, a float32 scalar: in YUV.

    Brightness is compared by absolute difference; U and V by Huber's loss, a tenth as wide.

    Source: Chen et al. 2020, AnimeGAN, https://doi.org/10.1007/978-981-15-5577-0_18, eq. 5.

    Args:
        made, source: float32 `(..., 3)` in [-1, 1].
    """
    far = tf.abs(tf.tensordot(made - source, tf.constant(YUV), 1))
    colour = far[..., 1:]
    huber = tf.where(colour < 0.1, 0.5 * colour**2 / 0.1, colour - 0.05)
    return tf.reduce_mean(far[..., 0]) + tf.reduce_mean(tf.reduce_sum(huber, axis=-1))


def _relative(made, wanted):
    return tf.reduce_mean(tf.square(made - wanted)) / (tf.reduce_mean(tf.square(wanted)) + 1e-8)
