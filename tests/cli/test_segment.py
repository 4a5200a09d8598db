"""tfvgan segment: a thin call, and what is said of it."""

import pytest
from tfvgan_cli.main import main

from tfvgan import runs


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = []

    def segment(*arguments, **settings):
        asked.append((arguments, settings))
        return [arguments[1]]

    monkeypatch.setattr(runs, "segment", segment)
    assert main(["segment", "a.mp4", "-o", "b.mkv", "--model", "runs/x"]) == 0
    assert capsys.readouterr().out == "Wrote b.mkv.\n"
    line = "segment in/ --out out/ --model runs/x --shrink 2 --crf 20 --codec libx265 --fps 24"
    assert (
        main([*line.split(), "--grow", "6", "--background", "blur", "--compare", "--resume"]) == 0
    )
    assert main(["segment", "a.mp4", "-o", "b.mp4", "--model", "x", "--overlay"]) == 0
    assert main(["segment", "a.mp4", "-o", "b.mp4", "--people"]) == 0
    assert main(["segment", "a.mp4", "-o", "b.mp4", "--motion"]) == 0
    assert main(["segment", "a.mp4", "-o", "b.mov", "--motion", "--cutout"]) == 0
    expected = {
        "shrink": 2,
        "crf": 20.0,
        "codec": "libx265",
        "fps": 24.0,
        "view": "blur",
        "grow": 6,
    }
    assert asked == [
        (("a.mp4", "b.mkv"), {"model": "runs/x", "show": False}),
        (
            ("in/", "out/"),
            {"model": "runs/x", "show": False, "compare": True, "resume": True, **expected},
        ),
        (("a.mp4", "b.mp4"), {"model": "x", "show": False, "view": "overlay"}),
        (("a.mp4", "b.mp4"), {"model": "segment_people", "show": False}),
        (("a.mp4", "b.mp4"), {"model": "segment_motion", "show": False}),
        (("a.mp4", "b.mov"), {"model": "segment_motion", "show": False, "view": "cutout"}),
    ]


@pytest.mark.parametrize(
    "typed, said",
    [
        ([], "one of the arguments --people --motion --model is required"),
        (["--people", "--motion"], "not allowed with"),
        (["--people", "--model", "x"], "not allowed with"),
        (["--model", "x", "--overlay", "--background", "blur"], "not allowed with"),
        (
            ["--people", "--background", "cutout"],
            "is no background: for a file or a folder of that",
        ),
        (["--model", "x", "--shrink", "0"], "a whole number from 1"),
        (["--model", "x", "--grow", "-1"], "a whole number from 0"),
    ],
)
def test_what_cannot_be_typed(typed, said, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["segment", "a.mp4", "-o", "b.mp4", *typed])
    assert stop.value.code == 2 and said in capsys.readouterr().err
