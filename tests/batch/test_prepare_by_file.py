"""A cache that many have made is that of one, byte by byte."""

import os
import sys

import films
import media
import pytest

from tfvgan.batch import Shard, Spread, prepare_by_file
from tfvgan.data import ClipCache, clips
from tfvgan.data import prepare as prepare_alone
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.settings import ClipSettings

alone, parts = (sys.modules[f"tfvgan.data.{name}"] for name in ("prepare", "parts"))
SETTINGS = ClipSettings(frames=4, size=16)
pytestmark = pytest.mark.usefixtures("numbered_shares")


def prepared(videos, cache, index=0, count=1, settings=SETTINGS, **how):
    return prepare_by_file(
        *(videos, cache, settings, Spread(Shard(index, count))), progress=False, **how
    )


def content(folder):
    """Returns what lies in a cache's folder, but for the lock that stays there."""
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    found.pop(".lock")
    return found


@pytest.fixture
def videos(tmp_path):
    folder = films.folder(tmp_path / "videos", frames=(10, 9, 4, 13, 2, 7))
    media.text(folder / "walk" / "none.mp4")
    return folder


@pytest.mark.parametrize("crop", ["center", "random"])
def test_shares_make_the_cache_of_one(videos, tmp_path, crop, monkeypatch, caplog):
    monkeypatch.setattr(alone, "SHARD_BYTES", 10_000)
    settings = ClipSettings(frames=4, size=16, crop=crop, overlap=1)
    prepare_alone(videos, tmp_path / "one", 4, 16, crop=crop, overlap=1, progress=False)
    caplog.clear()
    shares = [prepared(videos, tmp_path / "many", index, 3, settings) for index in range(3)]
    assert [cache is not None for _, cache in shares] == [False, False, True]
    assert sum(len(outcome.made) for outcome, _ in shares) == 7
    found = content(tmp_path / "many")
    assert found == content(tmp_path / "one") and len(found) > 2
    assert [os.path.basename(path) for path in sorted(os.listdir(tmp_path / "many"))] == sorted(
        [".lock", *found]
    ), "the parts are gone"
    assert "2 frames, and a clip takes 4" in caplog.text and "none.mp4` (2 of 7" in caplog.text


def test_training_reads_it_as_one(videos, tmp_path):
    for index in range(2):
        prepared(videos, tmp_path / "many", index, 2)
    batches = clips(tmp_path / "many", frames=4, size=16, batch_size=3, repeat=False)
    count = ClipCache.open(tmp_path / "many").count
    assert sum(len(batch["video"]) for batch in batches) == count // 3 * 3 and count == 9


def test_only_what_is_new_is_cut(videos, tmp_path, monkeypatch):
    prepared(videos, tmp_path / "many")
    cut, cut_file = [], parts.cut_file

    def noted(path, *rest):
        cut.append(os.path.basename(path))
        return cut_file(path, *rest)

    monkeypatch.setattr(parts, "cut_file", noted)
    films.film(videos / "run" / "new.mp4", 5)
    (videos / "walk" / "0.mp4").unlink()
    _, cache = [prepared(videos, tmp_path / "many", index, 2) for index in range(2)][1]
    assert sorted(cut) == ["4.mp4", "new.mp4", "none.mp4"], "two give no clip, and are tried again"
    prepare_alone(videos, tmp_path / "one", 4, 16, progress=False)
    assert cache.fingerprint == ClipCache.open(tmp_path / "one").fingerprint


def test_a_share_that_was_stopped_goes_on(videos, tmp_path, monkeypatch):
    cut, cut_file = [], parts.cut_file

    def stopped(path, *rest):
        cut.append(path)
        if len(cut) == 4:
            raise KeyboardInterrupt
        return cut_file(path, *rest)

    monkeypatch.setattr(parts, "cut_file", stopped)
    with pytest.raises(KeyboardInterrupt):
        prepared(videos, tmp_path / "many")
    with pytest.raises(ValueError, match="no cache of clips"):
        ClipCache.open(tmp_path / "many")
    outcome, cache = prepared(videos, tmp_path / "many")
    assert (len(outcome.same), len(outcome.made)) == (3, 4) and cache.count == 9
    assert len(cut) == 8


def test_bad_files_are_an_error_if_they_are_to_be(videos, tmp_path):
    prepared(videos, tmp_path / "many", 0, 2, bad="error")
    with pytest.raises(UnreadableVideo, match="none.mp4"):
        prepared(videos, tmp_path / "many", 1, 2, bad="error")
    _, cache = prepared(videos, tmp_path / "many", 1, 2)
    assert cache.count == 9, "the parts are still there"


def test_what_could_not_be_cut_is_left_out_and_cut_the_next_time(videos, tmp_path, monkeypatch):
    write = parts.write_part

    def full(path, *rest):
        if path.endswith("1.mp4"):
            raise OSError("the disk is full")
        write(path, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["tfvgan.batch.prepare_by_file"], "write_part", full)
        outcome, cache = prepared(videos, tmp_path / "many")
    assert [record["error"] for record in outcome.failed] == ["the disk is full"]
    assert len(cache.files) == 4
    outcome, cache = prepared(videos, tmp_path / "many")
    assert len(cache.files) == 5 and not outcome.failed


def test_another_cache_is_refused_before_any_work(videos, tmp_path):
    prepared(videos, tmp_path / "many")
    other = ClipSettings(frames=5, size=16)
    with pytest.raises(ValueError, match="was made with frames=4, but frames=5"):
        prepared(videos, tmp_path / "many", settings=other)
    with pytest.raises(ValueError, match="no video"):
        (tmp_path / "none").mkdir()
        prepared(tmp_path / "none", tmp_path / "new")
    assert not (tmp_path / "new").exists()
