"""A generator on its own: what it makes is the model's, and content and motion come apart."""

import os

import keras
import numpy as np
import pytest

import tfvgan
from tfvgan.networks import ContinuousGenerator, DcganGenerator, VganGenerator
from tfvgan.tasks import Sampler, VideoGAN
from tfvgan.tasks.generation import moments

FRAMES, SIZE = 4, 8


def made(network=ContinuousGenerator, num_classes=0):
    """Returns a sampler of a small network; others than continuous are grey without more weight."""
    keras.utils.set_random_seed(0)
    generator = network(16, FRAMES, SIZE, width=8, num_classes=num_classes)
    generator.build()
    for weight in generator.weights:
        if network is not ContinuousGenerator and weight.path.endswith("kernel"):
            weight.assign(8.0 * weight)
    return Sampler(generator)


@pytest.fixture(scope="module")
def sampler():
    return made(num_classes=3)


def far(one, other):
    return np.abs(one.astype(int) - other).max()


def test_it_is_public():
    assert tfvgan.Sampler is Sampler


@pytest.mark.parametrize(
    "network", [pytest.param(ContinuousGenerator, marks=pytest.mark.slow), VganGenerator]
)
def test_one_small_file_makes_the_same_videos(network, tmp_path):
    kept = made(network, num_classes=2)
    kept.class_names, kept.fps = ["run", "walk"], 12.5
    path = kept.save(tmp_path / "generator.keras")
    assert sorted(os.listdir(tmp_path)) == ["generator.json", "generator.keras"]
    loaded = Sampler.load(path)
    assert (loaded.class_names, loaded.fps, loaded.draws) == (["run", "walk"], 12.5, 2)
    np.testing.assert_array_equal(loaded.generate(2, seed=5), kept.generate(2, seed=5))
    assert type(keras.models.load_model(path)) is network
    (tmp_path / "generator.json").write_text('{"codec": false}')
    older = Sampler.load(path)
    assert older.draws == 1 and far(older.generate(2, seed=5), kept.generate(2, seed=5)) > 3


def test_a_model_samples_with_its_average_which_is_kept_in_float32(tmp_path):
    gan = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4, compile=False)
    gan.compile("adam", keras.optimizers.Adam(), mixed_precision="mixed_float16")
    assert gan.sampler.generator is gan.average
    loaded = Sampler.load(gan.sampler.save(tmp_path / "generator.keras"))
    assert {layer.compute_dtype for layer in loaded.generator._flatten_layers()} == {"float32"}
    np.testing.assert_array_equal(loaded.generate(1), gan.generate(1, truncation=1.0))
    assert far(gan.generate(1), gan.generate(1, truncation=0.0)) > 0


def test_what_is_no_generator_is_refused():
    with pytest.raises(ValueError, match="must be a tfvgan.networks.Generator, but is a Seq"):
        Sampler(keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]))


@pytest.mark.parametrize("network", [ContinuousGenerator, DcganGenerator])
def test_truncation_takes_variety_away(network):
    sampler = made(network)
    videos = [sampler.generate(4, seed=1, truncation=share) for share in (0.0, 0.5, 1.0)]
    np.testing.assert_array_equal(sampler.generate(4, seed=1), videos[2])
    spread = [video.std(axis=0).mean() for video in videos]
    assert spread[0] < spread[1] < spread[2]
    if network is DcganGenerator:
        assert spread[0] == 0.0


def test_truncation_is_refused_outside_its_range(sampler):
    for wrong in (-0.1, 1.5):
        with pytest.raises(ValueError, match="`truncation` must be from 0 to 1"):
            sampler.generate(1, truncation=wrong)


def test_a_long_video_is_that_of_its_parts(sampler, monkeypatch):
    monkeypatch.setattr("tfvgan.tasks.generation.rendering.PIXELS", 16 * SIZE**2)
    long = sampler.generate(2, seed=3, frames=50, truncation=0.7)
    assert (
        far(sampler.generate(2, seed=3, frames=4, start=41.0, truncation=0.7), long[:, 41:45]) < 2
    )


def test_mixtures_have_the_contents_as_rows_and_the_motions_as_columns(sampler):
    own = sampler.generate(5, seed=7, frames=20)
    grid = sampler.mix([4, 1], [1, 2, 4], seed=7, frames=20).reshape(2, 3, 20, SIZE, SIZE, 3)
    assert far(grid[0, 2], own[4]) <= 1 and far(grid[1, 0], own[1]) <= 1
    assert far(grid[0, 0], own[4]) > 3 and far(grid[0, 0], own[1]) > 3
    other = sampler.mix([4, 1], [1], seed=7, labels=[0, 2])
    assert far(other[0], sampler.mix([4], [1], seed=7, labels=0)[0]) <= 1
    assert far(other[1], sampler.mix([1], [1], seed=7, labels=2)[0]) <= 1


def test_blended_motions_end_at_their_own_and_keep_unit_variance(sampler, monkeypatch):
    own = sampler.mix([2], [0, 3], seed=7, frames=6)
    blended = sampler.blend([0, 3], content=2, count=4, seed=7, frames=6, batch_size=3)
    assert blended.shape == (4, 6, SIZE, SIZE, 3)
    assert far(blended[0], own[0]) <= 1 and far(blended[-1], own[1]) <= 1
    assert far(blended[1], own[0]) > 1 and far(blended[1], blended[2]) > 1
    seen = []
    draw = moments.render_moments
    monkeypatch.setattr(
        moments, "render_moments", lambda *given: seen.append(given[1]) or draw(*given)
    )
    sampler.blend([0, 3], count=3, frames=FRAMES)
    assert np.std(seen[0]["motion"][1]) == pytest.approx(1.0, abs=0.15)


def test_a_walk_begins_at_the_first_content_and_passes_the_others(sampler):
    walked = sampler.walk([2, 0, 4], motion=1, seed=7, frames=31, closed=False)
    assert walked.shape == (31, SIZE, SIZE, 3) and walked.dtype == np.uint8
    grid = sampler.mix([2, 0, 4], [1], seed=7, frames=31)
    for content, frame in ((0, 0), (1, 15), (2, 30)):
        assert far(walked[frame], grid[content][frame]) <= 1
    assert far(walked[7], grid[0][7]) > 1 and far(walked[7], grid[1][7]) > 1
    later = sampler.walk([2, 0, 4], motion=1, seed=7, frames=3, start=40.0, rate=2.0)
    part = sampler.mix([2], [1], seed=7, frames=1, start=40.0)
    assert far(later[0], part[0, 0]) <= 1


def test_a_closed_walk_comes_home(sampler):
    closed = sampler.walk([2, 0], seed=7, frames=32)
    still = sampler.mix([2], [0], seed=7, frames=32)[0]
    apart = np.abs(closed.astype(int) - still).mean(axis=(1, 2, 3))
    assert apart[0] <= 1 and apart[-1] < apart[16] / 4


def test_networks_of_whole_clips_have_no_motion_of_their_own():
    sampler = made(DcganGenerator)
    for verb, given in (("mix", ([0], [1])), ("blend", ([0, 1],)), ("walk", ([0, 1],))):
        with pytest.raises(ValueError, match=f"`{verb}` takes a network that keeps content and"):
            getattr(sampler, verb)(*given)


def test_numbers_that_make_no_sense_are_refused(sampler):
    with pytest.raises(ValueError, match=r"two numbers and `count` 2 or more.*\[1, 1\] and 5"):
        sampler.blend([1, 1])
    with pytest.raises(ValueError, match=r"two numbers or more, but are \[3\]"):
        sampler.walk([3])


def test_progress_is_shown_when_asked_for(sampler, capfd):
    sampler.generate(1, progress=True)
    sampler.walk([0, 1], frames=2, progress=True)
    assert "render: 100%" in capfd.readouterr().err
