"""Whether a video moves, and whether its frames follow one another: metrics without a reference.

None of them says better or worse by itself: the real videos' value is the mark to come near to.
"""

import keras
import tensorflow as tf

from tfvgan.metrics.paired import PairedMetric

EVERYTHING_BUT_THE_BATCH = (1, 2, 3, 4)


def mean_motion(video):
    """Returns the mean absolute difference between neighbouring frames, float32 `(batch,)`.

    Args:
        video: float32 `(batch, frames, height, width, 3)`, two frames or more.
    """
    return tf.reduce_mean(tf.abs(_steps(video)), EVERYTHING_BUT_THE_BATCH)


@keras.saving.register_keras_serializable(package="tfvgan")
class Motion(PairedMetric):
    """How much a video changes from frame to frame: mean of `|x[t+1] - x[t]|`, in levels.

    Videos `(batch, frames, height, width, 3)`, two frames or more, uint8 in [0, 255] or float in
    [-1, 1]. The result is in [0, 255]: 0 for a still, about 85 for uniform noise.
    """

    higher_is_better = None
    unit = "levels"
    reference = False
    least_frames = 2

    def __init__(self, name: str = "motion", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's motion, float32 `(batch,)`, in levels."""
        return mean_motion(output)


@keras.saving.register_keras_serializable(package="tfvgan")
class Roughness(PairedMetric):
    """How unevenly a video changes: mean of `|x[t+1] - 2 x[t] + x[t-1]|`, in levels.

    Videos `(batch, frames, height, width, 3)`, three frames or more, uint8 in [0, 255] or float in
    [-1, 1]. The result is in [0, 510]: 0 for a still and for an even fade. Jumps, flicker and
    frames in the wrong order raise it; so does more, or faster, motion.
    """

    higher_is_better = None
    unit = "levels"
    reference = False
    least_frames = 3

    def __init__(self, name: str = "roughness", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's roughness, float32 `(batch,)`, in levels."""
        return tf.reduce_mean(tf.abs(_steps(_steps(output))), EVERYTHING_BUT_THE_BATCH)


@keras.saving.register_keras_serializable(package="tfvgan")
class Disorder(PairedMetric):
    """How little a frame's change goes on in the next, whatever the amount of motion: a ratio.

        sqrt(mean (x[t+1] - 2 x[t] + x[t-1])^2 / mean (x[t+1] - x[t])^2)

    Near 0 for an even fade; about sqrt(2) = 1.41 where the steps have nothing to do with one
    another; about sqrt(3) = 1.73 where the frames have nothing to do with one another, as in random
    order, in noise, or where a small object leaps farther than it is wide; 2 for two pictures in
    turn. A still has nothing to order: 0.

    Videos `(batch, frames, height, width, 3)`, three frames or more, uint8 in [0, 255] or float in
    [-1, 1].
    """

    higher_is_better = None
    reference = False
    least_frames = 3

    def __init__(self, name: str = "disorder", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def score(self, reference: tf.Tensor | None, output: tf.Tensor) -> tf.Tensor:
        """Returns each video's disorder, float32 `(batch,)`."""
        steps = _steps(output)
        change = tf.reduce_mean(tf.square(steps), EVERYTHING_BUT_THE_BATCH)
        turn = tf.reduce_mean(tf.square(_steps(steps)), EVERYTHING_BUT_THE_BATCH)
        return tf.sqrt(tf.math.divide_no_nan(turn, change))


def _steps(video):
    return video[:, 1:] - video[:, :-1]
