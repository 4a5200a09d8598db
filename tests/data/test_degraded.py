"""Versions of clips made ahead: the same each time, resumed, and shown in step with the clips."""

import itertools
import sys
from pathlib import Path

import films
import numpy as np
import pytest

from tfvgan.data import ClipCache, prepare
from tfvgan.data.degrade import degrade
from tfvgan.data.degraded import degraded_pairs, prepare_degraded
from tfvgan.data.order import generator
from tfvgan.video import to_uint8


@pytest.fixture
def cache(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(8, 4), classes=())
    return prepare(videos, tmp_path / "cache", 4, 16, decoder="pyav", progress=False)


def made(cache, **how):
    how = {"recipes": "old", "factor": 2, "versions": 2, "progress": False, **how}
    return prepare_degraded(cache, **how)


def all_of(degraded):
    return [degraded.clip(number).copy() for number in range(degraded.count)]


def test_versions_are_what_a_recipe_makes_of_each_clip(cache):
    degraded = made(cache)
    assert cache.count == 3 and degraded.count == 6 and degraded.size == (8, 8)
    for number in range(cache.count):
        for version in range(2):
            draws = generator("versions", 0, number, version)
            draws.integers(1)
            wanted = degrade(cache.clip(number), draws, "old", 2)["degraded"]
            np.testing.assert_array_equal(degraded.clip(2 * number + version), wanted)
    assert np.abs(degraded.clip(0).astype(int) - degraded.clip(1)).max() > 0


def test_what_is_there_is_taken_and_what_was_interrupted_goes_on(cache, monkeypatch):
    from tfvgan.data import degraded as module

    whole = all_of(made(cache, seed=1))
    made_of = []

    def counted(clip, draws, recipe, factor):
        made_of.append(recipe)
        if len(made_of) == 5:
            raise KeyboardInterrupt
        return degrade(clip, draws, recipe, factor)

    monkeypatch.setattr(module, "degrade", counted)
    shards = sys.modules["tfvgan.data.prepare"]
    monkeypatch.setattr(shards, "SHARD_BYTES", 1)
    monkeypatch.setattr(shards, "handed_out", one_by_one)
    with pytest.raises(KeyboardInterrupt):
        made(cache, seed=2)
    with pytest.raises(ValueError, match="unfinished"):
        ClipCache.open(next(path for path in folder_of(cache).iterdir() if "seed2" in path.name))
    made(cache, seed=2)
    assert len(made_of) == 5 + 2  # Those of two clips were kept.
    found = all_of(made(cache, seed=2))
    assert len(made_of) == 7
    monkeypatch.undo()
    again = all_of(made(cache, seed=1))
    for one, other, another in zip(whole, again, found, strict=True):
        np.testing.assert_array_equal(one, other)
        assert one.shape == another.shape


def one_by_one(items, open_file, together):
    for item in items:
        for clip in open_file(item):
            yield item, clip, None
        yield item, None, None


def folder_of(cache):
    return Path(cache.folder, "degraded")


def test_versions_of_other_clips_are_refused(cache, tmp_path):
    made(cache)
    films.film(tmp_path / "videos" / "9.mp4", 4, seed=9)
    videos = tmp_path / "videos"
    more = prepare(videos, tmp_path / "cache", 4, 16, decoder="pyav", progress=False)
    with pytest.raises(ValueError, match="of other clips.*delete that folder"):
        made(more)


def test_versions_that_were_read_otherwise_are_refused(cache, monkeypatch):
    from tfvgan.data import degraded as module

    made(cache)
    monkeypatch.setattr(module, "READING", module.READING + 1)
    with pytest.raises(ValueError, match="or by another version: delete that folder"):
        made(cache)


def pairs(cache, degraded, **how):
    return degraded_pairs(cache, degraded, **{"batch_size": 2, "size": 16, "flip": True, **how})


def test_pairs_show_the_same_square_of_both_and_each_clip_once_in_an_epoch(cache):
    degraded = made(cache, recipes="clean")
    first = []
    for batch in pairs(cache, degraded, size=8, window=2, batch_size=3).take(4):
        assert batch["video"].shape == (3, 2, 8, 8, 3)
        assert batch["degraded"].shape == (3, 2, 4, 4, 3)
        video, small = (to_uint8(batch[name]).numpy() for name in ("video", "degraded"))
        found = set()
        for large, little in zip(video, small, strict=True):
            found.add(place_of(large, little, cache, degraded))
        first.append(sorted(number for number, _ in found))
    assert first == [[0, 1, 2]] * 4


def test_shares_are_the_rows_of_a_batch(cache):
    degraded = made(cache, recipes="clean")
    whole = pairs(cache, degraded, size=8, start=1).take(2)
    parts = [pairs(cache, degraded, size=8, start=1, share=(n, 2)).take(2) for n in (0, 1)]
    for batch, *own in zip(whole, *parts, strict=True):
        for name, rows in batch.items():
            assert [part[name].shape[0] for part in own] == [1, 1]
            np.testing.assert_array_equal(np.concatenate([part[name] for part in own]), rows)


def place_of(large, little, cache, degraded):
    """Returns which clip a square is of and whether it is mirrored, looking everywhere."""
    places = itertools.product(range(cache.count), (1, -1), range(3), range(5), range(5))
    for number, step, frame, top, left in places:
        clip = cache.clip(number)[frame : frame + 2, 2 * top : 2 * top + 8, 2 * left : 2 * left + 8]
        other = degraded.clip(2 * number)[frame : frame + 2, top : top + 4, left : left + 4]
        squares = (clip[:, :, ::step], large), (other[:, :, ::step], little)
        if all(np.array_equal(*both) for both in squares):
            return number, step
    raise AssertionError("the two squares are of different places")


def test_draws_are_functions_of_seed_and_batch_and_a_later_start_goes_on(cache):
    degraded = made(cache)

    def batches(**how):
        made = pairs(cache, degraded, size=8, **how).take(3)
        return [batch["degraded"].numpy() for batch in made]

    whole, again, other = batches(), batches(), batches(seed=5)
    np.testing.assert_array_equal(whole, again)
    np.testing.assert_array_equal(whole[1:], batches(start=1)[:2])
    assert any(not np.array_equal(a, b) for a, b in zip(whole, other, strict=True))


def test_pictures_of_their_own_sizes_are_degraded_as_a_whole(tmp_path):
    films.film(tmp_path / "wide.mp4", 4, (16, 26))
    how = {"crop": "random", "decoder": "pyav", "progress": False}
    cache = prepare(tmp_path / "wide.mp4", tmp_path / "cache", 4, 16, **how)
    degraded = made(cache, recipes="clean", versions=1, factor=4)
    assert cache.clip(0).shape == (4, 16, 26, 3) and degraded.clip(0).shape == (4, 4, 6, 3)
    batch = next(iter(pairs(cache, degraded, batch_size=1)))
    assert batch["video"].shape == (1, 4, 16, 16, 3)


@pytest.mark.parametrize(
    "how, said",
    [
        ({"recipes": ["footage", "holes"]}, "of holes a network is told more"),
        ({"recipes": "rain"}, "may name clean, .*, but names 'rain'"),
        ({"versions": 0}, "must be 1 or more, but is 0"),
        ({"factor": 32}, "must fit the clips of 16 pixels, but is 32"),
    ],
)
def test_what_can_not_be_made_ahead_is_refused(cache, how, said):
    with pytest.raises(ValueError, match=said):
        made(cache, **how)


@pytest.mark.parametrize(
    "how, said",
    [
        ({"size": 32}, "at most 16, but is 32"),
        ({"size": 7}, "a multiple of 2"),
        ({"window": 5}, "from 1 to the 4 frames of the clips, but is 5"),
    ],
)
def test_squares_and_windows_fit_the_clips(cache, how, said):
    with pytest.raises(ValueError, match=said):
        pairs(cache, made(cache, recipes="clean"), **how)
