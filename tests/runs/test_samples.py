"""generate: files that are the model's videos, classes by name and by number."""

from pathlib import Path

import numpy as np
import pytest

from tfvgan.data.decode import read_video
from tfvgan.runs import generate
from tfvgan.tasks import VideoGAN


@pytest.fixture(scope="module")
def model():
    return VideoGAN.from_preset("dcgan", frames=3, size=8, width=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a run that learnt classes."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "classes.json").write_text('["run", "walk"]')
    VideoGAN.from_preset("dcgan", frames=3, size=8, width=4, num_classes=2).save(
        folder / "model.keras"
    )
    return folder


def test_writes_each_video_a_grid_and_a_strip(model, tmp_path):
    paths = generate(model, tmp_path / "out", count=3, seed=1)
    names = [f"sample-00{i}.{ending}" for i in range(3) for ending in ("mp4", "gif")]
    assert paths == [str(tmp_path / "out" / name) for name in (*names, "grid.mp4", "strip.png")]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [*names, "grid.mp4", "strip.png"]
    )
    assert read_video(paths[-2], size=(16, 16)).shape == (3, 16, 16, 3)


def test_the_same_seed_gives_the_same_bytes(model, tmp_path):
    first = generate(model, tmp_path / "a", count=1, seed=1, formats=("gif",))
    again = generate(model, tmp_path / "b", count=1, seed=1, formats=("gif",))
    other = generate(model, tmp_path / "c", count=1, seed=2, formats=("gif",))
    read = [Path(paths[0]).read_bytes() for paths in (first, again, other)]
    assert read[0] == read[1] != read[2]


@pytest.mark.parametrize("label, labels", [("walk", [1, 1]), ("0", [0, 0]), (None, [0, 1])])
def test_classes(run, tmp_path, monkeypatch, label, labels):
    asked = []

    def note(self, count, seed, labels):
        asked.append(list(labels))
        return np.zeros((count, 3, 8, 8, 3), np.uint8)

    monkeypatch.setattr(VideoGAN, "generate", note)
    generate(run, tmp_path, count=2, label=label, formats=("gif",))
    assert asked == [labels]


def test_says_what_is_wrong(model, run, tmp_path):
    with pytest.raises(ValueError, match="choose among run, walk"):
        generate(run, tmp_path / "out", label="fly")
    with pytest.raises(ValueError, match="knows no classes"):
        generate(model, tmp_path / "out", label="walk")
    with pytest.raises(ValueError, match="holds no model"):
        generate(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()
