"""A small simulation of many machines: steps of a training, and files that workers take.

A step ends when the slowest worker has its gradients and all have summed them in a ring. What
workers and sums take is measured (`parts.py`); the network between machines is a number.
"""

import heapq
from typing import NamedTuple

import numpy as np

NETWORK = 10e9  # Bits a second between two machines, unless something else is said.


class Worker(NamedTuple):
    """What a step takes one worker, alone on a core: `fixed` seconds and `clip` more for each clip.

    `shared` is the part of it that several cores share; `jitter` are single steps over their mean.
    """

    fixed: float
    clip: float
    shared: float
    jitter: tuple[float, ...]

    def seconds(self, clips: int, cores: int = 1) -> float:
        """Returns the mean seconds of a step."""
        return (self.fixed + self.clip * clips) * (1 - self.shared + self.shared / cores)


class Sums(NamedTuple):
    """What a sum over workers takes: `hop` seconds from one to the next, `byte` for each byte sent.

    `small` is how many sums of nothing would cost what a step has beside its gradients: logs,
    agreements, and what TensorFlow does for several workers.
    """

    hop: float
    byte: float
    small: float

    def seconds(self, workers: int, payload: float, bandwidth: float = np.inf) -> float:
        """Returns the seconds that a step's sums take: each worker sends on to the next, in a ring.

        Args:
            workers: how many.
            payload: bytes of all gradients.
            bandwidth: bits a second between two of them.
        """
        ways = 2 * (workers - 1)
        sent = ways / workers * payload
        return ways * self.hop * (2 + self.small) + sent * (self.byte + 8 / bandwidth)


def fitted_worker(one_core, two_cores, jitter):
    """Returns the `Worker` of measured steps.

    Args:
        one_core: two pairs of clips and seconds, on one core.
        two_cores: the pair of the second of these on two cores.
        jitter: single steps over their mean.
    """
    (few, short), (many, long) = one_core
    clip = (long - short) / (many - few)
    shared = 2 * (1 - two_cores[1] / long)
    return Worker(short - few * clip, clip, min(1.0, max(0.0, shared)), tuple(jitter))


def fitted_sums(sizes, seconds, rest, workers=2):
    """Returns the `Sums` of measured ones.

    Args:
        sizes, seconds: of single sums over `workers`.
        rest: seconds of a step beside its work and its gradients' sums.
    """
    ways = 2 * (workers - 1)
    slope, nothing = np.polyfit(np.asarray(sizes, float), seconds, 1)
    hop = max(nothing, 1e-9) / ways
    return Sums(hop, max(0.0, slope) * workers / ways, max(0.0, rest) / (ways * hop))


def steps(worker, sums, workers, clips, payload, cores=1, crowd=1.0, bandwidth=np.inf, count=256):
    """Returns the seconds of as many steps, an array.

    Args:
        worker: `Worker`, each of them.
        sums: `Sums`.
        workers: how many.
        clips: of each, at a step.
        payload: bytes that are summed at a step.
        cores: of each.
        crowd: how much slower all are because others work beside them on one machine.
        bandwidth: bits a second between two.
        count: of steps.
    """
    draws = np.random.default_rng(0)
    work = worker.seconds(clips, cores) * crowd
    slowest = draws.choice(worker.jitter, (count, workers)).max(axis=1)
    together = sums.seconds(workers, payload, bandwidth) if workers > 1 else 0.0
    return work * slowest + together


def makespan(seconds, workers, start=0.0):
    """Returns when the last of some jobs ends, of which each goes to the first free worker.

    Args:
        seconds: of each job, in their order.
        workers: how many.
        start: seconds until a worker takes its first.
    """
    free = [start] * workers
    for job in seconds:
        heapq.heappush(free, heapq.heappop(free) + job)
    return max(free)


def by_share(seconds, shares):
    """Returns the seconds of each share, where the share of a file is drawn, as by its name."""
    share = np.random.default_rng(0).integers(0, shares, len(seconds))
    return np.bincount(share, weights=seconds, minlength=shares)
