"""The README promises what the code holds: commands parse, Python runs, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
from tfvgan_cli.main import make_parser

from tfvgan.data import moving_shapes, write_videos

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    *re.findall(r"^tfvgan .*", "\n".join(text for _, text in BLOCKS), re.MULTILINE),
    *re.findall(r"`(tfvgan [^`]+)`", README),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_parse(command):
    assert make_parser().parse_args(shlex.split(command)[1:]).run


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.slow
def test_python_runs(tmp_path, monkeypatch):
    """The example, for one step, then the file that it exports as the edge example plays it."""
    monkeypatch.chdir(tmp_path)
    write_videos("videos", moving_shapes(8, frames=16, size=64)["video"], fps=8)
    train, play = [text for language, text in BLOCKS if language == "python"]
    short = train.replace("epochs=40, steps_per_epoch=250", "epochs=1, steps_per_epoch=1")
    assert short != train
    names = {}
    exec(short, names)
    assert names["videos"].shape == (4, 16, 64, 64, 3)
    assert Path("strip.png").is_file() and Path("video.mp4").is_file()
    exec(play, names)
    assert names["video"].shape == (1, 16, 64, 64, 3)
