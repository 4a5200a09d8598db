"""Which way a log is better."""

import keras
import pytest
import toy
import toy_extractors

from tfvgan.callbacks import Health, Scores
from tfvgan.metrics import PSNR, TOF
from tfvgan.tasks import VideoCodec


class Told(toy.Toy):
    tells = {"sharpness": "up", "share": None}


def monitored(model, name):
    """Returns how a callback compares a log by itself."""
    callback = keras.callbacks.EarlyStopping(monitor=name)
    callback.set_model(model)
    callback._set_monitor_op()
    return callback.monitor_op.__name__


@pytest.mark.parametrize(
    ("name", "comparison"),
    [
        ("val_loss", "less"),
        ("val_brightness", "less"),
        ("d_loss", "less"),
        ("val_psnr", "greater"),
        ("tof", "less"),
        ("val_sharpness", "greater"),
    ],
)
def test_callbacks_know_the_direction_without_a_mode(name, comparison):
    model = Told(toy.generator(), toy.discriminator())
    model.compile(metrics=[PSNR(), TOF(name="tof")])
    assert monitored(model, name) == comparison


@pytest.mark.parametrize("name", ["d_real", "share", "fvd"])
def test_what_has_no_direction_is_asked_for_a_mode(name):
    model = Told(toy.generator(), toy.discriminator())
    model.compile()
    with pytest.raises(ValueError, match="mode='max'"):
        monitored(model, name)


def test_logs_that_callbacks_add_have_a_direction():
    """Whatever their order: it is known before an epoch ends."""
    model = toy.model()
    Scores([], extractor=toy_extractors.Colours(), progress=False).set_model(model)
    Health().set_model(model)
    names = ("fvd", "kvd", "recall_k3", "diversity", "overfitting")
    found = {name: monitored(model, name) for name in names}
    less = dict.fromkeys(("fvd", "kvd", "overfitting"), "less")
    assert found == {**less, "recall_k3": "greater", "diversity": "greater"}
    assert not {"fvd", "diversity"} & set(model.get_metrics_result())


def test_they_are_no_log():
    model = toy.model()
    *logged, directions = model.metrics_names
    assert logged[0] == "loss" and directions == "directions"
    assert set(model.get_metrics_result()) == set(logged)


def test_a_codecs_logs_have_directions():
    assert VideoCodec.tells == {"bits_per_pixel": "down", "psnr": "up"}
