"""tfvgan compress: a thin call, and what is said of it."""

import shlex

import pytest
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.tasks import compression


@pytest.fixture
def asked(monkeypatch):
    """The calls, none of which compresses."""
    calls = []

    def compress(video, out, model, **settings):
        calls.append((video, out, model, settings))
        if settings.get("quality") == 7:
            raise KeyboardInterrupt
        with open(out, "wb") as file:
            file.write(bytes(1234))
        return out

    monkeypatch.setattr(runs, "compress", compress)
    monkeypatch.setattr(compression, "sound_in", lambda out: 0)
    return calls


def test_what_was_typed_arrives(asked, capsys, tmp_path):
    out = str(tmp_path / "out.tvg")
    assert main(["compress", "in.mp4", "-o", out]) == 0
    said = capsys.readouterr().out
    assert said == f"Wrote {out}, 1,234 bytes. Next: tfvgan decompress {out} -o back.mp4\n"
    line = "--quality 2 --bits 0.02 --base h264 --prefer fidelity --longest 60 --memory 500"
    line += " --codec learned --size half"
    assert main(["compress", "-", "-o", out, "--model", "m", "--resume", *line.split()]) == 0
    wanted = {"quality": 2.0, "bits": 0.02, "base": "h264", "prefer": "fidelity", "longest": 60}
    wanted |= {"memory": 500.0, "resume": True, "codec": "learned", "size": "half"}
    assert asked == [
        ("in.mp4", out, None, {"show": False}),
        ("-", out, "m", {"show": False, **wanted}),
    ]


def test_how_much_of_the_file_is_sound_is_said(asked, capsys, monkeypatch, tmp_path):
    """It is copied, so a file with much of it gets little smaller."""
    monkeypatch.setattr(compression, "sound_in", lambda out: 1000)
    assert main(["compress", "in.mp4", "-o", str(tmp_path / "out.tvg")]) == 0
    assert "1,234 bytes, 81 % of them sound. Next: " in capsys.readouterr().out


def test_a_stop_says_how_to_go_on(asked, monkeypatch, capsys, tmp_path):
    words = ["compress", "in.mp4", "-o", str(tmp_path / "out.tvg"), "--quality", "7"]
    monkeypatch.setattr("sys.argv", ["tfvgan", *words])
    assert main(words) == 130
    assert "To continue" not in capsys.readouterr().err, "nothing was begun"
    (tmp_path / ".out.tvg.unfinished").mkdir()
    (tmp_path / ".out.tvg.unfinished" / "job.json").touch()
    assert main(words) == 130
    assert f"To continue: tfvgan {' '.join(words)} --resume\n" in capsys.readouterr().err


def test_what_comes_next_can_be_pasted(asked, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["compress", "in.mp4", "-o", "it's mine.tvg"]) == 0
    said = capsys.readouterr().out
    assert shlex.split(said.partition("Next: ")[2])[2] == "it's mine.tvg"
