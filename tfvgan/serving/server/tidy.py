"""Memory that is free in a process is given back to the system: glibc keeps it otherwise."""

import ctypes
import select
import time
from typing import Any, BinaryIO

IDLE = 0.2  # Seconds without a request, after which memory is given back,
LATEST = 5.0  # and seconds after which that does not wait any more.
ARENAS = 2  # From which threads take memory: what is free in one is of no use in another.
M_ARENA_MAX = -8  # Of glibc's malloc.h.


def give_memory_back() -> None:
    """Gives back what is free; where there is another C library, nothing happens."""
    _call("malloc_trim", 0)


def take_few_arenas() -> None:
    """Has threads share what they take memory from; likewise."""
    _call("mallopt", M_ARENA_MAX, ARENAS)


class Tidying:
    """Gives memory back behind large requests, but not between those that follow at once.

    The next one would take the same pages from the system again, which takes longer than to keep
    them.
    """

    def __init__(self):
        self._since = None  # When there first was something to give back.

    def answered(self, asked: BinaryIO, large: bool) -> bool:
        """Returns whether memory was given back, once a request was answered.

        Args:
            asked: file of which the next request comes; nothing of it may be read ahead.
            large: whether the request or its answer was.
        """
        if large and self._since is None:
            self._since = time.monotonic()
        if self._since is None:
            return False
        late = time.monotonic() - self._since > LATEST
        if not late and select.select([asked], [], [], IDLE)[0]:
            return False
        give_memory_back()
        self._since = None
        return True


def _call(name: str, *values: int) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)(*values)
    except (AttributeError, OSError, TypeError):
        return None
