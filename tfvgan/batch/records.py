"""What became of each file of a folder: a small record each, and the manifest made of them."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tfvgan.locks import Lock
from tfvgan.whole import write_whole

RECORDS = ".files"  # The hidden folder of the records, in that of the outputs.
MANIFEST = "manifest.jsonl"
JOB = "job.json"
DONE, BEGUN, FAILED = "done", "begun", "failed"


class Records:
    """The records in a folder of outputs, which any number of processes write at once.

    Each file has one of its own, named after it. So nothing that a process writes is overwritten
    by another, and no file can be in the manifest twice.

    Args:
        out: the folder of the outputs.
    """

    def __init__(self, out: str | os.PathLike):
        self.out = Path(out)
        self.folder = self.out / RECORDS

    def begin(self, job: dict[str, Any], anew: bool = False) -> None:
        """Notes what is done to the files; it is the same until all are done.

        Args:
            job: dict of JSON's values, the verb and its settings.
            anew: bool, whether other settings than those noted are to replace what they made.

        Raises:
            ValueError: when it was begun with others, without `anew`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file, job = self.folder / JOB, json.loads(json.dumps(job))
        begun = _read(file)
        if begun == job:
            return
        if begun is not None and not anew:
            differ = sorted(
                name for name in begun.keys() | job.keys() if begun.get(name) != job.get(name)
            )
            told = ", ".join(
                f"{name} was {begun.get(name)!r} and is {job.get(name)!r}" for name in differ
            )
            raise ValueError(
                f"What is in `{self.out}` was made with other settings ({told}): use those, name "
                "another folder, or have it replaced by `overwrite` (--overwrite)."
            )
        _write(file, job)

    def read(self, name: str) -> dict[str, Any] | None:
        """Returns the record of a file, a dict; None where there is none."""
        return _read(self._file(name))

    def write(self, name: str, record: dict[str, Any]) -> dict[str, Any]:
        """Returns the record, which now is that of a file."""
        _write(self._file(name), {"name": name, **record})
        return {"name": name, **record}

    def claim(self, name: str) -> Lock:
        """Returns a lock on a file's record; it waits for another process that is at the file."""
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        return Lock(file.with_suffix(".lock"), wait=True)

    def made(self, item: Any, job: dict[str, Any]) -> dict[str, Any] | None:
        """Returns the record of an `Item` that is done and has not changed since; else None.

        Args:
            item: `Item`.
            job: as of `begin`.

        Raises:
            OSError: when the video is gone.
        """
        record = self.read(item.name)
        if record is None or record.get("state") != DONE:
            return None
        same = record.get("source") == item.state() and record.get("job") == key(job)
        return record if same and record.get("bytes") == size_at(item.out) else None

    def all(self) -> Iterator[dict[str, Any]]:
        """Yields all records, in no order."""
        for file in self.folder.glob("??/*.json"):
            if (record := _read(file)) is not None:
                yield record

    def merge(self) -> str:
        """Returns the path of the manifest, a JSON line for each file that was begun, by name."""
        path = self.out / MANIFEST
        self.folder.mkdir(parents=True, exist_ok=True)
        with Lock(self.folder / "manifest.lock", wait=True):
            lines = sorted((record["name"], json.dumps(record)) for record in self.all())
            text = "".join(f"{line}\n" for _, line in lines)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
        return str(path)

    def _file(self, name):
        """Returns the path of a file's record: in one of 256 folders, since each is listed."""
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()
        return self.folder / digest[:2] / f"{digest[2:34]}.json"


def key(job: dict[str, Any]) -> str:
    """Returns a short text that jobs of the same settings alone have."""
    text = json.dumps(job, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def size_at(path: str | os.PathLike) -> int | None:
    """Returns the bytes of a file, or of all in a folder; None where nothing is."""
    if os.path.isdir(path):
        return sum(entry.stat().st_size for entry in os.scandir(path))
    return os.path.getsize(path) if os.path.exists(path) else None


def _read(file):
    """Returns the dict in a JSON file; None where there is none, or it is damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(file, record):
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record)
    write_whole(file, lambda path: path.write_text(text, encoding="utf-8"))
