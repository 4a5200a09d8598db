"""What most tasks answer."""

import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.task import Task


def test_the_usual_answers():
    task = Task(toy.generator(), toy.discriminator())
    batch = {"video": tf.constant(toy.videos(2))}
    assert list(task.parts()) == ["video"] and task.parts()["video"].shape == (4, 8, 8, 3)
    assert task.real(batch) is batch["video"] is task.discriminator_inputs(batch["video"], {})
    assert task.generator_losses(batch, None) == task.discriminator_losses(batch, None) == {}
    logits = task.discriminator(batch["video"])
    np.testing.assert_array_equal(task.learner(batch["video"]), logits)
    assert task.check_ready() is task.adapt(batch) is None
    for ask in (task.endpoints, lambda: task.generator_inputs(batch, None)):
        with pytest.raises(NotImplementedError):
            ask()
