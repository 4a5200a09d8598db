"""Checkpoint: whole files only, the newest kept, and a stop in the middle that leaves no trace."""

import sys

import keras
import pytest
import toy
from same import assert_same_weights

from tfvgan.callbacks import Checkpoint
from tfvgan.callbacks.checkpoint import checkpoints, step_of


class StopAt(keras.callbacks.Callback):
    """Asks for a stop after so many steps, as a signal would."""

    def __init__(self, checkpoint, step):
        super().__init__()
        self.checkpoint, self.step = checkpoint, step

    def on_train_batch_end(self, batch, logs=None):
        if int(self.model.step) == self.step:
            self.checkpoint.request_stop()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_keeps_the_newest_files(tmp_path):
    toy.model().fit(toy.dataset(), epochs=3, verbose=0, callbacks=[Checkpoint(tmp_path, keep=2)])
    assert names(tmp_path) == ["step-00000008.keras", "step-00000012.keras"]
    assert [path.name for path in checkpoints(tmp_path)] == names(tmp_path)


def test_steps_are_numbers(tmp_path):
    for step in (100_000_000, 99_999_999, 5):
        (tmp_path / f"step-{step:08d}.keras").touch()
    assert [step_of(path) for path in checkpoints(tmp_path)] == [5, 99_999_999, 100_000_000]


def test_those_of_another_training_stay_and_are_told(tmp_path, caplog):
    theirs = [tmp_path / f"step-0000000{step}.keras" for step in (1, 2, 3)]
    theirs.append(tmp_path / "step-00000099.keras")
    for path in theirs:
        path.write_bytes(b"theirs")
    toy.model().fit(toy.dataset(), epochs=3, verbose=0, callbacks=[Checkpoint(tmp_path, keep=1)])
    kept = [path.name for path in theirs]
    assert names(tmp_path) == [*kept[:3], "step-00000012.keras", kept[3]]
    assert "of another training, such as step-00000099.keras" in caplog.text


def test_one_that_goes_on_keeps_as_many_as_it_may(tmp_path):
    model = toy.model()
    for _ in range(3):
        model.fit(toy.dataset(), verbose=0, callbacks=[Checkpoint(tmp_path, keep=2)])
    assert names(tmp_path) == ["step-00000008.keras", "step-00000012.keras"]


def test_a_worker_that_writes_nothing_stops_where_the_others_do(tmp_path):
    checkpoint = Checkpoint(tmp_path / "saved", minutes=0, writes=False)
    callbacks = [StopAt(checkpoint, 3), checkpoint]
    with pytest.raises(KeyboardInterrupt, match=r"after step 3, saved in .*step-00000003\.keras"):
        toy.model().fit(toy.dataset(), verbose=0, callbacks=callbacks)
    assert not (tmp_path / "saved").exists()


def test_all_stop_where_one_is_asked_to(tmp_path, monkeypatch):
    module = sys.modules["tfvgan.callbacks.checkpoint"]
    monkeypatch.setattr(module, "any_worker", lambda strategy, stop: stop is False)
    with pytest.raises(KeyboardInterrupt, match="after step 1"):
        toy.model().fit(toy.dataset(), verbose=0, callbacks=[Checkpoint(tmp_path)])
    assert names(tmp_path) == ["step-00000001.keras"]


def test_saves_within_an_epoch_when_the_last_file_is_old(tmp_path):
    checkpoint = Checkpoint(tmp_path, minutes=0, keep=9)
    toy.model().fit(toy.dataset(), verbose=0, callbacks=[checkpoint])
    assert len(names(tmp_path)) == 4


def test_a_failed_save_leaves_nothing(tmp_path, monkeypatch):
    checkpoint = Checkpoint(tmp_path)
    checkpoint.set_model(toy.model())

    def fail(path):
        path.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(checkpoint.model, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        checkpoint.save()
    assert names(tmp_path) == []


def test_unfinished_files_of_a_killed_process_are_no_checkpoints(tmp_path):
    (tmp_path / ".writing-123-step-00000004.keras").write_bytes(b"half")
    assert checkpoints(tmp_path) == []
    assert checkpoints(tmp_path / "nowhere") == []


def test_a_training_stopped_within_an_epoch_continues_as_if_it_had_not(tmp_path):
    """The weights are the same bit for bit."""
    data = toy.dataset(8)
    whole = toy.model()
    whole.fit(data.repeat(), epochs=2, steps_per_epoch=4, verbose=0)

    checkpoint = Checkpoint(tmp_path)
    callbacks = [StopAt(checkpoint, 6), checkpoint]
    with pytest.raises(KeyboardInterrupt, match=r"Stopped after step 6, saved in .*00000006"):
        toy.model().fit(data.repeat(), epochs=2, steps_per_epoch=4, verbose=0, callbacks=callbacks)
    model = keras.models.load_model(checkpoints(tmp_path)[-1])
    assert int(model.step) == 6
    model.fit(data.skip(2), verbose=0)
    assert_same_weights(whole, model)
