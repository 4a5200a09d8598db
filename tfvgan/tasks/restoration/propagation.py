"""Frames from all before them and some after them: BasicVSR over a video of any length."""

from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow as tf

from tfvgan.networks.frozen import BasicVSR


class Propagation:
    """Makes runs of frames, one run after the other.

    What is known of frames before is carried from run to run, so that it is all that there was. Of
    frames after there are those of the run and one more.

    Args:
        network: `BasicVSR`.
    """

    def __init__(self, network: BasicVSR):
        # Each is traced once for frames of a size: the network reads what it knows the sides of.
        self._onward = tf.function(lambda *given: network.carried(network.from_before, *given))
        self._back = tf.function(lambda *given: network.carried(network.from_after, *given))
        self._picture = tf.function(network.picture)
        self._width = network.width

    def __call__(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yields each new frame, float32 `(4 * h, 4 * w, 3)`, and the state after it.

        Args:
            window: float32 `(h, w, 3)` in [0, 1]: the frame before the run, those of the run, and
                the one after it; at the end of a scene that is the last one again.
            state: float32 `(h, w, channels)`, of the frame before; None at the beginning of a
                scene, where no frame before is read.
        """
        before, *run, after = (tf.constant(frame[None]) for frame in window)
        nothing = tf.zeros((*run[0].shape[:3], self._width))  # Wherever it is moved to.
        features, other, behind = nothing, run[-1], []
        if not np.array_equal(window[-1], window[-2]):
            features, other = self._back(after, after, nothing), after
        for frame in run[::-1]:
            features = self._back(frame, other, features)
            behind.append(features)
            other = frame
        first = state is None
        features, other = (nothing, run[0]) if first else (tf.constant(state[None]), before)
        for frame in run:
            features = self._onward(frame, other, features)
            yield self._picture(frame, features, behind.pop()).numpy()[0], features.numpy()[0]
            other = frame
