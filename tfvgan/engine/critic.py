"""The discriminator as a function of the video alone, for losses and penalties."""

import tensorflow as tf


class Critic:
    """Judges videos; everything else that the discriminator reads is already bound.

    Args:
        network: the discriminator, a `keras.Model`.
        inputs: function video -> what the network reads (the video, or a dict with it).
        augment: function video -> video, or None.
        training: bool, handed to the network.
    """

    def __init__(self, network, inputs, augment=None, training=True):
        self._network = network
        self._inputs = inputs
        self._training = training
        self.augment = augment or (lambda video: video)

    def __call__(self, video):
        """Returns float32 logits `(batch, ...)` of a video `(batch, frames, height, width, 3)`."""
        logits = self._network(self._inputs(video), training=self._training)
        return tf.cast(logits, tf.float32)

    def gradient(self, video):
        """Returns the gradient of the logits' sum with respect to the video, shaped like it."""
        with tf.GradientTape() as tape:
            tape.watch(video)
            total = tf.reduce_sum(self(video))
        return tape.gradient(total, video)
