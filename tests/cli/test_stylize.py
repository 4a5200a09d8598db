"""tfvgan stylize: a thin call, and what is said of it."""

import pytest
from tfvgan_cli.main import main

from tfvgan import runs


def record(monkeypatch, result=None):
    asked = []

    def stylize(*arguments, **settings):
        asked.append((arguments, settings))
        if result is not None:
            raise result
        return [arguments[1]]

    monkeypatch.setattr(runs, "stylize", stylize)
    return asked


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = record(monkeypatch)
    assert main(["stylize", "a.mp4", "-o", "b.mp4", "--style", "ink"]) == 0
    assert capsys.readouterr().out == "Wrote b.mp4.\n"
    line = "stylize in/ --out out/ --style runs/x --strength 0.5 --crf 20 --fps 24 --compare"
    assert main([*line.split(), "--memory", "500", "--resume", "--overwrite", "--partial"]) == 0
    expected = {"style": "runs/x", "strength": 0.5, "crf": 20.0, "fps": 24.0, "memory": 500.0}
    expected |= dict.fromkeys(("compare", "resume", "overwrite", "partial"), True)
    assert asked == [
        (("a.mp4", "b.mp4"), {"show": False, "style": "ink"}),
        (("in/", "out/"), {"show": False, **expected}),
    ]


def test_a_stop_says_how_to_go_on(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    words = ["stylize", "in.mp4", "-o", "out.mp4", "--style", "ink"]
    record(monkeypatch, KeyboardInterrupt())
    monkeypatch.setattr("sys.argv", ["tfvgan", *words])
    assert main(words) == 130
    assert "To continue" not in capsys.readouterr().err, "nothing was begun"
    (tmp_path / ".out.mp4.unfinished").mkdir()
    (tmp_path / ".out.mp4.unfinished" / "job.json").touch()
    assert main(words) == 130
    assert "in.mp4 -o out.mp4 --style ink --resume" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["2", "-1", "much"])
def test_a_strength_is_a_share(wrong, capsys):
    with pytest.raises(SystemExit) as left:
        main(["stylize", "a.mp4", "-o", "b.mp4", "--style", "ink", "--strength", wrong])
    assert left.value.code == 2 and "--strength" in capsys.readouterr().err
