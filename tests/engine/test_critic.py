import numpy as np
import tensorflow as tf
import toy

from tfvgan.engine.critic import Critic


def test_it_judges_the_video_with_what_was_bound():
    network = lambda inputs, training: tf.reduce_sum(inputs["video"], (1, 2, 3, 4)) + inputs["bias"]  # noqa: E731
    critic = Critic(network, lambda video: {"video": video, "bias": 5.0})
    video = tf.ones((2, 1, 2, 2, 3))
    np.testing.assert_allclose(critic(video), [17.0, 17.0])
    np.testing.assert_allclose(critic.gradient(video), np.ones((2, 1, 2, 2, 3)))
    assert critic.augment(video) is video


def test_the_gradient_is_that_of_the_sum_of_a_clips_logits():
    critic = Critic(toy.discriminator(), lambda video: video)
    video = tf.constant(toy.videos(2))
    gradient = critic.gradient(video).numpy()
    step = 1e-2 * gradient / np.linalg.norm(gradient)
    rise = float(tf.reduce_sum(critic(video + step)) - tf.reduce_sum(critic(video - step)))
    assert abs(rise / 2e-2 - np.linalg.norm(gradient)) < 0.05 * np.linalg.norm(gradient)
