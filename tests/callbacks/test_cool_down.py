"""CoolDown: smaller steps towards the end, and nothing of it in what is saved."""

import keras
import pytest
import toy

from tfvgan.callbacks import CoolDown


class Seen(keras.callbacks.Callback):
    """Notes the learning rates during a batch and after it."""

    def __init__(self):
        super().__init__()
        self.during, self.after = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.during.append(float(self.model.generator_optimizer.learning_rate))

    def on_train_batch_end(self, batch, logs=None):
        self.after.append(float(self.model.discriminator_optimizer.learning_rate))


def test_rates_fall_along_a_line_in_the_last_share():
    falls = CoolDown(100, share=0.5, lowest=0.1)
    assert [falls.factor(done) for done in (0.0, 0.5, 0.75, 1.0, 2.0)] == pytest.approx(
        [1, 1, 0.55, 0.1, 0.1]
    )


def test_rates_are_lowered_for_a_step_and_put_back():
    model, seen = toy.model(), Seen()
    rate = float(model.generator_optimizer.learning_rate)
    model.fit(toy.dataset(), verbose=0, callbacks=[CoolDown(4, share=1.0, lowest=0.0), seen])
    assert seen.during == pytest.approx([rate, 0.75 * rate, 0.5 * rate, 0.25 * rate])
    assert seen.after == pytest.approx([rate] * 4)


def test_time_counts_where_it_ends_training_earlier():
    model, seen = toy.model(), Seen()
    rate = float(model.generator_optimizer.learning_rate)
    callback = CoolDown(10**6, minutes=1e-9, lowest=0.05)
    model.fit(toy.dataset(), verbose=0, callbacks=[callback, seen])
    assert seen.during[-1] == pytest.approx(0.05 * rate)


def test_schedules_are_left_alone():
    model, seen = toy.model(), Seen()
    model.compile(
        generator_optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.PolynomialDecay(1e-3, 10, 1e-3)
        )
    )
    model.fit(toy.dataset(), verbose=0, callbacks=[CoolDown(4, share=1.0, lowest=0.0), seen])
    assert seen.during == pytest.approx([1e-3] * 4)


@pytest.mark.parametrize("wrong", [{"share": 0.0}, {"share": 1.5}, {"lowest": -0.1}])
def test_shares_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="`share` must be above 0 and at most 1"):
        CoolDown(4, **wrong)
