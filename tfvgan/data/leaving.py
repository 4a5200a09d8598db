"""An orderly end: data sets stop before the interpreter does.

The threads of tf.data call Python. One that asks for the interpreter when it has begun to end never
gets an answer, and the process hangs, waiting for that thread.
"""

import atexit
import threading
import time

LEAVING = threading.Event()  # set when the interpreter is about to end
QUIET = 0.05  # seconds without a call, after which none is on its way
PATIENCE = 5.0  # seconds after which the end comes anyway

_state = {"inside": 0, "last": 0.0}
_lock = threading.Lock()


class Leaving(Exception):
    """Raised by what waits for something inside of `until_exit`, when the interpreter is ending."""


def until_exit(items):
    """Yields the items of an iterator, and ends when the interpreter is about to end."""
    while not LEAVING.is_set():
        _count(1)
        try:
            item = next(items)
        except (StopIteration, Leaving):
            return
        finally:
            _count(-1)
        yield item


def _count(change):
    with _lock:
        _state["inside"] += change
        _state["last"] = time.monotonic()


@atexit.register
def _leave():
    LEAVING.set()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not _state["inside"] and time.monotonic() - _state["last"] > QUIET:
            return
        time.sleep(QUIET / 5)
