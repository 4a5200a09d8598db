"""Which share of a folder's files one machine takes: by the name of each file alone."""

import hashlib
import os
from collections.abc import Mapping
from typing import NamedTuple


class Shard(NamedTuple):
    """One of `count` shares of a folder's files; `index` counts from 0.

    The share of a file depends on its name in the folder, and on nothing else. So machines that
    list a folder at different times neither take a file twice nor leave one out.
    """

    index: int = 0
    count: int = 1

    def holds(self, name: str) -> bool:
        """Returns whether a file is of this share.

        Args:
            name: its path within the folder, with "/" between folders.
        """
        digest = hashlib.sha256(os.fsencode(name)).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.index

    def __str__(self) -> str:
        """Returns "I/N"."""
        return f"{self.index}/{self.count}"


def shard_by(text: str | None, environment: Mapping[str, str]) -> tuple[Shard, str]:
    """Returns the `Shard` that was asked for, and the variable that said so; "" for none.

    Args:
        text: "I/N"; "N", which of these is then said by the environment; or None, all of it.
        environment: of the process. SLURM's SLURM_ARRAY_TASK_ID, _COUNT, _MIN and _STEP say it of
            job arrays, and Kubernetes' JOB_COMPLETION_INDEX of indexed jobs.

    Raises:
        ValueError: when that is no share, or nothing says which or of how many.
    """
    if text is not None and "/" in text:
        index, _, count = text.partition("/")
        return _checked(index, count, f"{text!r}"), ""
    if "SLURM_ARRAY_TASK_ID" in environment:
        name, index, counted = _slurm(environment)
    elif "JOB_COMPLETION_INDEX" in environment:
        name, index, counted = "JOB_COMPLETION_INDEX", environment["JOB_COMPLETION_INDEX"], None
    elif text is None:
        return Shard(), ""
    else:
        raise ValueError(
            f"Nothing says which of {text} shares is wanted: give `shard` (--shard) as I/N, such "
            f"as 0/{text}, or run it as a job array."
        )
    count = counted if text is None else text
    if count is None:
        raise ValueError(
            f"{name} says that this is one job of several, and nothing says of how many: give "
            "their number as `shard` (--shard N), or 0/1 for the whole folder."
        )
    return _checked(index, count, f"{index!r} of {count!r}, by {name},"), name


def _slurm(environment):
    """Returns the variable, the index from 0 and the number of a job array's tasks."""
    name = "SLURM_ARRAY_TASK_ID"
    first, step = (environment.get(f"SLURM_ARRAY_TASK_{key}", "") for key in ("MIN", "STEP"))
    index = environment[name]
    if index.isdecimal() and first.isdecimal():
        index = str((int(index) - int(first)) // max(1, int(step) if step.isdecimal() else 1))
    return name, index, environment.get("SLURM_ARRAY_TASK_COUNT")


def _checked(index, count, said):
    whole = index.isdecimal() and count.isdecimal()
    if not (whole and int(index) < int(count)):
        raise ValueError(
            f"`shard` must be I/N, of N shares the one of number I from 0 to N - 1, but is {said}"
            " which is none: give one such as 0/4.".replace(", which", " which")
        )
    return Shard(int(index), int(count))
