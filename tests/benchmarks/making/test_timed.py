"""A training of some minutes ends in time, and what it keeps can be loaded."""

from types import SimpleNamespace

import numpy as np
import tensorflow as tf
import toy

from benchmarks.making import timed
from tfvgan.runs.newest import GENERATOR


class Served:
    """What is kept of an average: its first weights."""

    def __init__(self, average):
        self.average = average

    def save(self, path):
        path.write_bytes(self.average.weights[0].numpy().tobytes())


def test_what_was_trained_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(timed, "EPOCHS", 2)
    model = toy.model(moving_average=0.0)
    timed.train(model, toy.dataset().repeat(), 3, 60, tmp_path, Served)
    assert model.steps_made == 6
    kept = np.frombuffer((tmp_path / GENERATOR).read_bytes(), "float32")
    np.testing.assert_array_equal(kept, model.average.weights[0].numpy().ravel())


def test_time_ends_it(tmp_path):
    model = toy.model()
    timed.train(model, toy.dataset().repeat(), 1, 1e-9, tmp_path, Served)
    assert model.steps_made <= 2


def test_rates_rise_in_the_first_steps_alone():
    pace, warm = tf.Variable(1.0), timed.WarmUp(4)
    model = SimpleNamespace(optimizer=SimpleNamespace(pace=pace), steps_made=0)
    warm.set_model(model)
    seen = []
    for model.steps_made in range(6):
        pace.assign(0.5)  # As `CoolDown` has just said.
        warm.on_train_batch_begin(0)
        seen.append(float(pace))
    assert seen == [0.125, 0.25, 0.375, 0.5, 0.5, 0.5]
