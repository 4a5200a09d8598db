"""What is measured of a styled video: how it flickers, how sharp it is, how near to its style."""

import numpy as np
import tensorflow as tf

from tfvgan import metrics
from tfvgan.tasks.stylization.pictures import content_and_style
from tfvgan.video import LUMA, from_uint8

EVERY = 8  # Frames of which one is shown to VGG16, which is slow.
FLICKER = ("warping error", "tOF", "sharpness")
DISTANCES = ("PSNR", "LPIPS", "Gram")


def sharpness(video):
    """Returns how much pixels differ from those around them, in grey levels.

    It is the mean of the Laplacian of the luma, `|4 p - up - down - left - right|`, over all pixels
    that have four neighbours. A blur lowers it. Noise raises it.

    Args:
        video: uint8 `(t, h, w, 3)`.
    """
    luma = (video.astype("float32") @ LUMA)[..., 0]
    around = luma[:, :-2, 1:-1] + luma[:, 2:, 1:-1] + luma[:, 1:-1, :-2] + luma[:, 1:-1, 2:]
    return float(np.abs(4 * luma[:, 1:-1, 1:-1] - around).mean(dtype="float64"))


class Measures:
    """Numbers of a video beside another one; all videos are uint8 `(t, h, w, 3)`, of one shape."""

    def __init__(self):
        self._warping, self._tof = metrics.WarpingError(), metrics.TOF()
        self._psnr, self._lpips = metrics.PSNR(), metrics.LPIPS()

    def flicker(self, source, made):
        """Returns `FLICKER` of a video: flow and mask of the warping error are its source's."""
        return {
            "warping error": _of(self._warping, source, made),
            "tOF": _of(self._tof, source, made),
            "sharpness": sharpness(made),
        }

    def lpips(self, wanted, made):
        """Returns LPIPS (AlexNet, v0.1)."""
        return _of(self._lpips, wanted, made)

    def distances(self, wanted, made):
        """Returns `DISTANCES` of a video to one in the style.

        "Gram" is how far Gram matrices of VGG16's features are from those of all of that video;
        see `tfvgan.tasks.stylization.pictures`.
        """
        few = [from_uint8(tf.constant(video[None, ::EVERY])) for video in (made, wanted)]
        _, gram = content_and_style(few[0], few[0], few[1], tf.ones(1))
        return {
            "PSNR": _of(self._psnr, wanted, made),
            "LPIPS": self.lpips(wanted, made),
            "Gram": float(gram),
        }


def _of(metric, wanted, made):
    return float(metric.per_video(wanted[None], made[None])[0])
