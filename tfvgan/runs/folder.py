"""Locks on a run's folder and on files, and the check that a run's clips stay the same."""

import contextlib
import dataclasses
import json
from pathlib import Path

from tfvgan.claims import read_claims
from tfvgan.data.cache import ClipCache
from tfvgan.locks import Lock, is_held
from tfvgan.runs.settings import FILE
from tfvgan.whole import beside, write_whole

LOCK = ".lock"
CLIPS = "clips.json"  # What the clips were that it began with.


@dataclasses.dataclass(frozen=True)
class Clips:
    """How many videos and clips there are, and the `fingerprint` of their cache."""

    videos: int
    clips: int
    fingerprint: str


@contextlib.contextmanager
def alone_in(out, wait=False):
    """Locks a folder, such as a run's; it is made, and removed again if it stays empty.

    Args:
        out: the folder.
        wait: bool, whether to wait for another process that fills it, as a warning says.

    Raises:
        Busy: when another process trains in it, or fills it, without `wait`.
        ValueError: when it is a file.
    """
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise ValueError(f"`{out}` is a file: choose a folder.")
    new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    lock = Lock(out / LOCK, out, wait).sign()
    try:
        yield
    finally:
        lock.close(remove=True)
        if new and not any(out.iterdir()):
            out.rmdir()


@contextlib.contextmanager
def alone_at(file):
    """Locks a file that is about to be written, by a hidden file beside it.

    Raises:
        Busy: when another process makes it.
    """
    file = Path(file)
    folder = file.absolute().parent
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    lock = Lock(beside(file, ".", ".lock"), file).sign()
    try:
        yield
    finally:
        lock.close(remove=True)
        if new and not any(folder.iterdir()):
            folder.rmdir()


def can_resume(out):
    """Returns whether a folder's run can be resumed: it exists, and no process trains it."""
    lock = Path(out, LOCK)
    return Path(out, FILE).is_file() and not (lock.is_file() and is_held(lock))


def is_empty(out):
    """Returns whether a run's folder is empty but for the lock."""
    return all(path.name == LOCK for path in Path(out).iterdir())


def check_clips(out, cache, file=CLIPS):
    """Raises ValueError when the clips have changed since the run began; notes them first.

    Args:
        out: the run's folder.
        cache: folder of its clips.
        file: name of the file that says what they were.
    """
    prepared, path = ClipCache.open(cache), Path(out, file)
    now = Clips(len(prepared.files), prepared.count, prepared.fingerprint)
    if not path.is_file():  # It begins, or was begun before this was noted.
        text = json.dumps(dataclasses.asdict(now), indent=2) + "\n"
        write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
        return
    then = read_claims(path, Clips, "what the clips of a run are")
    if then != now:
        counts = [f"{each.clips} clips of {each.videos} videos" for each in (then, now)]
        counts = " and ".join(dict.fromkeys(counts))
        raise ValueError(
            f"The run in `{out}` began with other clips than its videos give now ({counts}): put "
            "back the videos that it began with, or begin a new run."
        )
