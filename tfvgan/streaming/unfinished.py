"""The hidden folder of an unfinished file: its finished parts outlast a crash."""

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

from tfvgan.data.files import image_files
from tfvgan.locks import Lock, is_held
from tfvgan.streaming.outputs import check_free
from tfvgan.whole import beside, put, write_whole

RECORD, LOCK = "job.json", "lock"
WHOLE = ("part-*.done", ".*.unfinished")  # What is worth to be kept: parts, and a .tvg's groups.
SHORT = 40  # Characters of what a message tells of a setting.


def unfinished(out: str | os.PathLike) -> Path:
    """Returns the path of the hidden folder of an unfinished file or folder."""
    return beside(out, ".", ".unfinished")


def can_go_on(out: str | os.PathLike) -> bool:
    """Returns whether an unfinished job at a path can be resumed: no process works on it."""
    folder = unfinished(out)
    lock = folder / LOCK
    return (folder / RECORD).is_file() and not (lock.is_file() and is_held(lock))


class Unfinished:
    """An unfinished job for `out`, in its hidden folder, which this process has locked.

    As a context, it lets go of the folder at the end. What is whole in it stays, with a record of
    what decides its bytes, so that none of it ever gets among those of another job.

    Args:
        out: path of what will be; missing folders on the way to it are made.
        record: dict that decides the bytes, of what JSON knows; None for what can't be resumed, of
            which nothing outlasts the context.
        resume: bool, whether it is to have been begun.
        overwrite: bool, whether a file at `out` may be replaced in the end.

    Attributes:
        folder: Path, for what is being made.

    Raises:
        Busy: when another process is at it.
        ValueError: when it was begun without `resume`, or by another record; or was not, with it.
    """

    def __init__(self, out, record, resume=False, overwrite=False):
        self.out, self.folder = Path(out), unfinished(out)
        self._record, self._resumable = self.folder / RECORD, record is not None
        if resume and not self._record.is_file():
            raise self._none()
        self._lock = self._alone()
        try:
            self._begin(record, resume, overwrite)
        except BaseException:
            self._lock.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if not self._lock.is_held:  # It is finished, and removed.
            return
        failed = kind is not None and issubclass(kind, ValueError)
        kept = any(next(self.folder.glob(name), None) for name in WHOLE)
        if not self._resumable or (failed and not kept):  # Then the next try begins anew.
            self.remove()
        self._lock.close()

    def parts(self):
        """Returns the paths of the parts that are whole, in order."""
        paths = self.folder.glob("part-*.done")
        return sorted(paths, key=lambda path: int(path.stem.removeprefix("part-")))

    def keep(self, path, number):
        """Renames a file in the folder to the part of that number."""
        put(path, self.folder / f"part-{number:05d}.done")

    def put(self, whole):
        """Moves the finished file to its place, and removes the folder.

        Raises:
            ValueError: when something is there by now that may not be replaced; all is kept.
        """
        self.check_still_free()
        put(whole, self.out)
        self.remove()

    def check_still_free(self):
        """Raises ValueError when `out` has appeared meanwhile and may not be replaced."""
        if not self._overwrite:
            check_free(self.out)

    def remove(self):
        """Removes the folder; its record first, so that a stop leaves no unfinished job."""
        self._record.unlink(missing_ok=True)
        self._clear()
        self._lock.close(remove=True)
        with contextlib.suppress(OSError):  # Another may have begun in it.
            self.folder.rmdir()

    def _alone(self):
        """Returns the lock of the folder, which is made."""
        while True:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                return Lock(self.folder / LOCK, self.out).sign()
            except (FileExistsError, FileNotFoundError):
                if self.folder.is_file():
                    raise ValueError(
                        f"`{self.out}` was begun by another version, which did not note of what: "
                        f"remove `{self.folder}`."
                    ) from None
                # Else another has just finished, and removed it.

    def _begin(self, record, resume, overwrite):
        """Compares the records, or makes one."""
        record = None if record is None else json.loads(json.dumps({**record, **_versions()}))
        begun = self._begun()
        if begun is None:
            if resume:
                raise self._none()
            self._clear()
            self._overwrite = overwrite
            if record is not None:
                text = json.dumps({"record": record, "overwrite": overwrite}, indent=1)
                write_whole(self._record, lambda file: file.write_text(text, encoding="utf-8"))
            return
        if not resume:
            raise ValueError(
                f"`{self.out}` was begun and not finished: go on with `resume` (--resume), or "
                f"remove the folder `{self.folder}`."
            )
        self._overwrite = overwrite or bool(begun.get("overwrite"))
        if other := _differences(begun.get("record"), record):
            raise ValueError(
                f"`{self.out}` was begun from another video, or with other settings ({other}): use "
                f"those, or remove the folder `{self.folder}`."
            )

    def _begun(self):
        """Returns the record in the folder, a dict; None without one."""
        if not self._record.is_file():
            return None
        try:
            begun = json.loads(self._record.read_text(encoding="utf-8"))
        except ValueError:
            begun = None
        return begun if isinstance(begun, dict) else {}

    def _none(self):
        return ValueError(f"There is no unfinished `{self.out}` to resume: leave `resume` out.")

    def _clear(self):
        """Removes everything in the folder but the lock."""
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != LOCK:
                path.unlink()


def identity(path):
    """Returns a text unique to a video, without reading all of it; None of None.

    Of a folder of images it tells each of them.
    """
    if path is None:
        return None
    digest, files = hashlib.sha256(os.fsencode(os.path.abspath(path))), [path]
    if os.path.isdir(path):
        files = image_files(path)
    for file in files:
        state = os.stat(file)
        digest.update(os.fsencode(os.path.basename(file)))
        digest.update(f"\0{state.st_size} {state.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _versions():
    """Returns the versions that decide the bytes: of PyAV and of TensorFlow."""
    import av
    import tensorflow as tf

    return {"av": av.__version__, "tensorflow": tf.__version__}


def _differences(begun, asked):
    """Returns what differs in two records, as words; "" if nothing does."""
    begun = begun if isinstance(begun, dict) else {}
    differences = []
    for name in sorted(begun.keys() | asked.keys()):
        made, now = (str(each.get(name)) for each in (begun, asked))
        if begun.get(name) != asked.get(name):
            short = max(len(made), len(now)) <= SHORT
            differences.append(f"{name} was {made} and is {now}" if short else f"another {name}")
    return ", ".join(differences)
