"""The workers and the devices of a training: they begin, end and fail together."""

import contextlib
import hashlib
import re
import socket
import time
from collections.abc import Iterator

import numpy as np
import tensorflow as tf

from tfvgan.engine.distribution import over_workers
from tfvgan.runs.addresses import Workers

PATIENCE = 10.0  # Minutes that a worker waits for the others at the beginning.
LOST = (  # What TensorFlow raises where another worker is gone.
    *(tf.errors.UnavailableError, tf.errors.AbortedError),
    *(tf.errors.CancelledError, tf.errors.DeadlineExceededError),
)
COLLECTIVE = "ollective"  # In the message of other errors of what all workers do together.
ALONE = Workers()


class WorkerLost(RuntimeError):
    """Another worker of a training did not come, or is gone; all of them have to start again."""


class Team:
    """What trains one model: several workers, several devices of a worker, or one alone.

    Worker 0 is the chief: it alone writes into the run's folder.

    Args:
        workers: `Workers`.
        devices: int, how many GPUs of each worker train; where there is none and one worker alone,
            logical CPUs, which share its cores. None is one.

    Attributes:
        index: int, of this worker, from 0.
        count: int, of workers.
        devices: int, of each worker.

    Raises:
        ValueError: when there are fewer GPUs.
    """

    def __init__(self, workers: Workers = ALONE, devices: int | None = None):
        self.workers = workers
        self.index = workers.index
        self.count = max(1, len(workers.addresses))
        self.devices = 1 if devices is None else devices
        self.strategy = None
        if self.devices < 1 or (self.devices > 1 and not self._has_devices()):
            found = len(tf.config.list_physical_devices("GPU"))
            raise ValueError(
                f"`devices` must be from 1 to the {found} GPUs that this process sees, but is "
                f"{devices}: ask for fewer (nvidia-smi lists them)."
            )

    def _has_devices(self):
        gpus = len(tf.config.list_physical_devices("GPU"))
        return self.devices <= gpus or (not gpus and self.count == 1)

    @property
    def chief(self) -> bool:
        """Whether this worker writes what a training writes."""
        return self.index == 0

    @property
    def share(self) -> tuple[int, int]:
        """Which part of each batch this worker reads, as of `tfvgan.data.clips`."""
        return self.index, self.count

    def batch_of(self, clips: int) -> str:
        """Returns who takes how much of a batch, a sentence; "" where there is nothing to share.

        Args:
            clips: of a batch, of all workers and devices together.

        Raises:
            ValueError: when they can't be shared equally.
        """
        parts = self.count * self.devices
        if clips % parts:
            more = (clips // parts + 1) * parts
            raise ValueError(
                f"`batch_size` is of all {parts} workers' devices together and must be a multiple "
                f"of {parts}, but is {clips}: choose {more}."
            )
        if parts == 1:
            return ""
        each = f"{self.devices} devices" if self.devices > 1 else "one device"
        whose = f"{self.count} workers with {each}" if self.count > 1 else each
        return (
            f"A batch of {clips} clips (--batch-size) is of all together: {whose}, "
            f"{clips // parts} clips on each; gradients are their mean, as of one device's {clips}."
        )

    def join(self, patience: float = PATIENCE) -> None:
        """Waits until all workers are there.

        Args:
            patience: minutes.

        Raises:
            ValueError: when this worker's port is taken, or TensorFlow is in use already.
            WorkerLost: when the others do not come.
        """
        if self.count > 1:
            self._meet(60 * patience)
        self.strategy = self._made()

    def _meet(self, seconds):
        """Returns when each worker has been seen at its address.

        TensorFlow would wait for them, too, but for ever, and hear no signal meanwhile.
        """
        address = self.workers.addresses[self.index]
        silent = [each for each in self.workers.addresses if each != address]
        end = time.monotonic() + seconds
        with socket.socket() as seen:
            seen.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                seen.bind(("", int(address.rpartition(":")[2])))
                seen.listen()
            except OSError as error:
                raise ValueError(
                    f"The port of worker {self.index}, {address}, is taken on this machine "
                    f"({error.strerror}): end what listens there, or choose another port."
                ) from None
            print(
                f"Worker {self.index} of {self.count} ({address}, by {self.workers.said}) waits "
                "for the others.",
                flush=True,
            )
            while silent := [each for each in silent if not _answers(each)]:
                if time.monotonic() > end:
                    raise WorkerLost(
                        f"The {self.count} workers should meet within {seconds / 60:g} minutes, "
                        f"but {', '.join(silent)} did not answer: start one on each address, and "
                        "see whether the machines reach each other there."
                    )
                time.sleep(0.2)

    def _made(self):
        """Returns the strategy."""
        try:
            gpus = tf.config.list_physical_devices("GPU")
            if gpus and (self.count > 1 or self.devices > 1):
                tf.config.set_visible_devices(gpus[: self.devices], "GPU")
            if self.count > 1:
                cluster = tf.train.ClusterSpec({"worker": list(self.workers.addresses)})
                resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
                    cluster, task_type="worker", task_id=self.index, rpc_layer="grpc"
                )
                return tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)
            if self.devices == 1:
                return tf.distribute.get_strategy()
            if not gpus:
                cpu, parts = tf.config.list_physical_devices("CPU")[0], self.devices
                logical = [tf.config.LogicalDeviceConfiguration()] * parts
                tf.config.set_logical_device_configuration(cpu, logical)
            kind = "GPU" if gpus else "CPU"
            return tf.distribute.MirroredStrategy([f"{kind}:{n}" for n in range(self.devices)])
        except RuntimeError as error:
            raise ValueError(
                f"Several workers or devices must be set up before anything else of TensorFlow "
                f"runs ({error}): begin a new process for the training."
            ) from error
        except tf.errors.OpError as error:
            reason = _brief(error)
            raise WorkerLost(f"The workers could not meet ({reason}): start all again.") from error

    def scope(self) -> contextlib.AbstractContextManager:
        """Returns the context in which the model is made or loaded."""
        alone = self.count * self.devices == 1
        return contextlib.nullcontext() if alone else self.strategy.scope()

    def check_alike(self, **facts: object) -> None:
        """Raises ValueError unless all workers were started alike.

        Args:
            **facts: what must be the same on all, by a name for people.
        """
        for name, fact in facts.items() if self.count > 1 else ():
            digest = hashlib.sha256(repr(fact).encode()).digest()
            said = self._said(int.from_bytes(digest[:4], "big"))
            if other := [n for n in range(self.count) if said[n] != said[0]]:
                raise ValueError(
                    f"All workers must have the same {name.replace('_', ' ')}, but those of worker "
                    f"{other[0]} ({self.workers.addresses[other[0]]}) differ from those of worker "
                    "0: start all with one command, and with the run on a disk that all see."
                )

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Ends where all workers have done what is within, of files alone; or where one has failed.

        Raises:
            WorkerLost: when another one failed; it says itself why.
        """
        try:
            yield
        except BaseException:
            if self.count > 1:
                self._said(1)
            raise
        if self.count > 1 and any(failed := self._said(0)):
            worker = next(n for n, each in enumerate(failed) if each)
            raise WorkerLost(
                f"Worker {worker} ({self.workers.addresses[worker]}) had to stop, and says why: "
                "start all again when that is mended."
            )

    def _said(self, number):
        """Returns the whole numbers that the workers have said, in their order, a list."""
        row = np.zeros(self.count, "int64")
        row[self.index] = number
        return [int(each) // self.devices for each in over_workers(self.strategy, row)]

    def dealt(self, batches: tf.data.Dataset, clips: int) -> object:
        """Returns what `fit` is to be given.

        Args:
            batches: data set of this worker's `share` of each batch.
            clips: of the batch of all.
        """
        if self.count == 1:
            return batches  # Keras shares them among the devices.
        each = clips // (self.count * self.devices)
        return self.strategy.distribute_datasets_from_function(
            lambda context: batches.rebatch(each) if self.devices > 1 else batches
        )

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Makes what TensorFlow raises where another worker is gone a `WorkerLost`."""
        try:
            yield
        except tf.errors.OpError as error:
            lost = isinstance(error, LOST) or COLLECTIVE in error.message
            if self.count == 1 or not lost:
                raise
            raise WorkerLost(
                f"Another worker is gone, and nothing goes on without it ({_brief(error)}). Start "
                "the same command on all workers again: they go on from the last checkpoint."
            ) from error


def _brief(error):
    """Returns what TensorFlow says, in a line of bearable length."""
    plain = re.sub(r"\{\{.*?\}\}", "", error.message)  # Where in a graph it was.
    return " ".join(plain.split())[:120].rstrip(". ")


def _answers(address):
    """Returns whether somebody listens at "host:port"."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), 2).close()
    except OSError:
        return False
    return True
