"""tfvgan analyze: what was typed arrives, and what was found is said."""

import pytest
from cutting import Told, shots
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.tasks.analysis import analysed


@pytest.fixture
def asked(monkeypatch, tmp_path):
    found, calls = analysed(shots(tmp_path / "a.mkv"), Told(10, 20)), []

    def analyze(*given, **named):
        calls.append((given, named))
        return found

    monkeypatch.setattr(runs, "analyze", analyze)
    return calls


def test_what_was_typed_arrives(asked, capsys):
    line = "analyze in.mp4 -o out --keep motion --split --normal days --model m --crf 20 --partial"
    assert main(line.split()) == 0
    wanted = {"keep": "motion", "split": True, "normal": "days", "model": "m", "crf": 20.0}
    assert asked == [(("in.mp4", "out"), {**wanted, "partial": True, "show": False})]
    said = capsys.readouterr().out
    assert said.startswith(
        "Frames: 30. Seconds: 3.0. Shots: 3. Cuts: 2. Gradual transitions: 0. Stre"
    )
    assert said.endswith("Wrote out.\n")


def test_nothing_typed_is_nothing_set(asked):
    assert main(["analyze", "in.mp4", "-o", "out"]) == 0
    assert asked == [(("in.mp4", "out"), {"show": False})]


def test_no_video_is_one_sentence(tmp_path, capsys):
    (tmp_path / "x.mp4").write_text("no video")
    assert main(["analyze", str(tmp_path / "x.mp4"), "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not (tmp_path / "out").exists()
