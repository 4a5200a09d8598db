"""tfvgan play: a thin call, and what is said of it."""

import pytest
from tfvgan_cli.main import main

from tfvgan import runs


@pytest.fixture
def asked(monkeypatch):
    """The calls, none of which plays."""
    calls = []

    def play(video, model, **settings):
        calls.append((video, model, settings))
        return ["Group 3 is damaged."] if video == "damaged.tvg" else []

    monkeypatch.setattr(runs, "play", play)
    return calls


def test_what_was_typed_arrives(asked, capsys):
    assert main(["play", "in.tvg"]) == 0
    line = "--model m --base-only --memory 500 --player"
    assert main(["play", "in.tvg", *line.split(), "ffplay -fs"]) == 0
    wanted = {"base_only": True, "memory": 500.0, "player": "ffplay -fs"}
    assert asked == [("in.tvg", None, {}), ("in.tvg", "m", wanted)]
    assert capsys.readouterr() == ("", "")


def test_what_is_damaged_is_said(asked, capsys):
    assert main(["play", "damaged.tvg"]) == 2
    assert capsys.readouterr().err == "tfvgan: Group 3 is damaged.\n"


def test_a_player_that_is_missing_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["play", "in.tvg"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("tfvgan: error: The player must be a program")
    assert "'ffplay' is not found: install FFmpeg" in line
