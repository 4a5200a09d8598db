"""Styles that a frame alone decides: what a stylizer learns to paint steadily.

Each maps float32 `(..., h, w, 3)` in [0, 1] to the like. They know nothing of the frame before, so
that their videos flicker: noise of a level or two decides on which side of an edge a pixel falls.
"""

import numpy as np

from tfvgan.data.styles.smoothing import blurred, kuwahara
from tfvgan.video import LUMA

PAPER = np.array([0.97, 0.95, 0.90], "float32")
INK = np.array([0.09, 0.10, 0.16], "float32")
MOONLIGHT = np.array([0.55, 0.72, 1.15], "float32")
LAMPLIGHT = np.array([1.0, 0.78, 0.45], "float32")


def watercolour(frames):
    """Returns the frames in washes of light colours, darker where a wash ends.

    Source: Bousseau et al. 2006, https://doi.org/10.1145/1124728.1124751, sec. 3: abstraction,
    and pigment by which a colour c of density d becomes c - (c - c^2) (d - 1), denser at edges.
    """
    flat = blurred(kuwahara(kuwahara(frames, 3), 2), 0.5)
    light = PAPER * (0.10 + 0.90 * _saturated(flat, 1.4) ** 0.7)
    grey = _luma(light)
    edges = np.clip(5.0 * np.abs(grey - blurred(grey, 1.5)), 0.0, 1.0)
    density = 0.8 + 2.2 * edges
    return _within(light - (light - light**2) * (density - 1.0))


def ink(frames):
    """Returns the frames as a brush would draw them: lines and two washes of ink on paper.

    Source: Winnemöller et al. 2012, XDoG, https://doi.org/10.1016/j.cag.2012.03.004, eq. 5 and 7.
    """
    grey = 0.08 + 0.92 * _luma(blurred(kuwahara(frames, 2), 0.6))
    lines = _lines(grey, sigma=1.0, sharpness=16.0, threshold=0.45)
    wash = 0.45 + 0.55 * _stepped(grey**0.7, steps=3, sharpness=9.0)
    tone = np.clip(lines * wash, 0.0, 1.0)
    return _within(INK + tone * (PAPER - INK))


def poster(frames):
    """Returns the frames in a few flat, strong colours with dark outlines.

    Source: Winnemöller et al. 2006, https://doi.org/10.1145/1141911.1142018, sec. 3: smoothing,
    outlines by differences of Gaussians, and luminance in soft steps.
    """
    flat = blurred(kuwahara(kuwahara(frames, 3), 3), 0.5)
    grey = _luma(flat)
    steps = _stepped(grey**0.8, steps=4, sharpness=20.0)
    coloured = _saturated(flat, 1.9) * (0.04 + steps) / (0.04 + grey)
    lines = _lines(0.08 + 0.92 * grey, sigma=0.9, sharpness=14.0, threshold=0.5)
    return _within(coloured * (0.15 + 0.85 * lines))


def night(frames):
    """Returns the frames as by night: dark and blue, but for what is bright, which glows.

    Source: Thompson et al. 2002, https://doi.org/10.1080/10867651.2002.10487560: what rods see is
    dim, bluish and without fine detail; lights, as cones see them, keep their colour.
    """
    grey = _luma(frames)
    # Green and blue more than red: rods are blind to red.
    rods = frames @ np.array([[0.06], [0.50], [0.44]], "float32")
    dim = (0.03 + blurred(0.58 * rods**1.3, 0.7)) * MOONLIGHT
    lights = np.clip((grey - 0.75) / 0.2, 0.0, 1.0) * frames * LAMPLIGHT
    glow = 0.5 * blurred(lights, 4.0) + 0.4 * lights
    return _within(dim + glow)


STYLES = {"watercolour": watercolour, "ink": ink, "poster": poster, "night": night}


def styled(video: np.ndarray, style: str, strength: float = 1.0) -> np.ndarray:
    """Returns the video in a style, frame by frame, uint8 of the same shape.

    Args:
        video: uint8 `(..., h, w, 3)`.
        style: one of `STYLES`.
        strength: in [0, 1], how much of the style; 0 is the video as it was.

    Raises:
        ValueError: when there is no such style.
    """
    if style not in STYLES:
        raise ValueError(f"`filter` must be one of {', '.join(STYLES)}, but is {style!r}.")
    frames = video.astype("float32") / 255
    made = frames + strength * (STYLES[style](frames) - frames)
    return np.rint(255 * _within(made)).astype("uint8")


def _within(frames):
    return np.clip(frames, 0.0, 1.0).astype("float32")


def _luma(frames):
    """Returns how bright pixels are, `(..., h, w, 1)`."""
    return frames @ LUMA


def _saturated(frames, times):
    grey = _luma(frames)
    return _within(grey + times * (frames - grey))


def _stepped(grey, steps, sharpness):
    """Returns the tones in soft steps: a tanh leads from one to the next."""
    nearest = (np.floor(grey * steps) + 0.5) / steps
    return np.clip(nearest + np.tanh(sharpness * (grey - nearest)) / (2 * steps), 0.0, 1.0)


def _lines(grey, sigma, sharpness, threshold):
    """Returns 1, but near 0 along edges, on their dark side."""
    narrow, wide = blurred(grey, sigma), blurred(grey, 1.6 * sigma)
    # The paper's (1 + p) G - p G', and a soft threshold: dark where that falls below it.
    below = np.minimum(narrow + sharpness * (narrow - wide) - threshold * narrow, 0.0)
    return 1.0 + np.tanh(6.0 * below)
