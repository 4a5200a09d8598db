"""How an output moves: as the reference does, along its motion, at an even brightness."""

import keras
import tensorflow as tf

from tfvgan.layers import warp
from tfvgan.metrics.flow import optical_flow, visible
from tfvgan.metrics.paired import PairedMetric, over_frames
from tfvgan.metrics.perceptual import LEAST_SIZES, lpips
from tfvgan.video import LUMA

register = keras.saving.register_keras_serializable(package="tfvgan")

LEAST_CROPPED = 48  # Of less, `authors_crop` leaves nothing.


@register
class TOF(PairedMetric):
    """Difference of motions, in pixels a frame, 0 for equal videos; lower is better.

    `|OF(y_{t-1}, y_t) - OF(x_{t-1}, x_t)|`: the length of the difference between the optical flows
    (Farnebäck's) of output and reference, the mean over pixels, pairs of frames and videos. It is
    in pixels of the video that is measured: twice the size, twice the value.

    To compare with published values, note that the authors' code also leaves out the first and
    last two frames, and reads, with `crop=True` here, what is left when 8 or more pixels are cut
    from each border so that both sides are multiples of 32.

    Args:
        crop: bool, whether to cut the borders as the authors' code does. Frames of less than 48
            pixels have nothing left: a ValueError says so.

    Source: Chu et al. 2020 (TecoGAN), https://arxiv.org/abs/1811.09393, and its metrics.py.
    """

    unit = "px"
    least_frames = 2

    def __init__(self, crop: bool = False, name: str = "tof", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)
        self.crop = crop
        self.least_size = LEAST_CROPPED if crop else 1

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""

        def difference(x, x_next, y, y_next):
            apart = optical_flow(x, x_next) - optical_flow(y, y_next)
            apart = authors_crop(apart) if self.crop else apart
            return tf.reduce_mean(tf.norm(apart, axis=-1), axis=(1, 2))

        return _over_pairs(difference, reference, output)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "crop": self.crop}


@register
class TLP(PairedMetric):
    """Difference of perceptual changes, times 100, 0 for equal videos; lower is better.

    `100 |LP(y_{t-1}, y_t) - LP(x_{t-1}, x_t)|`: how differently the output and the reference change
    from frame to frame by LPIPS with AlexNet, the mean over pairs of frames and videos; the factor
    is that of the authors' code. It asks how much changes, not what: `TOF` knows about direction.

    The weights are read at the first use; where they are missing, a ValueError says the command
    that fetches them.

    Args:
        crop: bool, whether to cut the borders as the authors' code does, see `TOF`; frames are
            then of at least 48x48 pixels, otherwise of at least 31x31.

    Source: Chu et al. 2020 (TecoGAN), https://arxiv.org/abs/1811.09393, and its metrics.py.
    """

    least_frames = 2

    def __init__(self, crop: bool = False, name: str = "tlp", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)
        self.crop = crop
        self.least_size = LEAST_CROPPED if crop else LEAST_SIZES["alex"]

    def score(self, reference: tf.Tensor, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        distance = lpips("alex")

        def difference(*images):
            x, x_next, y, y_next = map(authors_crop, images) if self.crop else images
            return 100.0 * tf.abs(distance(y, y_next) - distance(x, x_next))

        return _over_pairs(difference, reference, output)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "crop": self.crop}


@register
class WarpingError(PairedMetric):
    """Change along the motion, mean squared on a scale of [0, 1]; lower is better, 0 is steady.

    The next frame, brought back along the optical flow (Farnebäck's), against this one:
    `sum(M |y_t - warp(y_{t+1})|^2) / sum(M)`, where the mask M leaves out what is hidden in the
    next frame; the mean over channels, pairs of frames and videos. Flow and mask are the
    reference's, as in the paper, so that what moves unlike it costs too. Where the mask leaves
    out a whole frame, as it may in noise, all of it is compared.

    A blurred or empty output scores well: read it beside a fidelity metric.

    Args:
        reference: bool. With False, flow and mask are the output's own and `y_true` is not read:
            the measure of a generated video alone.

    Source: Lai et al. 2018, https://arxiv.org/abs/1808.00449, whose flow is FlowNet2's: values are
    to be compared among themselves, not with the paper's.
    """

    least_frames = 2

    def __init__(self, reference: bool = True, name: str | None = None, dtype: str | None = None):
        super().__init__(name=name or _metric_name("warping_error", reference), dtype=dtype)
        self.reference = reference

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""

        def error(x, x_next, y, y_next):
            forward, backward = optical_flow(x, x_next), optical_flow(x_next, x)
            mask = tf.cast(visible(forward, backward), tf.float32)
            # A mean over no pixel would be NaN, and with it the whole video's score.
            mask = tf.where(tf.reduce_any(mask > 0, axis=(1, 2), keepdims=True), mask, 1.0)
            change = tf.reduce_mean(tf.square((y - warp(y_next, forward)) / 255.0), axis=-1)
            return tf.reduce_sum(mask * change, axis=(1, 2)) / tf.reduce_sum(mask, axis=(1, 2))

        return _over_pairs(error, output if reference is None else reference, output)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "reference": self.reference}


@register
class Flicker(PairedMetric):
    """Jumps in brightness, in grey levels of 255; lower is better, 0 is even.

    `|L_t - (L_{t-1} + L_{t+1}) / 2|`, L being a frame's mean brightness (luma of ITU-R BT.601):
    how far each frame is from the mean of its neighbours, the mean over frames and videos. A fade
    at an even speed has none; a video that alternates between two brightnesses has their
    difference. Here L is the output's brightness less the reference's, so that flicker of the
    scene itself doesn't count.

    It sees the whole frame's brightness alone; what flickers in one place is `WarpingError`'s.

    Args:
        reference: bool. With False, L is the output's own brightness and `y_true` is not read: the
            measure of a generated video alone.

    Source: the artefact is that of van Roosmalen et al. 1999, "Correction of intensity flicker in
    old film sequences", fluctuations that are not the scene's; the formula is this package's.
    """

    unit = "levels"
    least_frames = 3

    def __init__(self, reference: bool = True, name: str | None = None, dtype: str | None = None):
        super().__init__(name=name or _metric_name("flicker", reference), dtype=dtype)
        self.reference = reference

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; see `PairedMetric.score`."""
        light = _brightness(output if reference is None else output - reference)
        jump = light[:, 1:-1] - (light[:, :-2] + light[:, 2:]) / 2.0
        return tf.reduce_mean(tf.abs(jump), axis=1)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "reference": self.reference}


def authors_crop(images):
    """Returns the middle of the images, as TecoGAN's code cuts it: sides are multiples of 32.

    Args:
        images: tensor `(n, height, width, channels)` of 48 or more pixels a side; 8 or more are cut
            from each border.
    """
    shape = tf.shape(images)
    sides = (shape[1:3] - 16) // 32 * 32
    start = (shape[1:3] - sides) // 2
    return images[:, start[0] : start[0] + sides[0], start[1] : start[1] + sides[1]]


def _over_pairs(function, x, y):
    """Returns the mean of `function(x_t, x_{t+1}, y_t, y_{t+1})` over t: float32 `(batch,)`."""
    pairs = over_frames(function, x[:, :-1], x[:, 1:], y[:, :-1], y[:, 1:])
    return tf.reduce_mean(pairs, axis=1)


def _brightness(video):
    """Returns each frame's mean luma: `(batch, frames)`.

    Channels are joined first: a mean that keeps them is summed up one pixel after the other, which
    loses digits in large frames.
    """
    return tf.reduce_mean(tf.linalg.matvec(video, LUMA[:, 0]), axis=(2, 3))


def _metric_name(name, reference):
    return name if reference else f"{name}_alone"
