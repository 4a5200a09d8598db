"""A run's folder: one process in it, nothing left of nothing, and the clips that it began with."""

import json
import os
import threading

import films
import pytest

from tfvgan.data import prepare
from tfvgan.locks import Busy
from tfvgan.runs.folder import alone_at, alone_in, can_resume, check_clips, is_empty


def test_one_process_is_in_it_and_what_stays_empty_is_removed(tmp_path):
    out = tmp_path / "runs" / "first"
    with alone_in(out):
        assert is_empty(out)
        with pytest.raises(Busy), alone_in(out):
            pass
    assert not out.exists()
    with alone_in(out):
        (out / "settings.json").touch()
        assert not is_empty(out)
    assert os.listdir(out) == ["settings.json"]
    out = tmp_path / "mine"
    out.mkdir()
    with alone_in(out):
        pass
    assert os.listdir(out) == []
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="is a file: choose a folder"), alone_in(tmp_path / "file"):
        pass


def test_who_waits_comes_next(tmp_path, caplog):
    came = []

    def second():
        with alone_in(tmp_path, wait=True):
            came.append(True)

    with alone_in(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)
        assert not came
    other.join(10)
    assert came and "this one waits for it" in caplog.text and not os.listdir(tmp_path)


def test_one_process_makes_a_file_and_leaves_no_more_than_that(tmp_path):
    file = tmp_path / "new" / "x.mp4"
    with alone_at(file):
        told = r"x\.mp4` is being written by process .*: wait for it, or name another"
        with pytest.raises(Busy, match=told), alone_at(file):
            pass
        with alone_at(file.with_name("y.mp4")):
            pass
    assert not file.parent.exists()
    with alone_at(file):
        file.touch()
    assert os.listdir(file.parent) == ["x.mp4"]


def test_what_is_trained_in_is_not_advised_to_be_resumed(tmp_path):
    out = tmp_path / "run"
    with alone_in(out):
        assert not can_resume(out)
        (out / "settings.json").touch()
        assert not can_resume(out)
    assert can_resume(out)


def test_other_clips_are_told_from_those_that_it_began_with(tmp_path):
    how = {"frames": 4, "size": 8, "decoder": "pyav", "progress": False}
    videos = films.folder(tmp_path / "videos", frames=(4, 9))
    prepare(videos, tmp_path / "cache", **how)
    check_clips(tmp_path, tmp_path / "cache")
    noted = json.loads((tmp_path / "clips.json").read_text())
    assert (noted["videos"], noted["clips"], len(noted["fingerprint"])) == (2, 3, 64)
    prepare(videos, tmp_path / "again", **how)
    check_clips(tmp_path, tmp_path / "again")
    films.film(videos / "more.mp4", 4)
    prepare(videos, tmp_path / "cache", **how)
    with pytest.raises(ValueError, match="3 clips of 2 videos and 4 clips of 3 videos"):
        check_clips(tmp_path, tmp_path / "cache")
