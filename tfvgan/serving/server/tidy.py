"""Memory that is free in a process is given back to the system: glibc keeps it otherwise."""

import ctypes
from typing import Any

ARENAS = 2  # From which threads take memory: what is free in one is of no use in another.
M_ARENA_MAX = -8  # Of glibc's malloc.h.


def give_memory_back() -> None:
    """Gives back what is free; where there is another C library, nothing happens."""
    _call("malloc_trim", 0)


def take_few_arenas() -> None:
    """Has threads share what they take memory from; likewise."""
    _call("mallopt", M_ARENA_MAX, ARENAS)


def _call(name: str, *values: int) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)(*values)
    except (AttributeError, OSError, TypeError):
        return None
