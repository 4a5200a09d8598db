"""The logs as a table that survives being killed."""

import csv
import os
from pathlib import Path

import keras

from tfvgan.data.errors import say_once
from tfvgan.whole import write_whole


class CsvLog(keras.callbacks.Callback):
    """Writes the logs as a csv file, a row an epoch, `epoch` counting from 0.

    The file is whole at any moment. An epoch that comes again, because the training was killed
    after it had been logged, replaces its row and those after it. A file that is damaged is set
    aside, under a name that ends in ".damaged", and a new one is begun.

    Args:
        path: the file; made when it is not there, continued when it is.
    """

    def __init__(self, path: str | os.PathLike):
        super().__init__()
        self.path = Path(path)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
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
        """Returns the rows that are there, dicts."""
        if not self.path.is_file():
            return []
        try:
            with open(self.path, newline="", encoding="utf-8") as file:
                table = csv.DictReader(file, strict=True)
                rows = list(table)
            if "epoch" not in (table.fieldnames or ["epoch"]):
                raise ValueError("it has no epochs")
            for row in rows:
                int(row["epoch"])
                if None in row or None in row.values():
                    raise ValueError("a row is longer or shorter than the first")
        except (ValueError, KeyError, TypeError, csv.Error) as error:
            aside = self.path.with_name(f"{self.path.name}.damaged")
            self.path.replace(aside)
            say_once(f"{self.path} is damaged ({error}): it is now {aside.name}, a new one begins.")
            return []
        return rows
