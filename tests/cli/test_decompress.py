"""tfvgan decompress: a thin call, and what is said of it."""

import pytest
from tfvgan_cli.main import main

from tfvgan import runs


@pytest.fixture
def asked(monkeypatch):
    """The calls, none of which decompresses."""
    calls = []

    def decompress(video, out, model, **settings):
        calls.append((video, out, model, settings))
        if settings.get("crf") == 7:
            raise KeyboardInterrupt
        return ["Group 3 is damaged."] if video == "damaged.tvg" else []

    monkeypatch.setattr(runs, "decompress", decompress)
    return calls


def test_what_was_typed_arrives(asked, capsys):
    assert main(["decompress", "in.tvg", "-o", "out.mp4"]) == 0
    assert capsys.readouterr().out == "Wrote out.mp4.\n"
    line = "--codec libx265 --crf 20 --memory 500 --resume --overwrite --base-only --fast"
    assert main(["decompress", "in.tvg", "-o", "out.mkv", "--model", "m", *line.split()]) == 0
    wanted = {"codec": "libx265", "crf": 20.0, "memory": 500.0, "resume": True, "overwrite": True}
    assert asked == [
        ("in.tvg", "out.mp4", None, {"show": False}),
        ("in.tvg", "out.mkv", "m", {"show": False, "base_only": True, "fast": True, **wanted}),
    ]


def test_what_is_damaged_is_said(asked, capsys):
    assert main(["decompress", "damaged.tvg", "-o", "out.mp4"]) == 2
    said = capsys.readouterr()
    assert said.err == "tfvgan: Group 3 is damaged.\n"
    assert said.out == "Wrote out.mp4, what is whole of it.\n"


def test_a_part_is_what_was_asked_for(asked, capsys):
    assert main(["decompress", "damaged.tvg", "-o", "out.mp4", "--partial"]) == 0
    said = capsys.readouterr()
    assert said.err == "tfvgan: Group 3 is damaged.\n" and "what is whole of it" in said.out
    assert "partial" not in asked[-1][-1]


def test_a_stop_says_how_to_go_on(asked, monkeypatch, capsys, tmp_path):
    words = ["decompress", "in.tvg", "-o", str(tmp_path / "out.mp4"), "--crf", "7", "--resume"]
    monkeypatch.setattr("sys.argv", ["tfvgan", *words])
    assert main(words) == 130
    assert "To continue" not in capsys.readouterr().err, "nothing was begun"
    (tmp_path / ".out.mp4.unfinished").mkdir()
    (tmp_path / ".out.mp4.unfinished" / "job.json").touch()
    assert main(words) == 130
    assert f"To continue: tfvgan {' '.join(words)}\n" in capsys.readouterr().err
