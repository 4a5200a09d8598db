"""What is shown of masks: themselves as pictures, or the frame with them, on another background."""

import colorsys
import os

import numpy as np
import tensorflow as tf
from PIL import ImageColor

MASK, OVERLAY, CUTOUT, BLUR = "mask", "overlay", "cutout", "blur"  # What is no place or colour.
NAMED = (MASK, OVERLAY, CUTOUT, BLUR)
TINT = 0.5  # Of a class's colour over the frame.
BLURRED = 48  # Places of the shorter side that remain of what is blurred, before neighbours mix.
FAINT = 0.01  # Share of the background below which its colours hardly count.


def class_colours(classes):
    """Returns the colours of classes, float32 `(classes, 3)` in [-1, 1].

    The first is black, the second of two is white, and of more each has a hue.
    """
    if classes == 2:
        return np.array([[-1] * 3, [1] * 3], "float32")
    hues = [colorsys.hsv_to_rgb(n / (classes - 1), 1.0, 1.0) for n in range(classes - 1)]
    return 2 * np.array([[0] * 3, *hues], "float32") - 1


def behind(view):
    """Returns the path of the picture or the video that `view` names; None where it names none.

    Raises:
        ValueError: when it is nothing that can be shown.
    """
    if view in NAMED or _colour(view) is not None:
        return None
    if isinstance(view, (str, os.PathLike)) and os.path.exists(view):
        return view
    raise ValueError(
        f"`view` must be {', '.join(NAMED)}, a colour such as green or #00ff00, or the path of a "
        f"picture or a video, but there is no such path as {str(view)!r}."
    )


def _colour(view):
    """Returns the colour that `view` names, three levels in [0, 255]; None where it names none."""
    try:
        return ImageColor.getrgb(view)[:3]
    except (ValueError, TypeError):
        return None


def grown(shares, pixels):
    """Returns shares of which all but the first class reach as many pixels farther each way.

    Each pixel has the largest share around it; what is left is of the first class.

    Args:
        shares: float32 `(batch, h, w, classes)`, which sum to 1.
        pixels: whole number; of 0 nothing changes.
    """
    if not pixels:
        return shares
    side = 2 * pixels + 1
    for window in ((side, 1), (1, side)):
        shares = tf.nn.max_pool2d(shares, window, 1, "SAME")
    ground, others = 1.0 - tf.reduce_max(shares[..., 1:], -1, keepdims=True), shares[..., 1:]
    others *= (1.0 - ground) / tf.maximum(tf.reduce_sum(others, -1, keepdims=True), 1e-6)
    return tf.concat([ground, others], -1)


def pictured(view, frame, shares, ground=None):
    """Returns what is shown of masks, float32 `(batch, h, w, 3)` in [-1, 1]; 4 of a cutout.

    Args:
        view: "mask", a picture of them; "overlay", the frame with the colours of classes over it;
            "cutout", the frame, and in a fourth channel how far it is not of the first class;
            "blur", the frame with what is of the first class blurred; a colour in its place; or a
            path, for `ground` in its place.
        frame: float32 `(batch, h, w, 3)` in [-1, 1].
        shares: float32 `(batch, h, w, classes)`.
        ground: float32 `(batch, h, w, 3)` in [-1, 1]; None where `view` is no path.
    """
    colours = class_colours(shares.shape[-1])
    if view == MASK:
        return tf.tensordot(shares, colours, 1)
    if view == CUTOUT:
        kept = tf.tensordot(shares, np.array([[-1.0]] + [[1.0]] * (len(colours) - 1), "float32"), 1)
        return tf.concat([frame, kept], -1)
    rest = shares[..., :1]
    if view == OVERLAY:
        tint = tf.tensordot(shares[..., 1:], _tints(colours), 1)
        return frame + TINT * (tint - (1.0 - rest) * frame)
    if view == BLUR:
        ground = _blurred(frame, rest)
    elif ground is None:
        ground = _even(view)
    return frame + rest * (ground - frame)


def _tints(colours):
    """Returns the colours that lie over a frame, of all classes but the first."""
    return np.array([[-1, 1, -1]], "float32") if len(colours) == 2 else colours[1:]


def _even(view):
    return tf.constant(_colour(view), tf.float32) / 127.5 - 1.0


def _blurred(frame, behind):
    """Returns the frame's background, blurred: what is before it leaves no trace around itself."""
    sides = tf.shape(frame)[1:3]
    small = tf.maximum(sides // tf.maximum(tf.reduce_min(sides) // BLURRED, 1), 1)
    both = tf.concat([frame * behind, behind, frame], -1)
    means = tf.image.resize(both, small, "area")
    for _ in range(2):
        means = tf.nn.avg_pool2d(means, 3, 1, "SAME")
    colours, known, whole = tf.split(tf.image.resize(means, sides, "bilinear"), (3, 1, 3), -1)
    # Where no background is near it has no colour: then the frame's own is taken.
    return (colours + FAINT * whole) / (known + FAINT)
