"""The newest model of a run, by its step, and what is taken where it is damaged."""

import os
from types import SimpleNamespace

import pytest

from tfvgan.runs import newest as module
from tfvgan.runs.newest import load_checkpoint, load_newest


@pytest.fixture(autouse=True)
def light(monkeypatch):
    """Files that hold no more than a step stand for models."""

    def load(path):
        text = path.read_text()
        if not text.isdecimal():
            raise ValueError(f"`{path}` is damaged: make it anew.")
        return SimpleNamespace(steps_made=int(text))

    monkeypatch.setattr(module, "load_keras", load)


def save(path, step, when=1):
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(str(step))
    os.utime(path, ns=(when, when))
    return path


def damaged(path):
    return save(path, "no model")


def newest(folder):
    """Returns the step of the newest model, and the name of its file."""
    model, file = load_newest(folder)
    return model.steps_made, file.name


def test_the_step_says_which_is_the_newest_whenever_files_were_written(tmp_path):
    for step, when in ((100_000_001, 1), (99_999_999, 2), (7, 3)):
        save(tmp_path / "checkpoints" / f"step-{step:08d}.keras", step, when)
    assert newest(tmp_path) == (100_000_001, "step-100000001.keras")
    save(tmp_path / "model.keras", 5, 9)
    assert newest(tmp_path) == (100_000_001, "step-100000001.keras")
    save(tmp_path / "model.keras", 100_000_001, 0)
    assert newest(tmp_path) == (100_000_001, "model.keras")


def test_what_is_damaged_is_told_and_one_before_is_taken(tmp_path, caplog):
    saved = tmp_path / "checkpoints"
    save(saved / "step-00000003.keras", 3)
    final, last = damaged(tmp_path / "model.keras"), damaged(saved / "step-00000009.keras")
    assert newest(tmp_path) == (3, "step-00000003.keras")
    for text in (str(final), str(last), "The one before, `step-00000003.keras`, is taken"):
        assert text in caplog.text
    save(final, 2)
    assert newest(tmp_path) == (3, "step-00000003.keras")
    save(final, 5)
    assert newest(tmp_path) == (5, "model.keras")


def test_a_training_sets_aside_what_is_damaged(tmp_path):
    assert load_checkpoint(tmp_path) is None
    for step in (8, 9):
        damaged(tmp_path / f"step-0000000{step}.keras")
    with pytest.raises(ValueError, match="step-00000009.keras` is damaged"):
        load_checkpoint(tmp_path)
    save(tmp_path / "step-00000003.keras", 3)
    assert load_checkpoint(tmp_path, aside=False).steps_made == 3
    assert not list(tmp_path.glob("*.damaged")), "another worker sets it aside"
    assert load_checkpoint(tmp_path).steps_made == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "step-00000003.keras",
        "step-00000008.keras.damaged",
        "step-00000009.keras.damaged",
    ]


def test_nothing_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="holds no model.keras and no checkpoint"):
        load_newest(tmp_path)


def test_of_a_name_that_there_is_not_what_may_be_meant_is_said(tmp_path):
    with pytest.raises(
        ValueError, match="nothing at `restore_x5`.*did you mean .*restore_x2.*? Or"
    ):
        load_newest("restore_x5")
    with pytest.raises(ValueError, match=f"nothing at `{tmp_path}/runs`, nor .* name: give the"):
        load_newest(tmp_path / "runs")
