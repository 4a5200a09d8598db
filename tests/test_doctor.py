"""tfvgan.doctor: the report is true, holds what JSON can hold, and says what to install."""

import json

import pytest
import tensorflow as tf

from tfvgan import doctor
from tfvgan.data import decode
from tfvgan.data.worker import Unavailable
from tfvgan.doctor import render, report


@pytest.fixture(scope="module")
def found():
    return report()


def test_the_report_is_whole_and_fits_into_json(found):
    assert json.loads(json.dumps(found)) == found
    assert found["versions"]["tensorflow"] == tf.__version__
    assert set(found) == {"versions", "decoders", "onednn", "devices", "threads", "advice"}
    assert found["devices"][0].startswith("CPU: ") and found["threads"]["cores"] >= 1
    assert len(found["devices"]) - 1 == len(tf.config.list_physical_devices("GPU"))


def test_decoders_are_tried_out(found):
    assert found["decoders"]["pyav"]["works"]
    for decoder in found["decoders"].values():
        assert decoder["why"].endswith("decoded a test video") == decoder["works"]


def test_the_text_names_everything(found):
    text = render(found)
    for name, version in found["versions"].items():
        assert name in text and (version or "not installed") in text
    for sentence in found["advice"]:
        assert sentence in text
    assert max(map(len, text.splitlines())) < 200


def test_without_ffmpeg_4_it_says_why_and_what_to_install(monkeypatch):
    def unavailable(*_):
        raise Unavailable("there is no FFmpeg 4 for it")

    monkeypatch.setattr(decode.POOL, "decode", unavailable)
    found = report()
    assert not found["decoders"]["tensorflow-io"]["works"] and found["decoders"]["pyav"]["works"]
    assert "there is no FFmpeg 4 for it" in render(found)
    assert any("pip install pyglet-ffmpeg" in sentence for sentence in found["advice"])


def test_wrong_frames_are_noticed(monkeypatch):
    monkeypatch.setattr(doctor, "read_video", lambda path, decoder: 255)
    for decoder in report()["decoders"].values():
        assert not decoder["works"] and "wrong frames" in decoder["why"]


def test_missing_packages_come_with_their_command(monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: None)
    advice = report()["advice"]
    assert "Install tqdm (progress bars): pip install tqdm" in advice
    needed = "Some metrics (optical flow, BD-rate, VMAF) need: pip install 'tfvgan[metrics]'"
    assert needed in advice and "not installed" in render(report())


def test_onednn_switched_off_is_said(monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    found = report()
    assert not found["onednn"]["on"]
    assert any("TF_ENABLE_ONEDNN_OPTS" in sentence for sentence in found["advice"])
