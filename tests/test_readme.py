"""The README promises what the code holds: commands parse, Python runs, links lead somewhere."""

import inspect
import re
import shlex
from pathlib import Path

import pytest
from tfvgan_cli.main import make_parser

from tfvgan import VideoRestorer, weights
from tfvgan.data import moving_shapes, write_videos
from tfvgan.networks import ContinuousGenerator, DcganGenerator, VganGenerator
from tfvgan.tasks.guard import MOST

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    *re.findall(r"^tfvgan .*", "\n".join(text for _, text in BLOCKS), re.MULTILINE),
    *re.findall(r"`(tfvgan [^`]+)`", README),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_parse(command):
    assert make_parser().parse_args(shlex.split(command, comments=True)[1:]).run


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_latents_are_as_long_as_the_networks_have_them():
    def default(network, name):
        return inspect.signature(network).parameters[name].default

    whole = {default(network, "latent_dim") for network in (VganGenerator, DcganGenerator)}
    named = [default(ContinuousGenerator, name) for name in ("latent_dim", "motion_dim")]
    said = "`latents` float32 (n, {}), of `continuous` (n, {}), and `motion` (n, anchors, {}) too"
    assert said.format(*whole, *named) in README
    assert f"`count` int32 from 1 to {MOST}" in README


@pytest.mark.slow
def test_python_runs(tmp_path, monkeypatch):
    """The examples, for one step, then the exported file as an edge device plays it."""
    monkeypatch.chdir(tmp_path)
    write_videos("videos", moving_shapes(8, frames=16, size=64)["video"], fps=8)
    mend, train, measure, play = [text for language, text in BLOCKS if language == "python"]
    names = {"frames": moving_shapes(1, frames=3, size=32)["video"][0]}
    restorer = VideoRestorer.from_preset(16, width=8, depth=1)
    Path("runs/sharp").mkdir(parents=True)
    restorer.save("runs/sharp/model.keras")
    write_videos(".", names["frames"][None], prefix="old", formats=("mp4",))
    Path("old-000.mp4").rename("old.mp4")
    exec(mend, names)
    assert names["better"].shape == (3, 64, 64, 3) and Path("new.mp4").is_file()
    names = {}
    exec(shortened(train), names)
    assert names["videos"].shape == (4, 16, 64, 64, 3)
    assert Path("strip.png").is_file() and Path("video.mp4").is_file()
    exec(play, names)
    assert names["video"].shape == (1, 16, 64, 64, 3)
    weights.fetch("i3d")
    names = {"reference": names["videos"], "output": names["videos"]}
    exec(shortened(measure, ("every=5, count=256", "every=1, count=8")), names)
    assert {"fvd", "motion", "disorder"} <= names["model"].history.history.keys()
    assert float(names["psnr"].result()) == 100.0


def shortened(text, *more):
    """Returns an example that trains for one step."""
    for long, short in (("epochs=40, steps_per_epoch=250", "epochs=1, steps_per_epoch=1"), *more):
        assert long in text
        text = text.replace(long, short)
    return text
