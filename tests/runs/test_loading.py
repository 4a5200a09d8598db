"""load_run: the newest model of a run, or a sentence."""

import os

import keras
import pytest

from tfvgan.runs import load_run
from tfvgan.tasks import VideoGAN


def save(path, step):
    model = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    model.step.assign(step)
    path.parent.mkdir(exist_ok=True, parents=True)
    model.save(path)
    return path


def test_takes_the_newest(tmp_path):
    first = save(tmp_path / "checkpoints" / "step-00000003.keras", 3)
    assert int(load_run(tmp_path).step) == 3
    final = save(tmp_path / "model.keras", 5)
    os.utime(first, ns=(1, 1))
    assert int(load_run(tmp_path).step) == 5
    os.utime(final, ns=(0, 0))
    assert int(load_run(tmp_path).step) == 3
    assert int(load_run(final).step) == 5


def test_says_what_is_missing(tmp_path):
    with pytest.raises(ValueError, match=r"holds no model\.keras and no checkpoint"):
        load_run(tmp_path)
    with pytest.raises(ValueError, match="holds no model"):
        load_run(tmp_path / "nowhere")
    (tmp_path / "text.keras").write_text("no model")
    with pytest.raises(ValueError, match="is no model that this version reads"):
        load_run(tmp_path / "text.keras")
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    other.save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="must hold a VideoGAN, but holds a Sequential"):
        load_run(tmp_path)
