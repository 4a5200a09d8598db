"""How close an output's frames are to the reference's, pixel by pixel and window by window."""

import keras
import tensorflow as tf

from tfvgan.metrics.paired import PairedMetric, over_frames

register = keras.saving.register_keras_serializable(package="tfvgan")

HIGHEST_PSNR = 100.0


@register
class PSNR(PairedMetric):
    """Peak signal-to-noise ratio in dB; higher is better.

    `10 log10(255^2 / mean squared error)` over the three channels of each frame, the mean over
    frames, then over videos. A frame that equals its reference would have an infinite one, and
    with it the mean: no frame counts more than 100 dB.
    """

    higher_is_better = True
    unit = "dB"

    def __init__(self, name: str = "psnr", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        frames = tf.image.psnr(reference, output, max_val=255.0)
        return tf.reduce_mean(tf.minimum(frames, HIGHEST_PSNR), axis=1)


@register
class SSIM(PairedMetric):
    """Structural similarity, in [-1, 1] and 1 for equal frames; higher is better.

    `tf.image.ssim` over the three channels: Gaussian windows of 11x11 with a deviation of 1.5,
    constants 0.01 and 0.03; the mean over frames, then over videos.

    Frames of less than 11x11 pixels hold no window: a ValueError says so.

    Source: Wang et al. 2004, https://doi.org/10.1109/TIP.2003.819861, eq. 13.
    """

    higher_is_better = True
    least_size = 11

    def __init__(self, name: str = "ssim", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        frames = over_frames(lambda a, b: tf.image.ssim(a, b, max_val=255.0), reference, output)
        return tf.reduce_mean(frames, axis=1)


@register
class MSSSIM(PairedMetric):
    """Multi-scale structural similarity, in [0, 1] and 1 for equal frames; higher is better.

    `tf.image.ssim_multiscale` with the paper's five scales and weights; the mean over frames, then
    over videos.

    Frames of less than 161x161 pixels hold no window of 11x11 at the fifth scale: a ValueError
    says so, since fewer scales would be another measure. `SSIM` takes smaller frames.

    Source: Wang et al. 2003, https://doi.org/10.1109/ACSSC.2003.1292216, eq. 7.
    """

    higher_is_better = True
    least_size = 161

    def __init__(self, name: str = "ms_ssim", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        frames = over_frames(
            lambda a, b: tf.image.ssim_multiscale(a, b, max_val=255.0), reference, output
        )
        return tf.reduce_mean(frames, axis=1)
