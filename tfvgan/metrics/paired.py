"""Metrics that hold a video against its reference: the mean, over videos, of a score for each."""

import keras
import numpy as np
import tensorflow as tf

from tfvgan.video import check_video, levels


class PairedMetric(keras.metrics.Mean):
    """The mean over videos of a subclass's `score`; `sample_weight` weights the videos.

    Videos are `(batch, frames, height, width, 3)`, uint8 in [0, 255] or float in [-1, 1]; floats
    are rounded to the 256 levels first, so that a score is that of the saved file. It works in
    graphs, and so in `compile(metrics=[...])` and `evaluate`.

    A subclass answers `score`, and says of itself:

    Attributes:
        higher_is_better: bool, the direction.
        unit: str, what the score is counted in; empty for a pure number.
        reference: bool, whether the reference is read. Where it is not, `y_true` may be None.
        least_frames: int, the fewest frames that have a score. A video's score is the mean over all
            its stretches of that many frames, so windows that overlap by one less can be averaged.
        least_size: int, the least height and width in pixels that have a score.
    """

    higher_is_better = False
    unit = ""
    reference = True
    least_frames = 1
    least_size = 1

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`.

        Args:
            reference: float32 `(batch, frames, height, width, 3)`, whole numbers in [0, 255];
                None where the class's `reference` is False.
            output: likewise, never None.
        """
        raise NotImplementedError

    def per_video(
        self, y_true: np.ndarray | tf.Tensor | None, y_pred: np.ndarray | tf.Tensor
    ) -> tf.Tensor:
        """Returns each video's score, float32 `(batch,)`; the metric's state stays as it is.

        Args:
            y_true: the references, videos as the class says; None where they are not read.
            y_pred: the outputs, of the same shape.

        Raises:
            ValueError: when a shape or dtype is not a video's, when the two shapes differ, or when
                frames are fewer or smaller than the metric needs.
        """
        output = self._levels(y_pred, "y_pred")
        if not self.reference:
            return self.score(None, output)
        if y_true is None:
            raise ValueError(
                f"{self.name} compares with a reference, but `y_true` is None: pass the reference."
            )
        reference = self._levels(y_true, "y_true")
        if not reference.shape.is_compatible_with(output.shape):
            raise ValueError(
                "The reference and the output must have the same shape, but have "
                f"{tuple(reference.shape)} and {tuple(output.shape)}: cut or resize one."
            )
        return self.score(reference, output)

    def update_state(
        self,
        y_true: np.ndarray | tf.Tensor | None,
        y_pred: np.ndarray | tf.Tensor,
        sample_weight: np.ndarray | tf.Tensor | None = None,
    ) -> None:
        """Adds the videos' scores to the mean; arguments and errors as for `per_video`."""
        return super().update_state(self.per_video(y_true, y_pred), sample_weight)

    def _levels(self, video, name):
        video = levels(check_video(tf.convert_to_tensor(video), name))
        frames, *size = video.shape[1:4]
        short = frames is not None and frames < self.least_frames
        if short or any(side is not None and side < self.least_size for side in size):
            unit = "frame" if self.least_frames == 1 else "frames"
            raise ValueError(
                f"{self.name} needs at least {self.least_frames} {unit} of "
                f"{self.least_size}x{self.least_size} pixels, but `{name}` has the shape "
                f"{tuple(video.shape)}: pass longer or larger videos, or leave {self.name} out."
            )
        return video


def over_frames(function, *videos, pixels=2**20):
    """Returns `function` of each frame, or of frames side by side: float32 `(batch, frames)`.

    As many frames at once as hold about `pixels` pixels, so that memory does not grow with the
    number of frames.

    Args:
        function: takes as many images `(n, height, width, 3)` as there are videos, returns `(n,)`.
        *videos: float32 tensors of one shape, `(batch, frames, height, width, 3)`.
        pixels: int, the most pixels at once, unless one frame has more.
    """
    shape = tf.shape(videos[0])
    count, height, width = shape[0] * shape[1], shape[2], shape[3]
    groups = tf.math.ceil(count / tf.maximum(1, pixels // (height * width)))
    groups = tf.maximum(1, tf.cast(groups, tf.int32))
    each = tf.cast(tf.math.ceil(count / groups), tf.int32)
    inside = tf.TensorShape([None, *videos[0].shape[2:]])

    # Black frames fill the last group, since all groups of one tensor are equally large.
    def grouped(video):
        frames = tf.reshape(video, tf.concat([[count], shape[2:]], 0))
        frames = tf.pad(frames, [[0, groups * each - count], [0, 0], [0, 0], [0, 0]])
        return tf.reshape(frames, tf.concat([[groups, each], shape[2:]], 0))

    @tf.autograph.experimental.do_not_convert  # Its errors are told as they are.
    def of_group(images):
        return function(*(tf.ensure_shape(image, inside) for image in images))

    scores = tf.map_fn(
        of_group,
        tuple(grouped(video) for video in videos),
        fn_output_signature=tf.TensorSpec([None], tf.float32),
        parallel_iterations=1,  # Groups side by side would need the memory of all.
    )
    return tf.reshape(tf.reshape(scores, [-1])[:count], shape[:2])
