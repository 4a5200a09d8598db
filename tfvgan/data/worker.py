"""The processes in which tensorflow-io decodes, seen from the process that asks them.

A damaged file can abort or hang FFmpeg 4; then only the worker ends, and the next one is started
when it is needed.
"""

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import threading

import numpy as np

from tfvgan.data.leaving import LEAVING, Leaving, when_leaving

# Each holds a TensorFlow of its own, and decodes on one core.
WORKERS = max(1, min(4, (os.cpu_count() or 1) // 2))
SECONDS_A_FILE = 30  # seconds that any file may take
PIXELS_PER_SECOND = 2_700_000  # a tenth of what one slow core decodes
ENVIRONMENT = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
NOT_INSTALLED = "it isn't installed (it is for Python up to 3.12, and TensorFlow 2.17)"
PROGRAM = "import sys; sys.path[:] = {}; from tfvgan.data.tensorflow_io import serve; serve()"


class Unavailable(RuntimeError):
    """tensorflow-io can't decode on this machine; the message says why."""


class Refused(RuntimeError):
    """tensorflow-io can't decode this one file; the message says why."""


def installed():
    """Whether tensorflow-io is there; looking costs nothing, and a worker that starts seconds."""
    return importlib.util.find_spec("tensorflow_io") is not None


class Worker:
    """A process that decodes with tensorflow-io; `ffmpeg` names what it runs on.

    Raises:
        Unavailable: when it doesn't start, or finds that its decoder doesn't work.
        Leaving: when the interpreter is ending, here and in `decode`.
    """

    running = set()  # all that were started and not ended

    def __init__(self):
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM.format(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **ENVIRONMENT},
                start_new_session=True,  # Ctrl-C is for the process that asks
            )
        except OSError as error:
            raise Unavailable(f"its process doesn't start ({error})") from None
        self.running.add(self)
        if LEAVING.is_set():  # Who ends all workers at that time may have missed this one.
            self.close()
            raise Leaving
        hello = self._process.stdout.readline()
        answer = json.loads(hello) if hello else {"error": self._end()}
        if "error" in answer:
            self.close()
            raise Unavailable(answer["error"])
        self.ffmpeg = answer["ffmpeg"]

    def decode(self, info, *how, seconds=None):
        """Returns what `tfvgan.data.tensorflow_io.decode_whole` returns for `info` and `how`.

        Raises:
            Refused: when the file can't be decoded, or ends the process: see `alive`.
        """
        pixels = info.frames * info.height * info.width
        seconds = seconds or SECONDS_A_FILE + pixels // PIXELS_PER_SECOND
        try:
            request = json.dumps([seconds, info, *how]).encode() + b"\n"
            self._process.stdin.write(request)
            self._process.stdin.flush()
        except OSError:
            raise Refused(self._end()) from None
        line = self._process.stdout.readline()
        answer = json.loads(line) if line.endswith(b"\n") else {}
        if "error" in answer:
            raise Refused(answer["error"])
        frames = np.empty(answer.get("shape", (0,)), np.uint8)
        if not answer or self._process.stdout.readinto(memoryview(frames).cast("B")) < frames.size:
            raise Refused(self._end())
        return frames

    @property
    def alive(self):
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self):
        """Ends the process."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def kill(self):
        """Returns the code of the process, which ends; who waits for its answer hears of it."""
        self.running.discard(self)
        self._process.kill()
        return self._process.wait()

    def _end(self):
        """Returns how the process has ended, after ending it."""
        code = self.kill()
        if LEAVING.is_set():
            raise Leaving
        return f"its process ended with code {code}"


class Pool:
    """Up to `WORKERS` workers, each started when all others are busy."""

    def __init__(self):
        self._slots = threading.BoundedSemaphore(WORKERS)
        self._idle = []
        self._starting = threading.Lock()
        self._reason = None

    def decode(self, info, *how):
        """Returns the frames from the next free worker.

        Raises:
            Refused: when the file can't be decoded.
            Unavailable: when no worker can.
            Leaving: when the interpreter is ending.
        """
        with self._slots:
            worker = self._take()
            try:
                return worker.decode(info, *how)
            finally:
                self._put(worker)

    def ffmpeg(self):
        """Returns the name of the FFmpeg that tensorflow-io runs on.

        Raises:
            Unavailable: when it doesn't work.
        """
        with self._slots:
            worker = self._take()
            self._put(worker)
            return worker.ffmpeg

    def close(self):
        """Ends the workers that aren't busy."""
        while self._idle:
            self._idle.pop().close()

    def _take(self):
        with self._starting:
            if not installed():
                raise Unavailable(NOT_INSTALLED)
            if self._reason:
                raise Unavailable(self._reason)
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.close()
            try:
                return Worker()
            except Unavailable as error:
                self._reason = str(error)
                raise

    def _put(self, worker):
        if worker.alive:
            self._idle.append(worker)
        else:
            worker.close()


def _kill_all():
    for worker in list(Worker.running):
        worker.kill()


POOL = Pool()
when_leaving(_kill_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=POOL.__init__)  # workers answer the one who started them
    os.register_at_fork(after_in_child=Worker.running.clear)
