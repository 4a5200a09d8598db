import json
import os
import signal
import subprocess
import sys
import threading
import time

import films
import media
import numpy as np
import pytest

from tfvgan.data import prepare as public
from tfvgan.data.cache import ClipCache, read_cache_index
from tfvgan.data.errors import UnreadableVideo

module = sys.modules["tfvgan.data.prepare"]


def prepare(path, cache, **settings):
    return public(path, cache, **{"frames": 4, "size": 16, "progress": False, **settings})


def everything(cache):
    """Returns each clip's pixels and label."""
    return [(cache.clip(i).tobytes(), cache.label(i)) for i in range(cache.count)]


@pytest.fixture
def decoded(monkeypatch):
    """The names of the files that are decoded from now on."""
    names = []
    cut_file = module.cut_file

    def noted(path, *rest):
        names.append(os.path.basename(path))
        return cut_file(path, *rest)

    monkeypatch.setattr(module, "cut_file", noted)
    return names


def test_every_clip_of_every_file_is_there(tmp_path):
    cache = prepare(films.folder(tmp_path / "videos"), tmp_path / "cache")
    assert cache.class_names == ["run", "walk"]
    assert [(file.class_name, file.clips) for file in cache.files] == [
        ("run", 2), ("run", 3), ("walk", 2), ("walk", 1),
    ]  # fmt: skip
    assert cache.count == 8
    assert len(set(everything(cache))) == 8
    assert sorted(os.listdir(tmp_path / "cache")) == [".lock", "clips-00000.tfrecord", "index.json"]


def test_a_second_call_decodes_nothing_and_writes_nothing(tmp_path, decoded):
    videos = films.folder(tmp_path / "videos")
    before = everything(prepare(videos, tmp_path / "cache"))
    decoded.clear()
    written = (tmp_path / "cache" / "index.json").stat().st_ino
    assert everything(prepare(videos, tmp_path / "cache")) == before
    assert decoded == []
    assert (tmp_path / "cache" / "index.json").stat().st_ino == written


def test_only_new_and_changed_files_are_decoded(tmp_path, decoded):
    videos = films.folder(tmp_path / "videos", frames=(8, 8, 8), classes=())
    prepare(videos, tmp_path / "cache")
    decoded.clear()
    films.film(videos / "1.mp4", 12, seed=9)
    films.film(videos / "new.mp4", 4, seed=8)
    (videos / "2.mp4").unlink()
    cache = prepare(videos, tmp_path / "cache")
    assert sorted(decoded) == ["1.mp4", "new.mp4"]
    assert [file.clips for file in cache.files] == [2, 3, 1]
    assert everything(cache) == everything(prepare(videos, tmp_path / "fresh"))
    films.film(videos / "0.mp4", 4, seed=7)  # what the first shard still held is now dead
    prepare(videos, tmp_path / "cache")
    assert not (tmp_path / "cache" / "clips-00000.tfrecord").exists()


def test_labels_follow_the_classes_of_today(tmp_path, decoded):
    videos = films.folder(tmp_path / "videos", frames=(4, 4))
    assert [prepare(videos, tmp_path / "cache").label(i) for i in range(2)] == [0, 1]
    decoded.clear()
    films.film(videos / "sit" / "0.mp4", 4)
    cache = prepare(videos, tmp_path / "cache")
    assert decoded == ["0.mp4"]
    assert cache.class_names == ["run", "sit", "walk"]
    assert [cache.label(i) for i in range(3)] == [0, 1, 2]


def test_shards_end_with_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SHARD_BYTES", 10_000)
    videos = films.folder(tmp_path / "videos")
    cache = prepare(videos, tmp_path / "cache")
    assert len({file.shard for file in cache.files}) == 2
    monkeypatch.undo()
    assert everything(cache) == everything(prepare(videos, tmp_path / "whole"))


KILLED = """
import sys, time
import tfvgan.data
prepare = sys.modules["tfvgan.data.prepare"]
cut_file = prepare.cut_file
prepare.SHARD_BYTES = 1

def slow(path, *rest):
    for clip in cut_file(path, *rest):
        time.sleep(0.1)
        yield clip

prepare.cut_file = slow
tfvgan.data.prepare(sys.argv[1], sys.argv[2], frames=4, size=16)
"""


@pytest.mark.slow
def test_a_killed_process_leaves_a_cache_that_goes_on(tmp_path, decoded):
    videos = films.folder(tmp_path / "videos", frames=[20] * 12, classes=())
    cache = str(tmp_path / "cache")
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(videos), cache], stderr=subprocess.DEVNULL
    )
    deadline = time.time() + 120
    while len(getattr(read_cache_index(cache), "files", ())) < 3 and time.time() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    kept = len(read_cache_index(cache).files)
    assert 3 <= kept < 12
    with pytest.raises(ValueError, match="unfinished"):
        ClipCache.open(cache)
    finished = prepare(videos, cache)
    assert len(decoded) == 12 - kept
    assert everything(finished) == everything(prepare(videos, tmp_path / "fresh"))
    assert not [name for name in os.listdir(cache) if name.endswith(".writing")]


def test_shards_of_others_are_left_alone(tmp_path):
    """In a folder without an index, and beside one's own, whatever their names."""
    videos, cache = films.folder(tmp_path / "videos"), tmp_path / "cache"
    cache.mkdir()
    theirs = ["clips-00000.tfrecord", "clips-00007.tfrecord", ".clips-00001.tfrecord.writing"]
    theirs += ["clips-test.tfrecord", ".mine.writing"]
    for name in theirs:
        (cache / name).write_bytes(b"mine")
    made = prepare(videos, cache)
    assert {file.shard for file in made.files} == {"clips-00008.tfrecord"}
    films.film(videos / "run" / "new.mp4", 4)
    next((videos / "walk").iterdir()).unlink()
    prepare(videos, cache)
    assert all((cache / name).read_bytes() == b"mine" for name in theirs)


def test_what_a_killed_process_began_is_removed(tmp_path, monkeypatch):
    """Also a shard that it finished, but did not name in the index any more."""
    videos, cache = films.folder(tmp_path / "videos"), tmp_path / "cache"

    def killed(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_index", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare(videos, cache)
    assert sorted(os.listdir(cache)) == [".begun.json", ".lock", "clips-00000.tfrecord"]
    prepare(videos, cache)
    assert sorted(os.listdir(cache)) == [".lock", "clips-00001.tfrecord", "index.json"]


@pytest.mark.slow
def test_a_full_disk_is_one_sentence_and_prepared_later(tmp_path):
    """Files of at most 20 KB stand for it."""
    videos, cache = films.folder(tmp_path / "videos"), tmp_path / "cache"
    limited = """
import resource, signal, sys
from tfvgan_cli.main import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main(["prepare", *sys.argv[1:], "--frames", "4", "--size", "64", "--decoder", "pyav"]))
"""
    command = [sys.executable, "-c", limited, str(videos), str(cache)]
    done = subprocess.run(command, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 2 and "can't be written: File too large." in last
    assert not list(cache.glob("*.tfrecord*")) and not list(cache.glob(".*.writing"))
    assert prepare(videos, cache, size=64).count == 8
    assert sorted(os.listdir(cache)) == [".lock", "clips-00001.tfrecord", "index.json"]


def test_two_at_once_decode_once(tmp_path, decoded):
    videos = films.folder(tmp_path / "videos")
    threads = [
        threading.Thread(target=prepare, args=(videos, tmp_path / "cache")) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(decoded) == 4
    assert ClipCache.open(tmp_path / "cache").count == 8


def test_bad_files_are_named_counted_and_tried_again(tmp_path, caplog):
    videos = films.folder(tmp_path / "videos", frames=(8, 2), classes=())
    (videos / "empty.mp4").write_bytes(b"")
    assert prepare(videos, tmp_path / "cache").count == 2
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert "empty.mp4` (" in text and "of 3 files so far" in text
    assert "2 frames, and a clip takes 4" in text
    films.film(videos / "empty.mp4", 4)
    assert prepare(videos, tmp_path / "cache").count == 3


def test_bad_and_short_files_are_raised_when_asked(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(8, 2), classes=())
    with pytest.raises(ValueError, match="too short"):
        prepare(videos, tmp_path / "cache", short="error")
    (videos / "empty.mp4").write_bytes(b"")
    with pytest.raises(UnreadableVideo, match=r"empty\.mp4"):
        prepare(videos, tmp_path / "other", bad="error")
    assert not list((tmp_path / "other").glob(".*.writing"))


def test_no_good_file_is_an_error(tmp_path):
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "empty.mp4").write_bytes(b"")
    with pytest.raises(ValueError, match="None of the 1 video files gives a clip"):
        prepare(tmp_path / "videos", tmp_path / "cache")


def test_a_cache_of_other_settings_or_videos_is_refused(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(8,), classes=())
    prepare(videos, tmp_path / "cache")
    with pytest.raises(ValueError, match="made with size=16, but size=8 is asked for"):
        prepare(videos, tmp_path / "cache", size=8)
    films.film(tmp_path / "others" / "0.mp4")
    with pytest.raises(ValueError, match="made of other videos"):
        prepare(tmp_path / "others", tmp_path / "cache")


def test_the_bar_counts_files_and_clips(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos")
    prepare(videos, tmp_path / "cache", progress=True)
    shown = capsys.readouterr().err
    assert "4/4" in shown and "8 clips" in shown and "clips/s" in shown
    prepare(videos, tmp_path / "cache", progress=True)
    assert capsys.readouterr().err == ""


def test_for_random_crops_the_whole_picture_is_kept(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(4,), classes=())
    cache = prepare(videos, tmp_path / "cache", size=8, crop="random")
    assert cache.clip(0).shape == (4, 8, 12, 3)
    middle = prepare(videos, tmp_path / "middle", size=8)
    np.testing.assert_array_equal(cache.clip(0)[:, :, 2:10], middle.clip(0))


def test_clips_that_were_read_otherwise_are_taken_as_they_are_and_never_mixed(tmp_path, caplog):
    videos = films.folder(tmp_path / "videos", frames=(8, 3), classes=())
    before = everything(prepare(videos, tmp_path / "cache"))
    index = tmp_path / "cache" / "index.json"
    told = json.loads(index.read_text())
    del told["reading"]  # As earlier versions wrote it.
    index.write_text(json.dumps(told))
    assert everything(prepare(videos, tmp_path / "cache")) == before
    assert "earlier version" in caplog.text and "reading" not in json.loads(index.read_text())
    films.film(videos / "new.mp4", 4, seed=8)
    with pytest.raises(ValueError, match=r"earlier version.*new\.mp4. is not among them"):
        prepare(videos, tmp_path / "cache")
    assert everything(ClipCache.open(tmp_path / "cache")) == before


def test_interlaced_films_are_cut_as_asked_for(tmp_path):
    videos = tmp_path / "videos"
    videos.mkdir()
    media.interlaced(videos / "x.mkv", count=4)
    how = {"size": 64, "decoder": "auto"}
    woven = prepare(videos, tmp_path / "woven", deinterlace="no", **how).clip(0).astype(float)
    whole = prepare(videos, tmp_path / "whole", **how).clip(0).astype(float)
    bar = media.moving_bar(4)
    assert np.abs(whole - bar).mean() < 3 < np.abs(woven - bar).mean()
    with pytest.raises(ValueError, match="deinterlace='no', but deinterlace='auto' is asked for"):
        prepare(videos, tmp_path / "woven", **how)


def test_what_is_there_of_a_file_that_is_cut_off_is_prepared_if_that_is_to_be(tmp_path, caplog):
    path = media.truncated(tmp_path / "videos.mkv", "h264.mkv", keep=0.6)
    how = {"frames": 2, "size": 16, "progress": False}
    with pytest.raises(ValueError, match="it is cut off, its last"):
        prepare(path, tmp_path / "none", **how)
    cache = prepare(path, tmp_path / "cache", partial=True, **how)
    assert 1 <= cache.count <= 5 and "cut off, its last" in caplog.text
    with pytest.raises(ValueError, match="partial=True, but partial=False is asked for"):
        prepare(path, tmp_path / "cache", **how)


def test_names_that_are_no_text_will_do(tmp_path):
    """As of an old disk: caf\xe9 in Latin-1."""
    videos, cache = (tmp_path / os.fsdecode(name) for name in (b"caf\xe9", b"cach\xe9"))
    films.film(videos / os.fsdecode(b"\xe8.mp4"), 8)
    assert prepare(videos, cache).count == 2
    assert ClipCache.open(cache).clip(1).shape == (4, 16, 16, 3)
