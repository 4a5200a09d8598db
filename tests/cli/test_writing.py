"""What verbs share that make a video of another."""

import argparse

import pytest
from tfvgan_cli.writing import add_out, add_written, write


def parsed(words):
    parser = argparse.ArgumentParser()
    add_out(parser)
    add_written(parser, "painted", "both")
    return parser, parser.parse_args(words)


def test_where_and_how_are_options_and_the_help_says_what_is_done():
    parser, args = parsed(["-o", "x.mp4", "--codec", "ffv1", "--memory", "5", "--compare"])
    expected = {"out": "x.mp4", "kept": True, "codec": "ffv1", "memory": 5.0, "compare": True}
    assert vars(args) == expected
    told = " ".join(parser.format_help().split())
    assert "frames are painted in tiles" in told and "also write both side by side" in told
    with pytest.raises(SystemExit):
        parsed([])


def test_what_was_written_is_said_but_not_into_a_pipe(capsys):
    asked = []
    write(lambda show: asked.append(show) or ["a.mp4", "a.png"], ["in.mp4"], "a.mp4", {})
    assert capsys.readouterr().out == "Wrote a.mp4, a.png.\n" and asked == [False]
    write(lambda show: ["-"], ["in.mp4"], "-", {})
    assert capsys.readouterr().out == ""


def stop(show):
    raise KeyboardInterrupt


@pytest.mark.parametrize("given", [["a.mp4"], ["a.mp4", "b.mp4"], ["a.mp4", "-"]])
def test_a_stop_says_how_to_go_on_where_that_can_be(given, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.argv", ["tfvgan", "verb", "a.mp4"])
    out, folder = tmp_path / "out.mp4", tmp_path / ".out.mp4.unfinished"
    with pytest.raises(KeyboardInterrupt) as stopped:
        write(stop, given, out, {})
    assert str(stopped.value) == ""
    folder.mkdir()
    (folder / "job.json").touch()
    with pytest.raises(KeyboardInterrupt) as stopped:
        write(stop, given, out, {})
    said = "" if "-" in given else "Stopped. To continue: tfvgan verb a.mp4 --resume"
    assert str(stopped.value) == said


@pytest.mark.parametrize("more", ["compare", "overwrite"])
def test_a_comparison_alone_goes_on_where_nothing_else_may_be_at_its_place(tmp_path, more):
    out = tmp_path / "out.mp4"
    out.touch()
    with pytest.raises(KeyboardInterrupt) as stopped:
        write(stop, ["a.mp4"], out, {"compare": True, more: True})
    assert bool(str(stopped.value)) == (more == "compare")
