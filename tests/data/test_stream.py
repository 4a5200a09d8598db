import itertools
import sys

import films
import numpy as np
import pytest

import tfvgan.data
from tfvgan.data.files import list_videos
from tfvgan.data.settings import ClipSettings
from tfvgan.data.skipped import Skipped
from tfvgan.data.stream import Stream

SETTINGS = ClipSettings(frames=4, size=16)
module = sys.modules[Stream.__module__]


def stream(path, seed=None, bad="warn", settings=SETTINGS):
    files = list_videos(path)
    return Stream(files, settings, "pyav", Skipped(len(files), bad, settings.short), seed)


def played(epoch):
    return [(clip.tobytes(), label) for clip, label in epoch]


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return films.folder(tmp_path_factory.mktemp("videos"))


def test_in_order_it_is_what_a_cache_holds(videos, tmp_path):
    source = stream(videos)
    clips = played(source.epoch(0))
    cache = tfvgan.data.prepare(videos, tmp_path, 4, 16, decoder="pyav", progress=False)
    assert clips == [(cache.clip(i).tobytes(), cache.label(i)) for i in range(cache.count)]
    assert source.count == cache.count == 8
    assert played(source.epoch(7)) == clips


def test_shuffled_every_clip_comes_once_in_an_order_of_the_epoch(videos):
    plain = played(stream(videos).epoch(0))
    epochs = [played(stream(videos, seed=1).epoch(number)) for number in (0, 1, 0)]
    assert epochs[0] == epochs[2]
    assert epochs[0] != epochs[1]
    assert all(sorted(epoch) == sorted(plain) for epoch in epochs)
    assert played(stream(videos, seed=2).epoch(0)) != epochs[0]


@pytest.mark.parametrize("seed", [None, 1])
def test_skipping_leaves_out_the_first(videos, seed):
    source = stream(videos, seed)
    whole = played(source.epoch(2))
    for skip in (1, 5, 8, 9):
        assert played(source.epoch(2, skip)) == whole[skip:]


def test_a_file_that_breaks_half_way_gives_what_it_could(videos, monkeypatch, caplog):
    cut_file = module.cut_file

    def breaking(path, *rest):
        yield from itertools.islice(cut_file(path, *rest), 1)
        raise tfvgan.data.UnreadableVideo(path, "it is torn")

    monkeypatch.setattr(module, "cut_file", breaking)
    source = stream(videos)
    assert len(played(source.epoch(0))) == 4
    assert source.count == 4
    assert "(4 of 4 files so far): it is torn." in caplog.text
    with pytest.raises(tfvgan.data.UnreadableVideo):
        played(stream(videos, bad="error").epoch(0))


def test_no_clip_at_all_is_an_error(videos):
    with pytest.raises(ValueError, match="None of the 4 video files gives a clip"):
        played(stream(videos, settings=ClipSettings(frames=100, size=16)).epoch(0))


def test_short_files_are_looped(videos):
    source = stream(videos, settings=ClipSettings(frames=10, size=16, short="loop"))
    clips = [clip for clip, _ in source.epoch(0)]
    assert len(clips) == 4
    np.testing.assert_array_equal(clips[3], clips[3][np.arange(10) % 4])  # of the file of four
