"""StopAtTarget: both directions, one log or several."""

import keras
import pytest

from tfvgan.callbacks import StopAtTarget


def epochs_until_stop(callback, logs):
    callback.set_model(keras.Model())
    callback.model.stop_training = False
    for epoch, log in enumerate(logs):
        callback.on_epoch_end(epoch, log)
        if callback.model.stop_training:
            return epoch + 1
    return None


def test_stops_when_the_target_is_passed():
    logs = [{"d_loss": 1.0}, {"d_loss": 1.2}, {"d_loss": 1.4}]
    assert epochs_until_stop(StopAtTarget("d_loss", 1.2, "max"), logs) == 2
    assert epochs_until_stop(StopAtTarget("d_loss", 1.1, "min"), logs) == 1
    assert epochs_until_stop(StopAtTarget("d_loss", 0.5), logs) is None


def test_several_targets_must_be_passed_in_one_epoch():
    logs = [{"d": 2.0, "g": 2.0}, {"d": 1.0, "g": 5.0}, {"d": 2.0, "g": 1.0}, {"d": 1.5, "g": 1.2}]
    both = StopAtTarget(["d", "g"], [1.6, 1.3])
    assert epochs_until_stop(both, logs) == 4
    mixed = StopAtTarget(["d", "g"], [1.6, 4.0], mode=["min", "max"])
    assert epochs_until_stop(mixed, logs) == 2


def test_says_what_is_wrong():
    with pytest.raises(ValueError, match="one entry a name"):
        StopAtTarget(["d", "g"], 1.0)
    with pytest.raises(ValueError, match="'lower'"):
        StopAtTarget("d", 1.0, "lower")
    with pytest.raises(ValueError, match="among d, g, but names 'fvd'"):
        epochs_until_stop(StopAtTarget("fvd", 100.0), [{"d": 1.0, "g": 1.0}])
