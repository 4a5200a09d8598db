"""Whether there is memory for so many processes of models."""

from pathlib import Path

MODEL = 0.55  # GB that the process of a small model holds; most of it is TensorFlow.
MEMINFO = Path("/proc/meminfo")


def check_room(count: int) -> None:
    """Raises where models would not fit into memory.

    Args:
        count: of models, each of which has a process.

    Raises:
        ValueError: when they would not.
    """
    free = free_memory()
    if free is not None and count * MODEL > free:
        raise ValueError(
            f"{count} models take about {count * MODEL:.0f} GB of memory, and {free:.0f} are free: "
            "name those to load (--models), or load each when it is first asked for (--lazy)."
        )


def free_memory() -> float | None:
    """Returns the GB of memory that are free, or None where the system does not say."""
    try:
        lines = MEMINFO.read_text(encoding="ascii").splitlines()
        told = dict(line.split(":", 1) for line in lines)
        return int(told["MemAvailable"].split()[0]) * 1024 / 1e9
    except (OSError, ValueError, KeyError, IndexError):
        return None
