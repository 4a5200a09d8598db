"""What is wrong is said before TensorFlow is imported, and a line says to wait for that."""

import argparse
import subprocess
import sys
import types

import pytest
from tfvgan_cli import before
from tfvgan_cli.main import make_parser


def typed(**values):
    return argparse.Namespace(**values)


def test_a_video_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no file or folder nope.mp4: look for a slip"):
        before.check(typed(video="nope.mp4"))
    with pytest.raises(ValueError, match="gone.mp4"):
        before.check(typed(original=str(tmp_path), processed="gone.mp4"))
    before.check(typed(video="-"))
    before.check(typed(video=str(tmp_path)))
    before.check(typed(folder="nope"))


@pytest.mark.parametrize(
    "words",
    [
        ["train", "nope/", "-o", "run"],
        ["train", "restorer", "nope/", "-o", "run"],
        ["prepare", "nope/", "cache"],
        ["index", ".", "nope/", "-o", "library"],
        ["serve", "nope/"],
        ["serve-config", "nope/"],
    ],
)
def test_a_folder_that_is_not_there_is_refused(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="There is no file or folder nope/: look for a slip"):
        before.check(make_parser().parse_args(words))
    there = ["x*/" if word == "nope/" else word for word in words]  # A pattern is looked at later.
    before.check(make_parser().parse_args(there))
    (tmp_path / "nope").mkdir()
    before.check(make_parser().parse_args(words))


def test_no_folder_is_sought_where_none_was_named():
    before.check(make_parser().parse_args(["train", "--resume", "-o", "run"]))


def test_of_a_pattern_the_folder_is_named(tmp_path):
    with pytest.raises(ValueError, match=f"numbered images name the folder, {tmp_path}\\."):
        before.check(typed(video=f"{tmp_path}/%06d.png"))


@pytest.mark.parametrize(
    ("path", "said"),
    [("pipe:0", "a pipe is named - here"), ("https://a.b/c.mp4", "`ffmpeg -i ADDRESS .* nut -`")],
)
def test_of_what_ffmpeg_reads_and_tfvgan_does_not_a_pipe_is_named(path, said):
    with pytest.raises(ValueError, match=f"no file {path}: .*{said}\\.$"):
        before.check(typed(video=path))


def test_an_output_that_exists_is_refused_unless_it_may_go(tmp_path):
    video, out = tmp_path / "in.mp4", tmp_path / "out.mp4"
    for path in (video, out):
        path.touch()
    paths = {"video": str(video), "out": str(out)}
    with pytest.raises(ValueError, match="is there already"):
        before.check(typed(kept=True, **paths))
    with pytest.raises(ValueError, match="the video itself"):
        before.check(typed(kept=True, video=str(video), out=str(video)))
    before.check(typed(kept=True, overwrite=True, **paths))
    before.check(typed(kept=True, resume=True, **paths))
    before.check(typed(kept=True, video=str(video), out="-"))
    before.check(typed(kept=True, video=str(tmp_path), out=str(tmp_path)))  # Of many files.
    before.check(typed(**paths))


def test_both_are_said_without_tensorflow(tmp_path):
    (tmp_path / "in.mp4").touch()
    code = (
        "import sys; from tfvgan_cli.main import main\n"
        "assert main(['restore', 'nope.mp4', '-o', 'out.mp4']) == 2\n"
        "assert main(['stylize', 'in.mp4', '-o', 'in.mp4', '--style', 'ink']) == 2\n"
        "assert main(['compress', 'nope.mp4', '-o', 'out.tvg']) == 2\n"
        "assert 'numpy' not in sys.modules and 'tensorflow' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stderr.count("tfvgan: error: ") == 3


@pytest.mark.parametrize("terminal", [True, False])
def test_a_line_is_shown_on_a_terminal_and_taken_away(terminal, monkeypatch):
    shown = []
    stream = types.SimpleNamespace(
        isatty=lambda: terminal, write=shown.append, flush=lambda: shown.append("now")
    )
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(ImportError), before._shown("Wait"):
        shown.append("work")
        raise ImportError
    lines = ["Wait", "\r", "now", "work", "    ", "\r", "now"]
    assert shown == (lines if terminal else ["work"])
    monkeypatch.setattr(sys, "stderr", None)
    with before._shown("Wait"):
        pass


def test_where_the_package_is_there_nothing_is_checked():
    assert "tfvgan" in sys.modules or __import__("tfvgan")
    before.load(typed(video="nope.mp4"))
