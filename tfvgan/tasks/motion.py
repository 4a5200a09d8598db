"""Motion in training: of the videos that networks are shown, and what is to be steady along it."""

import tensorflow as tf

from tfvgan.layers import fold_frames, unfold_frames, warp
from tfvgan.metrics.flow import optical_flow, visible
from tfvgan.video import levels


def motion(video: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the flow from each frame but the first to the one before, and what was seen there.

    That is float32 `(b, t - 1, h, w, 2)` and `(b, t - 1, h, w, 1)`; see `tfvgan.metrics.flow`.

    Args:
        video: uint8 `(b, t, h, w, 3)`.
    """
    return _both_ways(video)[0]


def motion_and_back(video: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns `motion` of the video followed by its frames in the other order but the last.

    That is float32 `(b, 2 * (t - 1), h, w, 2)` and `(b, 2 * (t - 1), h, w, 1)`.

    Args:
        video: uint8 `(b, t, h, w, 3)`.
    """
    there, back = _both_ways(video)
    return tuple(tf.concat([a, b[:, ::-1]], axis=1) for a, b in zip(there, back, strict=True))


def _both_ways(video):
    """Returns flow and what was seen from each frame to the one before, and to the one after."""
    frames = video.shape[1]
    before, now = (fold_frames(levels(each)) for each in (video[:, :-1], video[:, 1:]))
    back, forth = optical_flow(now, before), optical_flow(before, now)
    both = []
    for flow, other in ((back, forth), (forth, back)):
        seen = tf.cast(visible(flow, other), tf.float32)[..., None]
        both.append((unfold_frames(flow, frames - 1), unfold_frames(seen, frames - 1)))
    return both


def unsteadiness(video: tf.Tensor, flow: tf.Tensor, visible: tf.Tensor) -> tf.Tensor:
    """Returns how far frames are from those before, along the motion, where these can be seen.

    Source: Ruder et al. 2016, https://arxiv.org/abs/1604.08610, sec. 5, as a term of training:
    Huang et al. 2017, https://doi.org/10.1109/CVPR.2017.745, eq. 4.

    Args:
        video: float32 `(batch, t, h, w, c)`, colours or anything else that pixels have.
        flow: float32 `(batch, t - 1, h, w, 2)`, from each frame but the first to the one before.
        visible: float32 `(batch, t - 1, h, w, 1)`, 0 where that frame hides what lies there.
    """
    moved = warp(fold_frames(video[:, :-1]), fold_frames(flow))
    far = tf.abs(fold_frames(video[:, 1:]) - moved) * fold_frames(visible)
    return tf.reduce_sum(far) / (video.shape[-1] * tf.maximum(tf.reduce_sum(visible), 1.0))
