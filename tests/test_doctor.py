"""tfvgan.doctor: the report is true, holds what JSON can hold, and says what to install."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

import tfvgan
from tfvgan import doctor
from tfvgan.data import base_layer, decode
from tfvgan.data.base_layer import STANDARDS
from tfvgan.data.worker import Unavailable
from tfvgan.doctor import render, report


@pytest.fixture(scope="module")
def found():
    return report()


def test_the_report_is_whole_and_fits_into_json(found):
    assert json.loads(json.dumps(found)) == found
    assert found["versions"]["tensorflow"] == tf.__version__
    parts = {
        "package",
        "stack",
        "machine",
        "versions",
        "decoders",
        "compression",
        "onednn",
        "devices",
        "threads",
        "advice",
    }
    assert set(found) == parts
    assert found["devices"][0].startswith("CPU: ") and found["threads"]["cores"] >= 1
    assert len(found["devices"]) - 1 == len(tf.config.list_physical_devices("GPU"))


def test_a_machine_without_a_gpu_is_said_to_have_none(found):
    shown = {"devices": ["CPU: x"]}, {"devices": ["CPU: x", "GPU: y"]}
    without, with_one = (render({**found, **devices}) for devices in shown)
    assert "GPU: none" in without and "GPU: none" not in with_one and "GPU: y" in with_one


def test_decoders_are_tried_out(found):
    assert found["decoders"]["pyav"]["works"]
    for decoder in found["decoders"].values():
        assert decoder["why"].endswith("decoded a test video") == decoder["works"]


def test_compression_is_tried_out(found):
    assert list(found["compression"]) == ["av1", "hevc", "h264", "constriction"]
    assert all(part["works"] for part in found["compression"].values())
    assert found["compression"]["av1"]["why"] == "libsvtav1, libdav1d; coded two frames"


def test_what_can_not_compress_is_said(monkeypatch):
    standards = {"av1": STANDARDS["av1"]._replace(encoder="none"), "h264": STANDARDS["h264"]}
    monkeypatch.setattr(doctor, "STANDARDS", standards)
    monkeypatch.setattr(base_layer, "STANDARDS", standards)
    monkeypatch.setitem(sys.modules, "constriction", None)
    found = report()["compression"]
    assert {name: part["works"] for name, part in found.items()} == {
        "av1": False,
        "h264": True,
        "constriction": False,
    }
    text = render(report())
    assert "none, libdav1d; " in text and "constriction" in text
    assert "To compress with av1, constriction: pip install --force-reinstall" in text


def test_the_doctor_names_itself_first(found):
    assert found["package"]["version"] == tfvgan.__version__
    folder = Path(found["package"]["folder"])
    assert folder.samefile(Path(tfvgan.__file__).parent)
    assert render(found).splitlines()[0] == f"tfvgan {tfvgan.__version__}, in {folder}"


def test_the_text_names_everything(found):
    text = render(found)
    assert text.splitlines()[1] == found["stack"]
    for name, version in found["versions"].items():
        assert name in text and (version or "not installed") in text
    for sentence in found["advice"]:
        assert sentence in text
    for part in found["compression"]:
        assert part in text
    assert max(map(len, text.splitlines())) < 200


def test_why_tensorflow_io_does_not_load_is_said(monkeypatch):
    def unavailable(*_):
        raise Unavailable("there is no FFmpeg 4 for it")

    monkeypatch.setattr(decode.POOL, "decode", unavailable)
    found = report()
    assert not found["decoders"]["tensorflow-io"]["works"] and found["decoders"]["pyav"]["works"]
    assert "  tensorflow-io          no: there is no FFmpeg 4 for it\n" in render(found)


def test_wrong_frames_are_noticed(monkeypatch):
    monkeypatch.setattr(doctor, "read_video", lambda path, decoder: 255)
    for decoder in report()["decoders"].values():
        assert not decoder["works"] and "wrong frames" in decoder["why"]


def test_missing_packages_come_with_their_command(monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: None)
    monkeypatch.setattr(decode.POOL, "decode", lambda *_: np.zeros((4, 48, 64, 3), "uint8"))
    advice = report()["advice"]
    assert "Install tqdm (progress bars): pip install tqdm" in advice
    needed = "Some metrics (optical flow, BD-rate, VMAF) need: pip install 'tfvgan[metrics]'"
    assert needed in advice and "not installed" in render(report())


def test_onednn_switched_off_is_said(monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    found = report()
    assert not found["onednn"]["on"]
    assert any("TF_ENABLE_ONEDNN_OPTS" in sentence for sentence in found["advice"])
