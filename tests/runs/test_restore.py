"""Restoring files: by a model of one's own, or by one of the package, found by task."""

import importlib

import keras
import media
import numpy as np
import pytest
from peers import known, wanted

from tfvgan.data.decode import read_video
from tfvgan.data.fill import fill
from tfvgan.networks import RestorerGenerator
from tfvgan.runs import load_restorer, restore, shipped
from tfvgan.streaming import Source
from tfvgan.tasks import PeerRestorer, Restorer, VideoGAN
from tfvgan.weights import MissingWeights

restoring = importlib.import_module("tfvgan.runs.restore")  # Whose name is the function's, too.


def restorer(factor=2, **told):
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(factor, 8, 1, **told)
    network.build()
    return Restorer(network)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with models for three tasks, one of them without a second one."""
    models = (("x2", 2), ("x2_detail", 2), ("old", 1), ("deblock_x2", 1), ("deblock_x2_detail", 4))
    for name, factor in models:
        folder = tmp_path / "package" / "saved_models" / f"restore_{name}"
        folder.mkdir(parents=True)
        restorer(factor).save(folder / "generator.keras")
    (tmp_path / "package" / "tfvgan" / "runs").mkdir(parents=True)
    monkeypatch.setattr(
        shipped, "__file__", str(tmp_path / "package" / "tfvgan" / "runs" / "shipped.py")
    )
    return tmp_path / "package" / "saved_models"


def test_a_file_is_restored_and_compared(tmp_path, capsys):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    out = tmp_path / "out.mkv"
    paths = restore(path, out, restorer(), compare=True, show=True, codec="ffv1")
    names = ["out.mkv", "out-compared.mp4", "out-compared.png"]
    assert paths == [str(tmp_path / name) for name in names]
    made = np.stack([frame.rgb for frame in Source(out).frames()])
    given = np.stack([frame.rgb for frame in Source(path).frames()])
    np.testing.assert_array_equal(made, restorer().restore(given))
    assert "3/3" in capsys.readouterr().err


def test_the_package_is_searched_by_task(package, tmp_path):
    assert shipped.shipped_tasks() == ["deblock_x2", "old", "x2"]
    media.images(tmp_path / "in", media.frames(2))
    for task, side in (("deblock_x2", 192), ("old", 48), ("x2", 96)):
        out = tmp_path / f"out-{task}"
        restore(tmp_path / "in", out, task=task)
        assert next(Source(out).frames()).rgb.shape[0] == side
    with pytest.raises(ValueError, match="for the task 'x9': choose among deblock_x2, old, x2, or"):
        restore(tmp_path / "in", tmp_path / "new", task="x9")


def test_holes_are_filled_without_a_model(tmp_path):
    frames = media.frames(3)
    media.images(tmp_path / "in", frames)
    mask = np.zeros_like(frames[0])
    mask[4:12, 6:20] = 255
    media.images(tmp_path / "mask", [mask])
    how = {"mask": tmp_path / "mask"}
    restore(tmp_path / "in", tmp_path / "out", **how)
    made = read_video(tmp_path / "out")
    np.testing.assert_array_equal(made, fill(np.stack(frames), mask[..., 0])[0])
    assert (made[:, 4:12, 6:20] != np.stack(frames)[:, 4:12, 6:20]).any()
    for name in ("strength", "level"):
        with pytest.raises(ValueError, match=f"`{name}` .* is for networks, and holes are filled"):
            restore(tmp_path / "in", tmp_path / "new", **how, **{name: 0.5})
    with pytest.raises(ValueError, match="`prefer` must be one of"):
        restore(tmp_path / "in", tmp_path / "new", **how, prefer="beauty")


@pytest.mark.parametrize("fast", [True, False])
def test_fast_is_what_is_restored_with(tmp_path, monkeypatch, fast):
    class Named:
        def __init__(self, name):
            self.restore = lambda video, out, mask, **how: taken.append(name)

    taken = []
    monkeypatch.setattr(restoring, "load_restorer", lambda *given: Named("usual"))
    monkeypatch.setattr(restoring, "faster", lambda one: Named("fast"))
    restore("in.mp4", "out.mp4", "a.keras", fast=fast)
    assert taken == ["fast" if fast else "usual"]


def test_nothing_said_is_decided_by_looking(tmp_path, monkeypatch):
    asked = []

    def automatic(video, out, **how):
        asked.append((video, out, how))
        return lambda **more: asked.append(more)

    monkeypatch.setattr(restoring, "automatic", automatic)
    restore("in.mp4", "out.mp4")
    how = {"task": "auto", "scale": 4, "prefer": "fidelity", "strength": 0.5, "fast": True}
    restore("in.mp4", "out.mp4", crf=9, **how)
    usual = {"scale": None, "prefer": "detail", "strength": None, "level": None}
    usual |= {"partial": False, "encoded": False, "fast": False}
    assert asked[0] == ("in.mp4", "out.mp4", usual)
    assert asked[1]["deinterlace"] == "auto" and asked[1]["overwrite"] is False
    told = {"scale": 4, "prefer": "fidelity", "strength": 0.5, "encoded": True, "fast": True}
    assert asked[2][2] == usual | told and asked[3]["crf"] == 9


def test_what_does_not_go_together_is_an_error(tmp_path):
    for more in ({"task": "x2"}, {"model": restorer()}, {"mask": "m.png"}):
        with pytest.raises(ValueError, match="`scale` .--scale. is for the task auto"):
            restore("in.mp4", "out.mp4", scale=2, **more)
    with pytest.raises(ValueError, match="auto fills nothing that a `mask` .--mask. marks"):
        restore("in.mp4", "out.mp4", task="auto", mask="m.png")
    with pytest.raises(ValueError, match="give `task` or `model`, not both"):
        restore("in.mp4", "out.mp4", restorer(), task="old")
    with pytest.raises(ValueError, match="fills what a mask says is missing: give a `mask`"):
        restore("in.mp4", "out.mp4", task="holes")
    with pytest.raises(ValueError, match="`prefer` must be one of detail, fidelity"):
        restore("in.mp4", "out.mp4", prefer="beauty")
    VideoGAN.from_preset("dcgan", frames=2, size=8, width=4).save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="must hold a restorer, but holds a VideoGAN"):
        load_restorer(tmp_path)


def test_strength_and_level_arrive():
    found = load_restorer(restorer(leveled=True), strength=0.25, level=0.75)
    assert (found.strength, found.level) == (0.25, 0.75)


def test_a_published_network_is_taken_by_its_name(tmp_path, monkeypatch):
    known(monkeypatch, tmp_path / "home")
    path = media.images(tmp_path / "in", media.frames(2))
    restore(path, tmp_path / "out", "toy_x2")
    given, made = (
        np.stack([frame.rgb for frame in Source(tmp_path / name).frames()])
        for name in ("in", "out")
    )
    assert np.abs(made.astype(int) - wanted(given)).max() <= 1
    assert isinstance(load_restorer("toy_x2", strength=0.5), PeerRestorer)
    monkeypatch.chdir(tmp_path)
    restorer().save(tmp_path / "generator.keras")
    (tmp_path / "toy_x2").mkdir()
    (tmp_path / "generator.keras").rename(tmp_path / "toy_x2" / "generator.keras")
    assert isinstance(load_restorer("toy_x2"), Restorer)


def test_a_published_network_that_was_not_fetched_says_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))
    with pytest.raises(MissingWeights, match="run `tfvgan weights fetch span_x2`"):
        restore("in.mp4", tmp_path / "out.mp4", "span_x2")
