"""Whether a video keeps its content: the average content distance of MoCoGAN.

By itself it is easily fooled: a black picture, a still and noise all score well. So what is there
and whether it moves are always measured beside it.
"""

from collections.abc import Callable
from typing import NamedTuple, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.metrics.motion import mean_motion
from tfvgan.video import check_video, levels

FAINTEST = 12.0  # levels: what differs less from the ground is no shape
LEAST_AREA = 0.002  # of the picture: fewer pixels are no shape (8 of 64x64)


class Content(NamedTuple):
    """The measures of each video: float32 `(batch,)` each.

    Attributes:
        distance: the average content distance; NaN where fewer than two frames show anything.
        presence: the share of frames that show anything, in [0, 1].
        area: the share of the picture that it covers, mean over the frames, in [0, 1].
        motion: the mean absolute difference between neighbouring frames, in levels.
    """

    distance: tf.Tensor
    presence: tf.Tensor
    area: tf.Tensor
    motion: tf.Tensor


@keras.saving.register_keras_serializable(package="tfvgan")
class ACD(keras.metrics.Metric):
    """The average content distance of the generated videos, with presence, area and motion.

    The mean L2 distance between the content features of two frames of a video, over all pairs of
    frames, then over the videos. Lower is better, 0 on the videos of moving shapes that MoCoGAN
    was trained on. By default a frame's feature is the average colour of the shape it shows, in
    levels of [0, 255], as in the paper; of faces the paper took OpenFace's. Only `y_pred` is read.

    The result is a dict, `{"acd": ..., "acd_presence": ..., "acd_area": ..., "acd_motion": ...}`,
    since the distance says nothing alone: compare all four with those of the real videos. A black
    picture has no presence, a still no motion, and noise covers nearly all of the picture. Frames
    without a shape have no colour and are left out of the distance; where no video shows a shape
    twice, it is NaN.

    The published figures for shapes (VGAN 5.02, TGAN 2.08, MoCoGAN 1.79, real videos 0) come
    without a unit or the way the shape was cut out. They exceed what colours in [0, 1] or [-1, 1]
    can differ by and are sensible in levels, so levels it is; the cut is this project's own.

    Args:
        extractor: None for the colour of the shape; otherwise a function that describes single
            frames, uint8 `(batch, frames, height, width, 3)` to `(batch * frames, dimension)`.
            Distances are then in its unit.

    Source: Tulyakov et al. 2018, "MoCoGAN: Decomposing Motion and Content for Video Generation",
        section 4, table 1 (16 frames, 256 videos).
    """

    higher_is_better = False

    def __init__(
        self, extractor: Callable | None = None, name: str = "acd", dtype: str | None = None
    ):
        super().__init__(name=name, dtype=dtype)
        self.extractor = extractor
        self._means = {
            part: keras.metrics.Mean(f"{name}_{part}" if part != "distance" else name)
            for part in Content._fields
        }

    def update_state(
        self,
        y_true: np.ndarray | tf.Tensor | None,
        y_pred: np.ndarray | tf.Tensor,
        sample_weight: np.ndarray | tf.Tensor | None = None,
    ) -> None:
        """Adds the videos of `y_pred`; `y_true` may be None.

        Raises:
            ValueError: when a shape or dtype is not a video's, or there are fewer than two frames.
        """
        measured = content(y_pred, self.extractor)
        weight = tf.ones_like(measured.presence) if sample_weight is None else sample_weight
        weight = tf.cast(weight, tf.float32)
        finite = tf.math.is_finite(measured.distance)
        distance = tf.where(finite, measured.distance, 0.0)
        self._means["distance"].update_state(distance, weight * tf.cast(finite, tf.float32))
        for part in ("presence", "area", "motion"):
            self._means[part].update_state(getattr(measured, part), weight)

    def result(self) -> dict[str, tf.Tensor]:
        """Returns a dict of float32 scalars, as the class says."""
        values = {mean.name: mean.result() for mean in self._means.values()}
        any_finite = self._means["distance"].count > 0
        values[self.name] = tf.where(any_finite, values[self.name], np.nan)
        return values

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        extractor = keras.saving.serialize_keras_object(self.extractor)
        return {**super().get_config(), "extractor": extractor}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """Returns the metric that `get_config` described."""
        return cls(**keras.saving.deserialize_keras_object(config))


def content(videos: np.ndarray | tf.Tensor, extractor: Callable | None = None) -> Content:
    """Returns the `Content` of each video.

    Args:
        videos: `(batch, frames, height, width, 3)`, two frames or more, uint8 in [0, 255] or float
            in [-1, 1].
        extractor: as in `ACD`.

    Raises:
        ValueError: when a shape or dtype is not a video's, or there are fewer than two frames.
    """
    videos = levels(check_video(tf.convert_to_tensor(videos), "videos"))
    if videos.shape[1] is not None and videos.shape[1] < 2:
        raise ValueError(
            f"A content distance needs 2 or more frames, but there is {videos.shape[1]}: "
            "pass longer videos."
        )
    mask = shape_mask(videos)
    area = tf.reduce_mean(mask, axis=(2, 3))
    # A frame without a shape has no colour: counted, it would be as far from others as black is.
    present = tf.cast(area >= LEAST_AREA, tf.float32)
    if extractor is None:
        features = shape_color(videos, mask)
    else:
        features = _features(extractor, videos)
    return Content(
        distance=_mean_pair_distance(features, present),
        presence=tf.reduce_mean(present, axis=1),
        area=tf.reduce_mean(area, axis=1),
        motion=mean_motion(videos),
    )


def shape_mask(video):
    """Returns 1 where a pixel belongs to the shape and 0 on the ground, float32 `(b, t, h, w)`.

    The ground is the frame's median colour. A pixel belongs to the shape where it differs from the
    ground, in any channel, by more than half as much as the frame's most different pixel, and by
    more than `FAINTEST`. Half is where an edge is cut midway however blurred it is, and the colour
    depends least on where between two pixels the shape lies.

    Args:
        video: float32 `(batch, frames, height, width, 3)`, levels in [0, 255]. A shape that covers
            more than half of the picture is taken for the ground.
    """
    shape = tf.shape(video)
    pixels = tf.reshape(video, [shape[0], shape[1], shape[2] * shape[3], 3])
    # The median, since a shape moves the mean towards its own colour.
    ordered = tf.sort(pixels, axis=2)
    ground = ordered[:, :, None, shape[2] * shape[3] // 2, None]
    difference = tf.reduce_max(tf.abs(video - ground), axis=-1)
    most = tf.reduce_max(difference, axis=(2, 3), keepdims=True)
    return tf.cast(difference > tf.maximum(most / 2, FAINTEST), tf.float32)


def shape_color(video, mask):
    """Returns the average colour of the shape in each frame, float32 `(b, t, 3)`, in levels.

    Args:
        video: float32 `(batch, frames, height, width, 3)`, levels in [0, 255].
        mask: float32 `(batch, frames, height, width)`, as `shape_mask` returns it; where it is 0
            everywhere the colour is 0.
    """
    total = tf.einsum("bthwc,bthw->btc", video, mask)
    return tf.math.divide_no_nan(total, tf.reduce_sum(mask, axis=(2, 3))[..., None])


def _mean_pair_distance(features, present):
    """Returns the mean L2 distance over pairs of present frames, `(b,)`; NaN without a pair."""

    # One frame against all at a time: all pairs at once would hold frames^2 features.
    def to_frame(i):
        return tf.norm(features - features[:, i, None], axis=-1) * present * present[:, i, None]

    frames = tf.range(tf.shape(features)[1])
    distances = tf.map_fn(to_frame, frames, fn_output_signature=tf.float32)
    count = tf.reduce_sum(present, axis=1)
    # Each pair is summed twice, and a frame with itself is 0; without a pair this is 0 / 0, NaN.
    return tf.reduce_sum(distances, axis=(0, 2)) / (count * (count - 1))


def _features(extractor, videos):
    """Returns the extractor's features of each frame, float32 `(b, t, d)`."""

    def describe(frames):
        rows = np.asarray(extractor(frames), np.float32)
        if len(rows) != frames.shape[0] * frames.shape[1]:
            raise ValueError(
                "The extractor must return a row for each frame, but returned "
                f"{len(rows)} rows for videos of the shape {frames.shape}: pass one that describes "
                "single frames."
            )
        return rows.reshape(*frames.shape[:2], -1)

    features = tf.numpy_function(describe, [tf.cast(videos, tf.uint8)], tf.float32)
    return tf.ensure_shape(features, [*videos.shape[:2], None])
