"""Videos that flicker: what tools make of a video frame by frame, each frame for itself.

Each maps a video, uint8 `(t, h, w, 3)`, to the like; what it draws is the same every time.
"""

import functools

import numpy as np

from benchmarks.stylization.painters import networks, painted, stylization
from tfvgan.data.degrade import gaussian_noise, jpeg
from tfvgan.data.styles import styled

NOISE = 4  # Deviation in grey levels, of what a filter is handed: a camera's.


def filtered(video, style):
    """Returns a noisy video in the style of one of our filters."""
    return styled(gaussian_noise(video, _draws(), NOISE), style)


def exposed(video):
    """Returns the video with the exposure and the colours of each frame drawn anew."""
    draws = _draws()
    gains = 1 + 0.06 * draws.standard_normal((len(video), 1, 1, 1))
    gains = gains + 0.03 * draws.standard_normal((len(video), 1, 1, 3))
    return np.rint(np.clip(video * gains, 0, 255)).astype("uint8")


def coded(video):
    """Returns the video with each frame coded as JPEG, of a quality drawn from 10 to 50."""
    draws = _draws()
    return np.stack([jpeg(frame, draws.integers(10, 51)) for frame in video])


def contrasted(video):
    """Returns the video, of which each frame's darkest and brightest hundredths become 0 and 255.

    Its noise makes that differ from frame to frame, as cameras' and editors' automatic contrast
    does.
    """
    noisy = gaussian_noise(video, _draws(), NOISE).astype("float32")
    low, high = np.percentile(noisy, (1, 99), axis=(1, 2), keepdims=True)
    return np.rint(np.clip(255 * (noisy - low) / np.maximum(high - low, 1), 0, 255)).astype("uint8")


KINDS = {
    "watercolour": functools.partial(filtered, style="watercolour"),
    "ink": functools.partial(filtered, style="ink"),
    "exposure": exposed,
    "JPEG": coded,
    "automatic contrast": contrasted,
    "cv2.stylization": functools.partial(painted, painter=stylization),
}
PUBLISHED = {name: functools.partial(painted, painter=one) for name, one in networks().items()}
KINDS |= PUBLISHED  # Where they are installed.
UNSEEN = ("cv2.stylization", *PUBLISHED)  # `tfvgan.data.flicker` draws none of them.


def _draws():
    return np.random.default_rng(0)
