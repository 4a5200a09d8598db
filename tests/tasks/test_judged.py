"""What a discriminator of three frames is shown, and what a perceptual term compares."""

import numpy as np
import tensorflow as tf

from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks.judged import Seen


def test_three_frames_in_a_row_go_beside_those_of_what_they_were_made_from(monkeypatch):
    model = Seen(RestorerGenerator(1, 8, 1), RestorerDiscriminator(8, 1), "lpips-vgg")
    video = tf.random.stateless_uniform((1, 5, 8, 8, 3), (0, 1))
    for step, first in ((0, 0), (1, 1), (2, 2), (3, 0)):
        model.step.assign(step)
        shown = model.discriminator_inputs(video, {"source": -video})
        np.testing.assert_array_equal(shown["video"], video[:, first : first + 3])
        np.testing.assert_array_equal(shown["degraded"], -shown["video"])
    seen = []
    monkeypatch.setattr(
        "tfvgan.tasks.judged.perceptual_distance", lambda *given: seen.append(given) or 0.0
    )
    model.seen_apart(video, -video)
    ((name, made, real),) = seen
    assert name == "lpips-vgg" == model.get_config()["perceptual"]
    np.testing.assert_array_equal(made, video[:, :3])
    np.testing.assert_array_equal(real, -made)
