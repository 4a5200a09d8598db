"""generate and walk: files that are the model's videos, classes by name and by number."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tfvgan.data.decode import read_video
from tfvgan.locks import Busy
from tfvgan.networks import ContinuousGenerator
from tfvgan.runs import generate, walk
from tfvgan.tasks import Sampler, VideoGAN

MODULE = sys.modules["tfvgan.runs.generate"]


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


@pytest.mark.parametrize("name", ["out", "new/x.mp4"])
@pytest.mark.parametrize("verb", [generate, walk])
def test_no_two_processes_write_to_one_place(endless, tmp_path, name, verb):
    out = tmp_path / name
    with MODULE._alone(out):
        with pytest.raises(Busy, match=f"{name}` is being written by process"):
            verb(endless, out, frames=2)
        verb(endless, tmp_path / "other.gif", frames=2)
    assert [path.name for path in tmp_path.iterdir()] == ["other.gif"]


def test_the_same_seed_gives_the_same_bytes(model, tmp_path):
    first = generate(model, tmp_path / "a", count=1, seed=1, formats=("gif",))
    again = generate(model, tmp_path / "b", count=1, seed=1, formats=("gif",))
    other = generate(model, tmp_path / "c", count=1, seed=2, formats=("gif",))
    read = [Path(paths[0]).read_bytes() for paths in (first, again, other)]
    assert read[0] == read[1] != read[2]


@pytest.fixture(scope="module")
def endless():
    generator = ContinuousGenerator(8, 4, 8, motion_dim=4, width=8, num_classes=3)
    generator.build()
    return Sampler(generator, class_names=["jump", "run", "walk"], fps=10.0)


@pytest.fixture
def noted(endless, monkeypatch):
    """Notes what a sampler is asked for, and what is written how fast, and samples black."""
    asked = {}

    def black(count, frames):
        return np.zeros((count, frames or 4, 8, 8, 3), np.uint8)

    def generate(self, count, frames, **how):
        asked.update(verb="generate", count=count, frames=frames, **how)
        return black(count, frames)

    def mix(self, contents, motions, frames, **how):
        asked.update(verb="mix", contents=contents, motions=motions, frames=frames, **how)
        return black(len(contents) * len(motions), frames)

    def blend(self, motions, content, count, frames, **how):
        asked.update(verb="blend", motions=motions, content=content, count=count, **how)
        return black(count, frames)

    def walk(self, contents, motion, frames, **how):
        asked.update(verb="walk", contents=contents, motion=motion, frames=frames, **how)
        return black(1, frames)[0]

    def write_video(path, video, fps):
        asked.update(path=str(path), shape=video.shape, fps=fps)
        return path

    for method in (generate, mix, blend, walk):
        monkeypatch.setattr(Sampler, method.__name__, method)
    monkeypatch.setattr(MODULE, "write_video", write_video)
    return asked


@pytest.mark.parametrize("label, labels", [("walk", [1, 1]), ("0", [0, 0]), (None, [0, 1])])
def test_classes(run, tmp_path, noted, label, labels):
    generate(run, tmp_path, count=2, label=label, formats=("gif",))
    assert list(noted["labels"]) == labels


def test_one_file_gets_one_video_at_the_rate_it_was_learned_at(endless, noted):
    assert generate(endless, "clip.mp4", frames=64, rate=2.0) == ["clip.mp4"]
    assert (noted["count"], noted["frames"], noted["rate"]) == (1, 64, 2.0)
    assert (noted["shape"], noted["fps"], noted["progress"]) == ((64, 8, 8, 3), 20.0, False)
    generate(endless, "clip.gif", count=4, frames=512, fps=25, label="run", truncation=0.5)
    assert (noted["shape"], noted["fps"], noted["progress"]) == ((512, 16, 16, 3), 25, True)
    assert list(noted["labels"]) == [1] * 4 and noted["truncation"] == 0.5


def test_mixtures_are_a_grid_of_contents_by_motions(endless, noted):
    generate(endless, "grid.mp4", contents=[4, 2], motions=[0, 1, 5])
    assert (noted["contents"], noted["motions"]) == ([4, 2], [0, 1, 5])
    assert noted["shape"] == (4, 16, 24, 3) and list(noted["labels"]) == [1, 2]
    generate(endless, "grid.mp4", motions=[0, 1])
    assert noted["contents"] == noted["motions"] == [0, 1]
    with pytest.raises(ValueError, match="leave out count"):
        generate(endless, "grid.mp4", motions=[0, 1], count=3)


def test_a_walk_goes_through_contents_or_from_motion_to_motion(endless, noted):
    walk(endless, "walk.mp4", closed=False)
    assert (noted["contents"], noted["motion"], noted["closed"]) == ((0, 1, 2, 3), 0, False)
    assert noted["shape"] == (128, 8, 8, 3) and list(noted["labels"]) == [0, 1, 2, 0]
    walk(endless, "walk.mp4", motions=[3, 1], steps=6, label="jump")
    assert (noted["motions"], noted["content"], noted["count"]) == ([3, 1], 0, 6)
    assert noted["shape"] == (4, 8, 48, 3) and noted["labels"] == 0
    for contents, motions in (([1], [2]), ([1, 2], [3, 4])):
        with pytest.raises(ValueError, match="several contents in one motion, or two motions"):
            walk(endless, "walk.mp4", contents, motions)


def test_long_videos_get_a_picture_of_time(endless, tmp_path):
    paths = generate(endless, tmp_path, count=1, frames=65, formats=("mp4",))
    names = [Path(path).name for path in paths]
    assert names == ["sample-000.mp4", "grid.mp4", "strip.png", "xt.png"]
    assert all(Path(path).is_file() for path in paths)


def test_a_run_with_an_enlarger_has_it_enlarge(endless, noted, monkeypatch):
    monkeypatch.setattr(
        MODULE, "enlarge", lambda run, videos, seed: videos.repeat(2, 2).repeat(2, 3)
    )
    generate(endless, "clip.mp4")
    assert noted["shape"] == (4, 16, 16, 3)


def test_says_what_is_wrong(model, run, tmp_path):
    with pytest.raises(ValueError, match="choose among run, walk"):
        generate(run, tmp_path / "out", label="fly")
    with pytest.raises(ValueError, match="knows no classes"):
        generate(model, tmp_path / "out", label="walk")
    with pytest.raises(ValueError, match="There is nothing at"):
        generate(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()
