"""Which networks of ours are measured, and what they and LiteRT make of a video."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.segmentation import ours
from tfvgan.networks import SegmenterGenerator
from tfvgan.tasks import Segmenter


def segmenter(classes=2):
    """Returns a segmenter to which grey levels are shares."""
    network = SimpleNamespace(classes=classes)
    return SimpleNamespace(generator=network, segment=lambda video: video)


def test_what_is_more_than_half_is_in_the_mask(monkeypatch):
    monkeypatch.setattr(ours, "load_segmenter", lambda folder: segmenter())
    levels = np.repeat(np.array([0, 127, 128, 255], "uint8"), 3).reshape(1, 2, 2, 3)
    assert ours.cut("run")(levels).tolist() == [[[False, False], [True, True]]]
    monkeypatch.setattr(ours, "load_segmenter", lambda folder: segmenter(3))
    with pytest.raises(ValueError, match="`run` must tell two classes apart.*has 3 classes"):
        ours.cut("run")


def test_networks_that_are_not_there_are_left_out_and_named(tmp_path, capsys):
    for name in ("ours", "b"):
        (tmp_path / name).mkdir()
    own, twin, *others = (tmp_path / name for name in ("ours", "twin", "a", "b"))
    found = ours.networks("a name", own, twin, others)
    assert found == {"a name": own, "b": tmp_path / "b"}
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"left out, for want of {folder}: {name}"
        for folder, name in ((twin, ours.WITHOUT), (tmp_path / "a", "a"))
    ]
    twin.mkdir()
    assert list(ours.networks("a name", own, twin)) == ["a name", ours.WITHOUT]
    assert capsys.readouterr().out == ""
    assert list(ours.networks("a name", own)) == ["a name"]
    said = capsys.readouterr().out
    assert said == f"left out, for want of --without: {ours.WITHOUT}\n"


@pytest.mark.slow
def test_in_litert_masks_are_nearly_the_same(tmp_path):
    """And states go on: a network with a state that is lost makes each frame as the first one."""
    network = SegmenterGenerator(2, 8, 1)
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0, 0.3, network.head.kernel.shape))
    path = Segmenter(network).save(tmp_path / "x.keras")
    video = draws.integers(0, 256, (4, 16, 24, 3)).astype("uint8")[:, :, :16]
    small, whole = (make(path)(video) for make in (lambda at: ours.in_litert(at, 16), ours.cut))
    assert small.shape == whole.shape and small.dtype == bool
    assert (small == whole).mean() > 0.95
