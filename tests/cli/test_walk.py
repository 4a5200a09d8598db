"""tfvgan walk: a thin call."""

import pytest
from tfvgan_cli.main import main

from tfvgan import runs


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {}),
        (
            "--contents 4 7 --motions 2 --open --seed 7 --frames 200",
            {"contents": [4, 7], "motions": [2], "closed": False, "seed": 7, "frames": 200},
        ),
        (
            "--contents 4 --motions 0 3 --steps 7 --truncation 0.5 --sharpness 2",
            {"contents": [4], "motions": [0, 3], "steps": 7, "truncation": 0.5, "sharpness": 2.0},
        ),
    ],
)
def test_what_was_typed_arrives(monkeypatch, capsys, line, expected):
    asked = []

    def walk(*arguments, **settings):
        asked.append((arguments, settings))
        return ["walk.mp4"]

    monkeypatch.setattr(runs, "walk", walk)
    assert main(["walk", "runs/x", "--out", "walk.mp4", *line.split()]) == 0
    assert asked == [(("runs/x", "walk.mp4"), expected)]
    assert capsys.readouterr().out == "Wrote walk.mp4.\n"
