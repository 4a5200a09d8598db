"""The process of a model, seen from the server that asks it; see `worker`."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tfvgan.serving.server.limits import MB, Limits
from tfvgan.serving.server.messages import next_message, packed

PROGRAM = (
    "import sys; sys.path[:] = {}; "
    "from tfvgan.serving.server.{} import {} as run; raise SystemExit(run())"
)
# Quietly, and with few arenas: memory that is free in one is of no use in another. Of a GPU, each
# takes as much as it needs.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "MALLOC_ARENA_MAX": "2",
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
}
BUFFER = 2**20  # Bytes that are read at once.
LOADING = 300.0  # Seconds that loading may take,
ENDING = 5.0  # and ending, before the process is killed.
NEARLY = 0.75  # Of the room for data that a loaded model has: who has kept that is full.
RESIDENT, DATA = 1, 5  # Places of these in statm, in pages.


class Died(Exception):
    """The process has ended; the message says how."""


class ModelProcess:
    """A process that has loaded one version of a model; `start` makes one.

    Args:
        process: that runs.
        reader: of what it says.
        writer: of what it is told.
    """

    def __init__(
        self,
        process: subprocess.Popen,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ):
        self._process, self._reader, self._writer = process, reader, writer
        self._enough = float("inf")  # Bytes of data.

    @classmethod
    async def start(cls, folder: str, version: int, limits: Limits) -> "ModelProcess":
        """Returns the process, once the model is loaded.

        Args:
            folder: of the version.
            version: its number.
            limits: of the server.

        Raises:
            Died: when it can't be loaded; the message says why.
        """
        told = {
            "folder": folder,
            "version": version,
            "memory": limits.memory,
            "answer": limits.answer,
        }
        made = cls(*await started("worker", "answer_requests", json.dumps(told)))
        try:
            async with asyncio.timeout(LOADING):
                head, _ = await next_message(made._reader)
        except (EOFError, TimeoutError, asyncio.CancelledError) as error:
            how = await made.kill()
            if isinstance(error, asyncio.CancelledError):
                raise
            raise Died(f"its process {how} while it loaded the model") from None
        if "error" in head:
            await made.kill()
            raise Died(head["error"])
        begun = _bytes(made.pid, DATA)
        made._enough = begun + NEARLY * (limits.memory * MB - begun)
        return made

    async def ask(self, kind: str, body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Returns the head and the body of the answer.

        Args:
            kind: "json" or "protobuf".
            body: of the request.
            seconds: how long that may take.

        Raises:
            Died: when the process ended meanwhile.
            TimeoutError: when it took too long; the process is ended then.
        """
        try:
            async with asyncio.timeout(seconds):
                for piece in packed({"kind": kind}, body):
                    self._writer.write(piece)
                await self._writer.drain()
                return await next_message(self._reader)
        except TimeoutError:
            await self.kill()
            raise
        except (EOFError, OSError):
            raise Died(f"its process {await self.kill()}") from None
        except BaseException:  # Else the next one would read the rest of this answer.
            await self.kill()
            raise

    @property
    def pid(self) -> int:
        """Returns its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Returns whether the process still runs."""
        return self._process.poll() is None

    @property
    def memory(self) -> int:
        """Returns the bytes of memory that it holds; 0 where the system does not say."""
        return resident(self.pid) if self.alive else 0

    @property
    def full(self) -> bool:
        """Returns whether it has kept so much data that there is little room for more.

        TensorFlow keeps what oneDNN has compiled for each new size of frames, and gives none of it
        back; where the limit is met, the process ends with the request.
        """
        return self.alive and _bytes(self.pid, DATA) > self._enough

    async def kill(self) -> str:
        """Returns how the process has ended, after ending it."""
        self._process.kill()
        self._writer.close()
        code = await asyncio.to_thread(self._process.wait)
        return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"

    async def close(self) -> None:
        """Ends the process, once it has answered."""
        self._writer.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, ENDING)
        await self.kill()


async def started(
    module: str, function: str, *arguments: str
) -> tuple[subprocess.Popen, asyncio.StreamReader, asyncio.StreamWriter]:
    """Returns a process that runs a function of this room, and what it says and is told.

    Both go through one socket, which is its standard input and output. What it prints to standard
    error is dropped.

    Args:
        module: by its name.
        function: in it.
        *arguments: of the process.
    """
    ours, its = socket.socketpair()
    with its:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(sys.path, module, function), *arguments],
            stdin=its,
            stdout=its,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ENVIRONMENT},
            start_new_session=True,  # Ctrl-C is for the server.
        )
    return process, *await asyncio.open_connection(sock=ours, limit=BUFFER)


def resident(pid: int | str = "self") -> int:
    """Returns the bytes of memory that a process holds; 0 where the system does not say.

    Args:
        pid: its number.
    """
    return _bytes(pid, RESIDENT)


def _bytes(pid, place):
    """Returns what the system says of the memory of a process at a place; 0 where it does not."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[place])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
