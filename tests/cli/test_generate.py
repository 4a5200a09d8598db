"""tfvgan generate: a thin call."""

import re

import pytest
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.runs.shipped import shipped_folders
from tfvgan.tasks import VideoGAN


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = []

    def generate(*arguments, **settings):
        asked.append((arguments, settings))
        return ["a.mp4", "strip.png"]

    monkeypatch.setattr(runs, "generate", generate)
    line = "generate runs/x --out out/ --count 3 --seed 7 --formats gif --label walk --fps 12"
    assert main(line.split()) == 0
    expected = {"count": 3, "seed": 7, "label": "walk", "formats": ["gif"], "fps": 12.0}
    assert asked == [(("runs/x", "out/"), expected)]
    assert "Wrote 2 files to out/: look at out/strip.png first." in capsys.readouterr().out
    part = (
        "--frames 64 --start 1.5 --rate 2 --truncation 0.7 --sharpness 3 --contents 0 1 --motions 2"
    )
    assert main(["generate", "runs/x", "--out", "clip.mp4", *part.split()]) == 0
    expected = {"frames": 64, "start": 1.5, "rate": 2.0, "truncation": 0.7, "sharpness": 3.0}
    assert asked[1:] == [(("runs/x", "clip.mp4"), {**expected, "contents": [0, 1], "motions": [2]})]


def test_one_file_is_said_to_be_one(monkeypatch, capsys):
    monkeypatch.setattr(runs, "generate", lambda *arguments: ["clip.mp4"])
    assert main(["generate", "runs/x", "--out", "clip.mp4"]) == 0
    assert capsys.readouterr().out == "Wrote clip.mp4.\n"


def test_writes_files_from_a_model(tmp_path):
    model = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    model.save(tmp_path / "model.keras")
    out = tmp_path / "out"
    assert main(["generate", str(tmp_path), "--out", str(out), "--count", "2"]) == 0
    assert len(list(out.iterdir())) == 6


def test_the_help_names_the_models_that_come_along(capsys):
    with pytest.raises(SystemExit):
        main(["generate", "--help"])
    shown = capsys.readouterr().out
    names = [folder.name.removeprefix("generate_") for folder in shipped_folders("generate_")]
    assert len(names) == 3
    assert names == re.findall(r"^  (\w+) +\S.*, \d+x\d+$", shown, re.MULTILINE)
    assert f"{', '.join(names[:-1])} or {names[-1]}" in " ".join(shown.split())


def test_no_run_is_one_sentence(tmp_path, capsys):
    assert main(["generate", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "holds no model.keras" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
