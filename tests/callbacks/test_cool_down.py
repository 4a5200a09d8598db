"""CoolDown: smaller steps towards the end, and nothing of it in what is saved."""

import keras
import pytest
import toy
from same import assert_same_weights

from tfvgan.callbacks import CoolDown

PLAYERS = ("generator", "discriminator")


class Seen(keras.callbacks.Callback):
    """Notes the pace of a batch, and the learning rates that others see."""

    def __init__(self):
        super().__init__()
        self.pace, self.rates = [], set()

    def on_train_batch_begin(self, batch, logs=None):
        self.pace.append(float(self.model.optimizer.pace))
        self.rates.add(float(self.model.generator_optimizer.learning_rate))

    def on_train_batch_end(self, batch, logs=None):
        self.rates.add(float(self.model.discriminator_optimizer.learning_rate))


def test_rates_fall_along_a_line_in_the_last_share():
    falls = CoolDown(100, share=0.5, lowest=0.1)
    assert [falls.factor(done) for done in (0.0, 0.5, 0.75, 1.0, 2.0)] == pytest.approx(
        [1, 1, 0.55, 0.1, 0.1]
    )


def test_steps_get_smaller_and_nobody_sees_another_rate():
    model, seen = toy.model(), Seen()
    rate = float(model.generator_optimizer.learning_rate)
    model.fit(toy.dataset(), verbose=0, callbacks=[CoolDown(4, share=1.0, lowest=0.0), seen])
    assert seen.pace == pytest.approx([1, 0.75, 0.5, 0.25]) and seen.rates == {rate}
    model.fit(toy.dataset(), verbose=0, callbacks=[again := Seen()])
    assert again.pace == [1.0] * 4


def sgd(rate):
    return {f"{player}_optimizer": keras.optimizers.SGD(rate) for player in PLAYERS}


def test_half_the_pace_is_half_the_rate():
    """The step is the one that a model makes which was compiled with the smaller rates."""
    data = toy.dataset(count=2)
    slow, small = toy.model(**sgd(0.5)), toy.model(**sgd(0.25))
    slow.fit(data, verbose=0, callbacks=[CoolDown(1, minutes=1e-9, lowest=0.5)])
    small.fit(data, verbose=0)
    assert_same_weights(slow, small)


def test_what_other_callbacks_save_holds_the_whole_rates(tmp_path):
    """Before the callback in the list and behind it, within an epoch and at its end."""
    model, saved = toy.model(**sgd(0.5)), []
    for name, often in (("before", 1), ("behind", 1), ("epoch", "epoch")):
        saved.append(keras.callbacks.ModelCheckpoint(tmp_path / f"{name}.keras", save_freq=often))
    callbacks = [saved[0], CoolDown(4, share=1.0, lowest=0.0), *saved[1:]]
    model.fit(toy.dataset(), verbose=0, callbacks=callbacks)
    for path in tmp_path.iterdir():
        again = keras.models.load_model(path)
        rates = [getattr(again, f"{player}_optimizer").learning_rate for player in PLAYERS]
        assert [float(rate) for rate in rates] == [0.5, 0.5] and again.steps_made == 4


def test_time_counts_where_it_ends_training_earlier():
    model, seen = toy.model(), Seen()
    callback = CoolDown(10**6, minutes=1e-9, lowest=0.05)
    model.fit(toy.dataset(), verbose=0, callbacks=[callback, seen])
    assert seen.pace[-1] == pytest.approx(0.05)


def test_schedules_are_left_alone():
    falling = keras.optimizers.schedules.PolynomialDecay(0.5, 10, 0.5)
    data = toy.dataset(count=2)
    slow, whole = toy.model(**sgd(falling)), toy.model(**sgd(falling))
    slow.fit(data, verbose=0, callbacks=[CoolDown(1, minutes=1e-9, lowest=0.0)])
    whole.fit(data, verbose=0)
    assert_same_weights(slow, whole)


@pytest.mark.parametrize("wrong", [{"share": 0.0}, {"share": 1.5}, {"lowest": -0.1}])
def test_shares_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="`share` must be above 0 and at most 1"):
        CoolDown(4, **wrong)
