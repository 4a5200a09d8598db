"""Save the whole training state, so that a run can be killed at any moment and continued."""

import os
import re
import time
from pathlib import Path

import keras

from tfvgan.data.errors import say_once
from tfvgan.engine.distribution import any_worker
from tfvgan.sealed import write_sealed


class Checkpoint(keras.callbacks.Callback):
    """Saves the model as `step-00000123.keras` each epoch and every few minutes.

    A file appears under its name only when it is whole. It holds the networks, the average, both
    optimizers and the step: `keras.models.load_model` returns a model that trains on as if it had
    never stopped, given the batches that would have come next.

    Args:
        folder: where to save; made when it is not there.
        minutes: float, the longest time between two files within an epoch.
        keep: int, how many of the newest files of this training stay. Those of another, which were
            in the folder before, all do.
        writes: bool, False on all workers but one. They stop together, whichever is asked to.
    """

    def __init__(
        self, folder: str | os.PathLike, minutes: float = 10.0, keep: int = 2, writes: bool = True
    ):
        super().__init__()
        self.folder = Path(folder)
        self.minutes = minutes
        self.keep = keep
        self.writes = writes
        self._stop = False
        self._others = None

    def request_stop(self) -> None:
        """Lets the next batch end with a file saved and `KeyboardInterrupt` raised."""
        self._stop = True

    def save(self) -> str:
        """Returns the path of the file that now holds the model, or will where another writes."""
        path = self.folder / f"step-{self.model.steps_made:08d}.keras"
        if not self.writes:
            return str(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_sealed(path, self.model.save)
        ours = [file for file in checkpoints(self.folder) if file not in (self._others or ())]
        for old in ours[: -self.keep]:
            old.unlink(missing_ok=True)  # Workers may share a folder.
        self._saved = time.monotonic()
        return str(path)

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Starts the clock, and finds checkpoints of other trainings in the folder."""
        self._saved = time.monotonic()
        if self._others is None and self.writes:
            self._others = self._files_of_others()

    def _files_of_others(self):
        """Returns the files of other trainings: all, unless this one goes on from one of them."""
        files, step = checkpoints(self.folder), self.model.steps_made
        if step in map(step_of, files):
            files = [file for file in files if step_of(file) > step]
        if files:
            say_once(
                f"`{self.folder}` holds checkpoints of another training, such as {files[-1].name}, "
                "the newest while it has the highest step: choose another folder."
            )
        return files

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Saves when asked to stop, or when the last file is old."""
        if any_worker(self.model.distribute_strategy, self._stop):
            path = self.save()
            raise KeyboardInterrupt(f"Stopped after step {self.model.steps_made}, saved in {path}.")
        if self.writes and time.monotonic() - self._saved >= self.minutes * 60:
            self.save()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Saves."""
        self.save()


def checkpoints(folder):
    """Returns the paths of the checkpoints in a folder, oldest first.

    Files that a killed process has left unfinished are not among them.
    """
    files = Path(folder).glob("step-*.keras")
    saved = (path for path in files if re.fullmatch(r"step-\d{8,}\.keras", path.name))
    return sorted(saved, key=step_of)


def step_of(path):
    """Returns the step that a checkpoint was saved at, as its name says."""
    return int(Path(path).stem.removeprefix("step-"))
