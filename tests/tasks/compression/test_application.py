"""Runs of codecs: what settings become, and that they train, stop and go on."""

import os
import signal

import films
import keras
import numpy as np
import pytest
from same import assert_same_weights

from tfvgan.data import clips
from tfvgan.networks import RestorerGenerator
from tfvgan.runs import Settings, load_model, train
from tfvgan.runs.game import cool_down, make_model
from tfvgan.tasks import Enhancer, Restorer, VideoCodec
from tfvgan.tasks.compression import application
from tfvgan.tasks.compression.application import codec_batches, is_codec

TINY = {
    "network": "codec",
    "frames": 3,
    "size": 16,
    "width": 8,
    "depth": 1,
    "batch_size": 2,
    "steps_per_epoch": 2,
    "decoder": "pyav",
}


def settings(**more):
    return Settings.make("videos", {**TINY, **more})


def make_codec(settings, load=load_model):
    return application.make_codec(settings, load)


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return str(films.folder(tmp_path_factory.mktemp("videos"), frames=(6, 6), classes=()))


def as_in_a_new_process(*args, **settings):
    """Trains with layers named from the first on: gradients are summed in the order of names."""
    keras.utils.clear_session()
    train(*args, **settings)


def test_the_numbers_are_those_of_the_settings():
    model = make_codec(settings())
    config = model.generator.get_config()
    assert (config["width"], config["depth"], config["channels"]) == (8, 1, 128)
    assert model.discriminator.size == 16 and not model.plays
    assert make_codec(settings(size=64)).discriminator.size == 64
    assert cool_down(settings()) == 0.5


def test_it_learns_no_classes_and_undoes_nothing(videos):
    for wrong, said in (
        ({"recipes": "old"}, '`recipes` is for the network "restorer" alone'),
        ({"factor": 2}, '`factor` is for the network "enlarger" or "restorer" alone'),
    ):
        with pytest.raises(ValueError, match=said):
            make_model(Settings.make(videos, {**TINY, **wrong}))


def test_batches_are_squares_of_windows_and_go_on_where_they_were(videos):
    def clips_from(left):
        how = {"batch_size": 2, "repeat": True, "decoder": "pyav"}
        return clips(videos, 6, 32, start=2 * left, **how)

    asked = settings(frames=6, window=3, size=32, square=16)
    whole = list(codec_batches(clips_from, asked, 0).take(4))
    assert [set(batch) for batch in whole] == [{"video"}] * 4
    assert whole[0]["video"].shape == (2, 3, 16, 16, 3)
    for start in (1, 2):
        later = next(iter(codec_batches(clips_from, asked, start)))
        np.testing.assert_array_equal(later["video"], whole[start]["video"])


def test_a_run_says_bits_and_decibels_and_can_be_gone_on_from(videos, tmp_path, eagerly):
    run = tmp_path / "run"
    train(videos, run, epochs=1, **TINY)
    model = load_model(run)
    assert isinstance(model, VideoCodec) and int(model.step) == 2
    assert len(list((run / "previews").glob("epoch-*.png"))) == 1
    header, row = (run / "log.csv").read_text().splitlines()
    logs = dict(zip(header.split(","), row.split(",")))
    assert float(logs["bits_per_pixel"]) > 0 and 0 < float(logs["psnr"]) < 100
    load = {str(run): model}.get  # Once is enough.
    detail = make_codec(settings(detail=str(run)), load)
    assert detail.plays and detail.loss_weights["perceptual"] == 1.0
    np.testing.assert_array_equal(detail.log_lmbda, model.log_lmbda)
    with pytest.raises(ValueError, match=r"has width=8 \(asked for: 16\): to go on from it"):
        make_codec(settings(begin=str(run), width=16), load)


@pytest.mark.slow
def test_stopping_leaves_no_trace(videos, tmp_path):
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if int(self.model.step) == 3:
                os.kill(os.getpid(), signal.SIGINT)

    as_in_a_new_process(videos, tmp_path / "whole", epochs=2, **TINY)
    with pytest.raises(KeyboardInterrupt, match="Stopped after step 3"):
        as_in_a_new_process(videos, tmp_path / "run", callbacks=[Stop()], epochs=2, **TINY)
    as_in_a_new_process(None, tmp_path / "run", resume=True)
    expected, found = load_model(tmp_path / "whole"), load_model(tmp_path / "run")
    assert_same_weights(expected, found)


def test_what_is_a_codec():
    def restorer(factor=1):
        return Restorer(RestorerGenerator(factor, 8, 1, leveled=True))

    coded, noisy = (
        Settings.make("videos", {"network": "restorer", "factor": 1, "recipes": recipe})
        for recipe in ("coded", "noisy")
    )
    assert is_codec(restorer(), coded) and not is_codec(restorer(2), coded)
    assert is_codec(Enhancer(restorer().generator), None) and not is_codec(restorer(), None)
    assert not is_codec(restorer(), noisy) and not is_codec(object(), coded)
