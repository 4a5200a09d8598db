"""A finder on its own: streamed as at once, saved as it was, served with its probabilities."""

import media
import numpy as np
import pytest

from tfvgan.networks import CutFinder, RestorerGenerator
from tfvgan.networks.cut_finder import REACH
from tfvgan.tasks.analysis.finder import ON_EDGE, THUMBNAIL, Finder

RNG = np.random.default_rng(0)
FRAMES = 3 * REACH + 20


@pytest.fixture(scope="module")
def finder():
    network = CutFinder(8)
    network.build()
    return Finder(network)


@pytest.fixture(scope="module")
def film():
    return RNG.integers(0, 256, (FRAMES, *THUMBNAIL, 3)).astype(np.uint8)


@pytest.mark.parametrize("chunk", [REACH - 3, REACH + 7, FRAMES, 500])
def test_what_is_streamed_is_what_is_found_at_once(finder, film, chunk, eagerly):
    whole = finder.score(film)
    streamed = np.stack(list(finder.stream(iter(film), chunk)))
    assert whole.shape == (FRAMES, 2) and 0 <= whole.min() <= whole.max() <= 1
    np.testing.assert_allclose(streamed, whole, atol=2e-6)


def test_no_more_is_held_than_a_chunk_and_what_decides_on_it(finder, film, monkeypatch):
    sizes = []

    def score(thumbnails):
        sizes.append(len(thumbnails))
        return np.zeros((len(thumbnails), 2))

    monkeypatch.setattr(finder, "score", score)
    assert len(list(finder.stream(iter(film), 10))) == FRAMES
    assert max(sizes) <= 10 + 2 * REACH
    assert list(finder.stream(iter(()))) == []


def test_a_file_has_as_many_scores_as_frames(finder, tmp_path, eagerly):
    path = media.video(tmp_path / "a.mp4", "h264.mp4", pictures=media.frames(7))
    assert finder.find(path).shape == (7, 2)


def test_it_is_what_was_saved(finder, film, tmp_path, eagerly):
    again = Finder.load(finder.save(tmp_path / "generator.keras"))
    np.testing.assert_array_equal(again.score(film[:5]), finder.score(film[:5]))
    assert again.digest() == finder.digest()


def test_the_endpoint_says_what_the_finder_does(finder, film, eagerly):
    endpoint = finder.endpoints()["score"]
    made = endpoint.function(film[None, :6])
    wanted = finder.score(film[:6])
    np.testing.assert_allclose(made["cut"][0], wanted[:, 0], atol=1e-6)
    np.testing.assert_allclose(made["transition"][0], wanted[:, 1], atol=1e-6)
    one, other = (endpoint.edge.examples(2, seed)[1]["thumbnails"] for seed in (0, 0))
    assert one.shape == (1, ON_EDGE, *THUMBNAIL, 3) and one.dtype == np.uint8
    np.testing.assert_array_equal(one, other)


def test_other_networks_are_refused():
    with pytest.raises(ValueError, match="must be a tfvgan.networks.CutFinder, but is a Restorer"):
        Finder(RestorerGenerator(1, 4, 1))
