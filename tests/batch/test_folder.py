"""Folders in, folders out."""

import functools
import json
from pathlib import Path

import pytest
import toy_verb

from tfvgan.batch import Shard, folder, run_folder
from tfvgan.batch.verbs import VERBS, Verb

NAMES = ("a.mp4", "b.mkv", "walk/c.mp4", "walk/d.mp4", "walk/e.mp4")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """`run_folder` of a verb that copies, from "in" to "out"."""
    monkeypatch.setitem(VERBS, "copy", Verb(toy_verb.opened, toy_verb.plain))
    return functools.partial(run_folder, "copy", tmp_path / "in", tmp_path / "out")


def manifest(outcome):
    text = Path(outcome.manifest).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_all_are_made_and_the_next_time_none(tmp_path, copy, capsys):
    toy_verb.films(tmp_path / "in", *NAMES)
    told = []
    first = copy(show=True, tell=told.append)
    assert sorted(first.made) == sorted(NAMES) and not (first.same or first.failed or first.left)
    assert [(tmp_path / "out" / name).read_text() for name in NAMES] == list(NAMES)
    assert "5/5" in capsys.readouterr().err and len(told) == 5
    again = copy()
    assert sorted(again.same) == sorted(NAMES) and not again.made
    assert [line["name"] for line in manifest(again)] == sorted(NAMES)
    toy_verb.films(tmp_path / "in", "new.mp4")
    assert copy().made == ["new.mp4"]


def test_shares_make_each_file_once_and_one_manifest(tmp_path, copy):
    names = [f"{number}.mp4" for number in range(20)]
    toy_verb.films(tmp_path / "in", *names)
    outcomes = [copy(shard=Shard(index, 3)) for index in range(3)]
    made = [name for outcome in outcomes for name in outcome.made]
    assert sorted(made) == sorted(names) and all(outcome.made for outcome in outcomes)
    assert [outcome.left for outcome in outcomes][-1] == 0 and outcomes[0].left > 0
    assert [line["name"] for line in manifest(outcomes[2])] == sorted(names)
    assert sorted(copy().same) == sorted(names)


def test_what_fails_stops_no_other_and_is_tried_again(tmp_path, copy):
    (tmp_path / "log").mkdir()
    toy_verb.films(tmp_path / "in", "a.mp4", "bad.mp4", "odd.mp4", "damaged.mp4")
    outcome = copy({"log": str(tmp_path / "log")})
    assert outcome.made == ["a.mp4", "damaged.mp4"] and outcome.left == 2
    assert [record["name"] for record in outcome.failed] == ["bad.mp4", "odd.mp4"]
    assert [record["name"] for record in outcome.damaged] == ["damaged.mp4"]
    counts = {name: len(list((tmp_path / "log").glob(f"{name}-*"))) for name in ("bad", "odd")}
    assert counts == {"bad": 1, "odd": 2}, "a sentence on a file stays true; what is odd may pass"
    lines = {line["name"]: line for line in manifest(outcome)}
    assert lines["bad.mp4"]["error"] == "bad can't be read" and lines["a.mp4"]["state"] == "done"


def test_settings_are_the_same_until_all_are_done(tmp_path, copy):
    toy_verb.films(tmp_path / "in", "a.mp4")
    copy({"strength": 0.5})
    with pytest.raises(ValueError, match="strength was 0.5 and is 1"):
        copy({"strength": 1})
    assert copy({"strength": 1}, overwrite=True).made == ["a.mp4"]
    assert copy({"strength": 1}).same == ["a.mp4"]


def test_memory_may_change_between_calls(tmp_path, copy):
    toy_verb.films(tmp_path / "in", "a.mp4")
    copy({"strength": 0.5, "memory": 1000})
    assert copy({"strength": 0.5, "memory": 500}).same == ["a.mp4"]
    assert copy({"strength": 0.5}).same == ["a.mp4"]


def test_paths_are_absolute_for_others(tmp_path, copy, monkeypatch):
    monkeypatch.chdir(tmp_path)
    toy_verb.films(tmp_path / "in", "a.mp4")
    toy_verb.films(tmp_path, "mask.png")
    copy({"mask": "mask.png", "style": "ink"})
    noted = json.loads((tmp_path / "out" / ".files" / "job.json").read_text())
    assert noted == {"verb": "copy", "mask": str(tmp_path / "mask.png"), "style": "ink"}


def test_a_stop_keeps_what_is_done(tmp_path, copy):
    toy_verb.films(tmp_path / "in", "a.mp4", "b.mp4", "c.mp4")

    def stop(record):
        if record["name"] == "b.mp4":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(tell=stop)
    assert len((tmp_path / "out" / "manifest.jsonl").read_text().splitlines()) == 2
    assert copy().made == ["c.mp4"]


def test_endings_of_all_outputs_can_be_chosen(tmp_path, copy):
    toy_verb.films(tmp_path / "in", "a.mp4", "walk/b.mkv")
    copy(ending=".webm")
    assert (tmp_path / "out" / "walk" / "b.webm").is_file()
    with pytest.raises(ValueError, match="such as .mkv, but is 'mkv'"):
        copy(ending="mkv")


def test_wrong_words_are_refused(tmp_path, copy):
    toy_verb.films(tmp_path / "in", "a.mp4")
    with pytest.raises(ValueError, match="`verb` must be one of restore, stylize"):
        run_folder("paint", tmp_path / "in", tmp_path / "out")
    with pytest.raises(ValueError, match="from 1, but is 0"):
        copy(jobs=0)
    with pytest.raises(ValueError, match="there is no 'x'"):
        copy({"wrong": "x"})


@pytest.mark.slow
def test_processes_make_what_one_makes(tmp_path, copy):
    toy_verb.films(tmp_path / "in", *NAMES, "bad.mp4")
    outcome = copy(jobs=2)
    assert sorted(outcome.made) == sorted(NAMES) and outcome.left == 1
    assert folder.AGAIN == 1
