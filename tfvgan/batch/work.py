"""One file of a folder: made unless it is done, gone on with where that was stopped."""

import contextlib
import functools
import json
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tfvgan.batch.listed import Item
from tfvgan.batch.records import BEGUN, DONE, FAILED, Records, key, size_at
from tfvgan.streaming import can_go_on, unfinished

Make = Callable[..., list[str]]
MEMORY = "memory"  # The setting that decides how an output is made, and not what it is.


class WrongJob(ValueError):
    """What is to be done can't be done to any file; the message says why."""


class FolderJob(NamedTuple):
    """What is done to each file of a folder, such as a worker is told it.

    Attributes:
        opened: function in a module that is handed the settings as a dict, and returns one that
            makes a file: of the paths of a video and of its output, of `resume` and `overwrite`,
            and of `beside` where an item has it, it returns sentences on what is damaged.
        verb: str, its name in records.
        settings: dict of JSON's values.
        out: the folder of the outputs.
        overwrite: bool, whether outputs that are none of this job may be replaced.
        run: str, by which records tell which run of the command began a file.
    """

    opened: Callable[[dict], Make]
    verb: str
    settings: dict
    out: str
    overwrite: bool = False
    run: str = ""

    @property
    def noted(self) -> dict[str, Any]:
        """Returns what decides the outputs, a dict."""
        return {"verb": self.verb, **{n: v for n, v in self.settings.items() if n != MEMORY}}


def work(job: FolderJob, item: Item) -> dict[str, Any]:
    """Returns the record of an item that is done, or has failed, now or before.

    It may be called again and again, and by several processes at once: one of them does the work,
    and the others wait for it. One that is killed is followed by another, which goes on.

    Args:
        job: `FolderJob`.
        item: `Item`.

    Raises:
        WrongJob: when the job can be done to no file, as where there is no such model.
    """
    make, records = _opened(job.opened, json.dumps(job.settings, sort_keys=True)), Records(job.out)
    with _claimed(records, item.name):
        try:
            return records.made(item, job.noted) or _made(job, item, make, records)
        except Exception as error:
            return records.write(item.name, _failure(job, item, error))


def _made(job, item, make, records):
    """Makes the output of an item, and returns its record."""
    before, started = records.read(item.name) or {}, time.monotonic()
    same = (before.get("source"), before.get("job")) == (item.state(), key(job.noted))
    begun = same and before.get("state") in (BEGUN, FAILED)
    if not begun or before.get(MEMORY) != job.settings.get(MEMORY):
        # What is unfinished is of another video, of other settings, or of tiles of another size.
        shutil.rmtree(unfinished(item.out), ignore_errors=True)
    ours = before.get("state") == DONE and before.get("bytes") == size_at(item.out)
    free = size_at(item.out) is None or (begun and bool(before.get("free")))
    record = {"state": BEGUN, "source": item.state(), "job": key(job.noted), "run": job.run}
    record |= _memory(job) | {"free": free, "by": f"{os.getpid()} on {socket.gethostname()}"}
    records.write(item.name, record)
    os.makedirs(os.path.dirname(item.out), exist_ok=True)
    is_whole = free and size_at(item.out) is not None and not unfinished(item.out).exists()
    compares = bool(job.settings.get("compare"))
    damaged = []
    if compares or not is_whole:  # Else it was stopped between its end and its record.
        resume = can_go_on(item.out) or is_whole
        how = {"resume": resume, "overwrite": job.overwrite or ours}
        how |= {"beside": item.beside} if item.beside else {}
        damaged = make(item.path, item.out, **how)
    record |= {"state": DONE, "out": os.path.relpath(item.out, job.out), "bytes": size_at(item.out)}
    record |= {"damaged": damaged} if damaged else {}
    return records.write(item.name, {**record, "seconds": round(time.monotonic() - started, 3)})


def _failure(job, item, error):
    """Returns the record of an item that has failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else type(error).__name__
    if not isinstance(error, (ValueError, OSError)):
        said = f"unexpected {type(error).__name__}: {said}"
    record = {"state": FAILED, "job": key(job.noted), "run": job.run, "error": said}
    record |= _memory(job)
    with contextlib.suppress(OSError):
        record["source"] = item.state()
    return record | {"free": size_at(item.out) is None, "again": not isinstance(error, ValueError)}


def _memory(job):
    return {name: value for name, value in job.settings.items() if name == MEMORY}


@functools.lru_cache(maxsize=2)
def _opened(opened, settings):
    """Returns what makes files: its model is loaded once in a process.

    Raises:
        WrongJob: when it can't be.
    """
    try:
        return opened(json.loads(settings))
    except (ValueError, OSError) as error:
        raise WrongJob(str(error)) from error


@contextlib.contextmanager
def _claimed(records: Records, name: str) -> Iterator[None]:
    lock = records.claim(name)
    try:
        yield
    finally:
        lock.close(remove=True)
