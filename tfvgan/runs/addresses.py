"""Which workers a training has, and which of them this one is: by options or the environment."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

PORT = 12321  # Of the first task on a node of SLURM; the next one takes the next.
ALONE = "none"
NUMBERED = ("JOB_COMPLETION_INDEX", "SLURM_PROCID")  # Which may say the index of what was listed.


class Workers(NamedTuple):
    """The `addresses` of all workers of a training, "host:port"; this process is number `index`.

    `said` names what said so, for people. Without addresses a process trains alone.
    """

    addresses: tuple[str, ...] = ()
    index: int = 0
    said: str = ""


def workers_by(listed: str | None, index: int | None, environment: Mapping[str, str]) -> Workers:
    """Returns the `Workers` that were asked for.

    Args:
        listed: addresses between commas, "host1:port,host2:port", where "host-[0-3]:port" stands
            for four; "none" for one process alone; None for what the environment says: TF_CONFIG,
            or what `srun` sets for each of several tasks.
        index: which of the addresses is this process's own, from 0; None for what TF_CONFIG,
            JOB_COMPLETION_INDEX or SLURM_PROCID says.
        environment: of the process.

    Raises:
        ValueError: when these are no addresses, the index is none of theirs, or is not known, or
            TF_CONFIG says something else.
    """
    if listed == ALONE:
        return Workers()
    configured = _configured(environment.get("TF_CONFIG"))
    if listed is not None:
        return _listed(listed, index, configured, environment)
    found = configured or _slurm(environment)
    if index is not None and (not found.addresses or index != found.index):
        says = f"{found.said} says {found.index}" if found.addresses else "nothing says of which"
        raise ValueError(
            f"`index` says which of the workers this is, but is {index}, and {says}: list all "
            "addresses as `workers` (--workers host1:port,host2:port), or leave it out."
        )
    return _checked(found)


def expanded(text: str) -> list[str]:
    """Returns what a list stands for: "a[1-2,7],b:1" for a1, a2, a7 and b:1.

    Numbers keep their zeros, as in the lists of nodes of SLURM: "n[08-10]".

    Raises:
        ValueError: when brackets do not match, or hold no numbers.
    """
    found = []
    for part in re.findall(r"(?:[^,\[\]]|\[[^\[\]]*\])+", text):
        names = [""]
        for piece in re.split(r"(\[[^\]]*\])", part.strip()):
            ends = _numbers(piece[1:-1], text) if piece.startswith("[") else [piece]
            names = [name + end for name in names for end in ends]
        found += names
    if text.count("[") != text.count("]") or not found or not all(found):
        raise ValueError(
            f"`workers` must be addresses such as host1:{PORT},host-[2-4]:{PORT}, but is {text!r}."
        )
    return found


def _numbers(text, whole):
    numbers = []
    for span in text.split(","):
        first, dash, last = span.partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last)):
            raise ValueError(
                f"Brackets must hold numbers such as [0-3,7], but are [{text}] in {whole!r}."
            )
        numbers += [f"{n:0{len(first)}d}" for n in range(int(first), int(last) + 1)]
    return numbers


def _listed(listed, index, configured, environment):
    """Returns the `Workers` of a list, after a look whether TF_CONFIG says the same."""
    addresses, said = tuple(expanded(listed)), "--workers"
    if configured:
        index = configured.index if index is None else index
        if (addresses, index) != configured[:2]:
            raise ValueError(
                f"`workers` says {','.join(addresses)} with index {index}, but TF_CONFIG says "
                f"{','.join(configured.addresses)} with index {configured.index}: give one of "
                "both, or both alike."
            )
    if index is None:
        name = next((name for name in NUMBERED if name in environment), None)
        if name is None and len(addresses) > 1:
            raise ValueError(
                f"Nothing says which of the {len(addresses)} workers this is: give `index` "
                f"(--index) from 0 to {len(addresses) - 1}, another one to each."
            )
        index, said = (0, said) if name is None else (environment[name], f"{said} and {name}")
    return _checked(Workers(addresses, index, said))


def _configured(text):
    """Returns the `Workers` of TF_CONFIG; without addresses where there is none of several."""
    try:
        config = json.loads(text or "{}")
        cluster, task = config.get("cluster", {}), config.get("task", {})
        kinds = {kind: tuple(at) for kind, at in cluster.items()}
        kind, number = task.get("type", "worker"), int(task.get("index", 0))
    except (ValueError, TypeError, AttributeError):
        raise ValueError(
            "TF_CONFIG must be JSON such as "
            '{"cluster": {"worker": ["host1:port", "host2:port"]}, '
            f'"task": {{"type": "worker", "index": 0}}}}, but is {text!r}.'
        ) from None
    if not kinds:
        return None
    if other := sorted({*kinds, kind} - {"chief", "worker"}):
        raise ValueError(
            f"TF_CONFIG may have a chief and workers, which train alike, but has {other[0]!r}: "
            "leave it out (Keras 3 supports no parameter servers)."
        )
    chiefs = kinds.get("chief", ())
    number += len(chiefs) if kind == "worker" else 0
    return Workers((*chiefs, *kinds.get("worker", ())), number, "TF_CONFIG")


def _slurm(environment):
    """Returns the `Workers` that `srun` started; without addresses where it started one or none.

    A batch script itself is no step: what runs in it trains alone.
    """
    tasks, listed, counts = (
        environment.get(f"SLURM_STEP_{name}", "")
        for name in ("NUM_TASKS", "NODELIST", "TASKS_PER_NODE")
    )
    if "SLURM_STEP_ID" not in environment or tasks in ("", "1"):
        return Workers()
    nodes = expanded(listed)
    each = [
        int(number)
        for number, times in re.findall(r"(\d+)(?:\(x(\d+)\))?", counts)
        for _ in range(int(times or 1))
    ]
    addresses = tuple(
        f"{node}:{PORT + task}"
        for node, count in zip(nodes, each, strict=False)
        for task in range(count)
    )
    if str(len(addresses)) != tasks:
        raise ValueError(
            f"SLURM says that there are {tasks} tasks, and {len(addresses)} by node ({counts} on "
            f"{len(nodes)} nodes): list the workers by --workers, or train alone by --workers none."
        )
    found = _checked(Workers(addresses, environment.get("SLURM_PROCID", ""), "SLURM"))
    node, own = environment.get("SLURMD_NODENAME"), addresses[found.index].partition(":")[0]
    if node not in (None, own):
        raise ValueError(
            f"Task {found.index} should run on {own}, where tasks are counted node by node, but "
            f"runs on {node}: start them by `srun --distribution=block`."
        )
    return found


def _checked(workers):
    """Returns the workers with a whole number as index; alone if there is but one."""
    addresses, index, said = workers
    for address in addresses:
        host, _, port = address.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError(
                f"`workers` must be addresses such as host1:{PORT}, but {said} names {address!r}: "
                "give a port from 1 to 65535 to each."
            )
    if twice := [address for address in addresses if addresses.count(address) > 1]:
        raise ValueError(f"Each worker needs an address of its own, but two have {twice[0]}.")
    if addresses and not (str(index).isdecimal() and int(index) < len(addresses)):
        raise ValueError(
            f"`index` must be from 0 to {len(addresses) - 1}, of {len(addresses)} workers, but "
            f"is {index} ({said})."
        )
    return Workers(addresses, int(index), said) if len(addresses) > 1 else Workers()
