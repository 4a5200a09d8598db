"""Records of files, and the manifest made of them."""

import json
import os
from pathlib import Path

import pytest
import toy_verb

from tfvgan.batch.listed import Item
from tfvgan.batch.records import DONE, Records, key, size_at
from tfvgan.library.fingerprint import state_of

JOB = {"verb": "copy", "strength": 0.5}


def begun(tmp_path, job=JOB):
    records = Records(tmp_path / "out")
    records.begin(job)
    return records


def test_the_manifest_has_a_line_a_file_by_name(tmp_path):
    records = begun(tmp_path)
    for name in ("b.mp4", "a/c.mp4", "\udcff.mp4", "b.mp4"):
        assert records.write(name, {"state": DONE, "bytes": 3})["name"] == name
    path = records.merge()
    lines = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    assert [line["name"] for line in lines] == ["a/c.mp4", "b.mp4", "\udcff.mp4"]
    assert lines[0] == {"name": "a/c.mp4", "state": DONE, "bytes": 3}
    before = os.stat(path).st_mtime_ns, os.stat(path).st_ino
    records.merge()
    assert (os.stat(path).st_mtime_ns, os.stat(path).st_ino) == before


def test_records_of_several_processes_are_merged(tmp_path):
    one, other = begun(tmp_path), begun(tmp_path)
    one.write("a.mp4", {"state": DONE})
    one.merge()
    other.write("b.mp4", {"state": DONE})
    assert len(Path(other.merge()).read_text(encoding="utf-8").splitlines()) == 2


def test_a_damaged_record_is_none(tmp_path):
    records = begun(tmp_path)
    records.write("a.mp4", {"state": DONE})
    (file,) = records.folder.glob("??/*.json")
    file.write_text('{"name": "a.m')
    assert records.read("a.mp4") is None and records.read("b.mp4") is None
    assert not list(records.all())


def test_other_settings_are_refused_unless_they_may_replace(tmp_path):
    begun(tmp_path)
    begun(tmp_path)
    with pytest.raises(ValueError, match=r"\(strength was 0.5 and is 1\): use those"):
        begun(tmp_path, {"verb": "copy", "strength": 1})
    Records(tmp_path / "out").begin({"verb": "copy"}, anew=True)
    begun(tmp_path, {"verb": "copy"})


def test_what_is_done_is_so_until_something_changes(tmp_path):
    video = toy_verb.films(tmp_path / "in", "a.mp4") / "a.mp4"
    records, out = begun(tmp_path), tmp_path / "out" / "a.mp4"
    item = Item("a.mp4", str(video), str(out))
    out.write_text("made")
    record = {"state": DONE, "source": list(state_of(video)), "job": key(JOB), "bytes": 4}
    records.write("a.mp4", record)
    assert records.made(item, JOB) == {"name": "a.mp4", **record}
    assert records.made(item, {**JOB, "strength": 1}) is None
    records.write("a.mp4", {**record, "state": "begun"})
    assert records.made(item, JOB) is None
    records.write("a.mp4", record)
    out.write_text("made of something else")
    assert records.made(item, JOB) is None
    out.write_text("made")
    video.write_text("another")
    assert records.made(item, JOB) is None


def test_a_claim_is_waited_for(tmp_path):
    records = begun(tmp_path)
    lock = records.claim("a.mp4")
    assert lock.is_held and os.path.exists(lock.path)
    with records.claim("b.mp4") as other:
        assert other.path != lock.path
    lock.close(remove=True)


def test_sizes(tmp_path):
    assert size_at(tmp_path / "none") is None
    toy_verb.films(tmp_path / "two", "aa", "b")
    assert (size_at(tmp_path / "two"), size_at(tmp_path / "two" / "aa")) == (3, 2)
