"""A run is exported as what it is for, to what was asked for."""

import sys

import numpy as np
import pytest
from moving import texture

import tfvgan
from tfvgan.data import write_video
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


def test_steps_are_told_on_stderr_where_that_is_asked_for(monkeypatch, tmp_path, capsys):
    module = sys.modules["tfvgan.runs.export"]
    monkeypatch.setattr(
        module, "export_model", lambda *given, tell=None, **named: (tell and tell("step")) or "1"
    )
    export(game(), tmp_path)
    assert capsys.readouterr() == ("", "")
    export(game(), tmp_path, show=True)
    assert capsys.readouterr() == ("", "step ...\n")


def test_clips_are_read(monkeypatch, tmp_path):
    asked = []
    module = sys.modules["tfvgan.runs.export"]
    monkeypatch.setattr(module, "export_model", lambda *given, **named: asked.append(named) or "1")
    write_video(tmp_path / "long.mp4", texture(20, 16, (1.0, 0.5))[0], fps=25)
    export(game(), tmp_path, clips=[tmp_path / "long.mp4"])
    (clip,) = asked[0]["clips"]
    assert clip.shape == (12, 16, 16, 3) and clip.dtype == np.uint8


@pytest.mark.slow
def test_int8_measures_its_ranges_on_clips(tmp_path, capsys):
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(factor=2, width=8, depth=1)
    network.build()
    clips = [tmp_path / f"{seed}.mp4" for seed in range(2)]
    for seed, path in enumerate(clips):
        write_video(path, texture(12, 32, (1.0, 0.5 + seed))[0], fps=25)
    files = ("float16", "int8")
    export(Restorer(network), tmp_path / "x", files, edge=(16, 24), clips=clips)
    told = capsys.readouterr().out
    assert "| restore_frame | int8 |" in told and "| restore_frame | float16 |" in told
    assert "dB of 35 |" in told
