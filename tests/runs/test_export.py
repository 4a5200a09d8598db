"""A run is exported as what it is for, to what was asked for."""

import sys

import tfvgan
from tfvgan.runs import export
from tfvgan.tasks import VideoGAN


def game():
    return VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)


def test_what_is_asked_for_arrives(monkeypatch, tmp_path):
    asked = []
    module = sys.modules["tfvgan.runs.export"]
    monkeypatch.setattr(module, "export_model", lambda *given, **named: asked.append(named) or "1")
    model, files = game(), ("float32", "int8")
    assert export(model, tmp_path) == "1"
    export(model, tmp_path, tflite=files, endpoints=["generate", "moment"])
    export(model, tmp_path, allowed={"int8": {"mean_difference": 0.1}})
    assert [named["tflite"] for named in asked] == [
        (),
        dict.fromkeys(("generate", "moment"), files),
        (),
    ]
    assert [named["allowed"] for named in asked] == [None, None, {"int8": {"mean_difference": 0.1}}]


def test_a_run_becomes_a_saved_model(tmp_path):
    game().save(tmp_path / "model.keras")
    version = tfvgan.export(tmp_path, tmp_path / "served")
    assert version == str(tmp_path / "served" / "1")
    assert (tmp_path / "served" / "1" / "saved_model.pb").is_file()
