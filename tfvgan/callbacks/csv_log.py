"""The logs as a table that survives being killed."""

import csv
from pathlib import Path

import keras

from tfvgan.whole import write_whole


class CsvLog(keras.callbacks.Callback):
    """Writes the logs as a csv file, a row an epoch, `epoch` counting from 0.

    The file is whole at any moment. An epoch that comes again, because the training was killed
    after it had been logged, replaces its row and those after it.

    Args:
        path: the file; made when it is not there, continued when it is.
    """

    def __init__(self, path):
        super().__init__()
        self.path = Path(path)

    def on_epoch_end(self, epoch, logs=None):
        """Adds the row."""
        rows = [row for row in self._rows() if int(row["epoch"]) < epoch]
        rows.append({"epoch": epoch, **{name: float(value) for name, value in logs.items()}})
        names = list(dict.fromkeys(name for row in rows for name in row))

        def write(path):
            with open(path, "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, names, restval="nan", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

        write_whole(self.path, write)

    def _rows(self):
        if not self.path.is_file():
            return []
        with open(self.path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
