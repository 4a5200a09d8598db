"""One file of a folder: done once, and gone on with."""

import json
import os
import threading

import pytest
import toy_verb

from tfvgan.batch import work as module
from tfvgan.batch.listed import items
from tfvgan.batch.records import Records
from tfvgan.batch.work import FolderJob, WrongJob, work
from tfvgan.streaming import unfinished


@pytest.fixture
def place(tmp_path):
    """A function of names and settings to a job and its items; each call is logged."""
    (tmp_path / "log").mkdir()

    def made(*names, overwrite=False, **settings):
        folder = toy_verb.films(tmp_path / "in", *names)
        out = tmp_path / "out"
        settings |= {"log": str(tmp_path / "log")}
        job = FolderJob(toy_verb.opened, "copy", settings, str(out), overwrite, "run")
        Records(out).begin(job.noted, overwrite)
        return job, {item.name: item for item in items(folder, out)}

    return made


def calls(tmp_path):
    """Returns what each call was told, by the name of the video, in order."""
    files = sorted((tmp_path / "log").iterdir(), key=lambda file: int(file.stem.split("-")[-1]))
    return [(file.name.split("-")[0], file.read_text()) for file in files]


def test_a_file_is_made_once(place, tmp_path):
    job, found = place("a.mp4", "walk/b.mp4")
    record = work(job, found["walk/b.mp4"])
    assert (tmp_path / "out" / "walk" / "b.mp4").read_text() == "walk/b.mp4"
    assert (record["state"], record["out"], record["bytes"]) == ("done", "walk/b.mp4", 10)
    assert record["name"] == "walk/b.mp4" and record["seconds"] >= 0 and "error" not in record
    assert f"{os.getpid()} on" in record["by"]
    assert work(job, found["walk/b.mp4"]) == record
    assert calls(tmp_path) == [("b", "False False")]
    assert not list((tmp_path / "out").rglob("*.lock"))


def test_what_fails_is_told_and_tried_again(place, tmp_path):
    job, found = place("bad.mp4", "odd.mp4")
    for name, said, again in (
        ("bad.mp4", "bad can't be read", False),
        ("odd.mp4", "unexpected TypeError: odd", True),
    ):
        record = work(job, found[name])
        assert (record["state"], record["error"], record["again"]) == ("failed", said, again)
        assert Records(job.out).read(name) == record
    work(job, found["bad.mp4"])
    assert [name for name, _ in calls(tmp_path)] == ["bad", "odd", "bad"]


def test_damage_is_kept_in_the_record(place):
    job, found = place("damaged.mp4")
    assert work(job, found["damaged.mp4"])["damaged"] == ["a group is lost"]


def test_what_is_gone_has_failed(place):
    job, found = place("a.mp4")
    os.unlink(found["a.mp4"].path)
    assert "No such file" in work(job, found["a.mp4"])["error"]


def test_a_changed_video_replaces_its_own_output_and_no_other(place, tmp_path):
    job, found = place("a.mp4", "b.mp4")
    (tmp_path / "out" / "b.mp4").write_text("somebody's")
    assert "is there already" in work(job, found["b.mp4"])["error"]
    assert (tmp_path / "out" / "b.mp4").read_text() == "somebody's"
    work(job, found["a.mp4"])
    (tmp_path / "in" / "a.mp4").write_text("changed")
    assert work(job, found["a.mp4"])["state"] == "done"
    assert (tmp_path / "out" / "a.mp4").read_text() == "changed"
    job, found = place("b.mp4", overwrite=True)
    work(job, found["b.mp4"])
    assert (tmp_path / "out" / "b.mp4").read_text() == "b.mp4"
    assert calls(tmp_path)[-1] == ("b", "False True")


def stopped_after(monkeypatch, job, item, number):
    """Has the process stopped when that record of an item would be written."""
    written, write = [], Records.write

    def once(self, name, record):
        written.append(record["state"])
        if len(written) == number:
            raise KeyboardInterrupt
        return write(self, name, record)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Records, "write", once)
        work(job, item)


def test_what_was_stopped_between_its_end_and_its_record_is_done(place, tmp_path, monkeypatch):
    job, found = place("a.mp4")
    stopped_after(monkeypatch, job, found["a.mp4"], 2)
    assert (tmp_path / "out" / "a.mp4").is_file()
    record = work(job, found["a.mp4"])
    assert (record["state"], record["bytes"]) == ("done", 5)
    assert len(calls(tmp_path)) == 1, "it was whole"


def test_with_comparisons_it_is_gone_on_with(place, tmp_path, monkeypatch):
    job, found = place("a.mp4", compare=True)
    stopped_after(monkeypatch, job, found["a.mp4"], 2)
    work(job, found["a.mp4"])
    assert calls(tmp_path) == [("a", "False False"), ("a", "True False")]


def begun(item):
    """Leaves an output that is begun and not finished."""
    folder = unfinished(item.out)
    folder.mkdir(parents=True)
    (folder / "job.json").write_text("{}")
    return folder


def test_what_was_begun_is_resumed(place, tmp_path, monkeypatch):
    job, found = place("a.mp4")
    (tmp_path / "in" / "a.mp4").rename(tmp_path / "in" / "bad.mp4")
    item = found["a.mp4"]._replace(path=str(tmp_path / "in" / "bad.mp4"))
    work(job, item)
    begun(item)
    work(job, item)
    assert [told for _, told in calls(tmp_path)] == ["False False", "True False"]
    (tmp_path / "in" / "bad.mp4").write_text("another")
    folder = begun(item) if not unfinished(item.out).exists() else unfinished(item.out)
    work(job, item)
    assert not folder.exists(), "it was of another video"
    assert calls(tmp_path)[-1][1] == "False False"


def test_what_was_begun_with_other_memory_is_begun_anew(place, tmp_path):
    """Tiles are of another size then, so that streaming would refuse to go on."""
    job, found = place("bad.mp4", memory=1000)
    less = job._replace(settings={**job.settings, "memory": 500})
    work(job, found["bad.mp4"])
    folder = begun(found["bad.mp4"])
    work(less, found["bad.mp4"])
    assert not folder.exists()
    begun(found["bad.mp4"])
    work(less, found["bad.mp4"])
    assert [told for _, told in calls(tmp_path)] == ["False False", "False False", "True False"]


def test_two_at_once_make_it_once(place, tmp_path):
    job, found = place("a.mp4", seconds=0.2)
    threads = [threading.Thread(target=work, args=(job, found["a.mp4"])) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls(tmp_path)) == 1 and Records(job.out).read("a.mp4")["state"] == "done"


def test_settings_that_suit_no_file_stop_all(place):
    job, found = place("a.mp4", wrong="model")
    with pytest.raises(WrongJob, match="there is no 'model'"):
        work(job, found["a.mp4"])
    assert Records(job.out).read("a.mp4") is None


def test_the_model_is_loaded_once(place, monkeypatch):
    job, found = place("a.mp4", "b.mp4", "c.mp4")
    loaded = []

    def opened(settings):
        loaded.append(settings)
        return toy_verb.opened(settings)

    job = job._replace(opened=opened)
    for item in found.values():
        work(job, item)
    assert loaded == [json.loads(json.dumps(job.settings))]
    assert module.WrongJob.__base__ is ValueError
