"""One process at a time: a lock ends with the process that holds it, however that ends."""

import errno
import fcntl
import logging
import os
import socket

UNKNOWN = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)  # Said by some disks.


class Busy(ValueError):
    """Another process holds the lock; the message names it."""


class Lock:
    """Holds the file at a path, which it makes, until `close`, or the end of this process.

    As a context, it is closed at the end. Threads of one process exclude each other, too.

    Args:
        path: of the file, whose folder is there; what it says is who holds it.
        what: how messages name what is being written.
        wait: bool, whether to wait for another that holds it, which is said if `what` is given.

    Raises:
        Busy: when another holds it, without `wait`.
    """

    def __init__(self, path, what=None, wait=False):
        self.path = os.fspath(path)
        self._file = None
        while self._file is None:
            file = open(self.path, "a+", encoding="utf-8")  # noqa: SIM115, closed by `close`
            try:
                self._file = self._held(file, what, wait)
            finally:
                if self._file is None:
                    file.close()

    def _held(self, file, what, wait):
        """Returns the file, which is held now; None where it has its name no more."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                sentence = _busy_text(file, what or self.path)
                raise Busy(f"{sentence}: wait for it, or name another.") from None
            if what is not None:
                _warn(f"{_busy_text(file, what)}: this one waits for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in UNKNOWN:
                raise
            _warn(f"{self.path} can't be locked where it lies: let one process alone write there.")
            return file
        return file if is_at(file, self.path) else None

    @property
    def is_held(self):
        """Returns whether this holds the file, still."""
        return self._file is not None

    def sign(self):
        """Writes into the file who holds it; returns the lock."""
        self._file.truncate(0)
        self._file.write(f"{os.getpid()} on {socket.gethostname()}")
        self._file.flush()
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self, remove=False):
        """Lets go of the file, which others may hold then; or removes it."""
        if self._file is not None:
            if remove and is_at(self._file, self.path):
                os.unlink(self.path)
            self._file.close()
            self._file = None


def is_held(path):
    """Returns whether a process holds the file at a path, which is there."""
    with open(path, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True  # Or nobody can tell.
    return False


def is_at(file, path):
    """Returns whether an open file is the one at a path: it may have been removed, or replaced."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False


def _busy_text(file, what):
    """Returns the sentence on a file that another process holds."""
    file.seek(0)
    holder = file.read(200).strip()
    return f"`{what}` is being written by {f'process {holder}' if holder else 'another process'}"


def _warn(message):
    logging.getLogger("tfvgan").warning("%s", message)
