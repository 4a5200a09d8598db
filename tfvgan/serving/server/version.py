"""One version of a model: its process, who waits for it, and how it comes and goes."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.process import Died, ModelProcess
from tfvgan.serving.server.refusal import (
    CANCELLED,
    DEADLINE_EXCEEDED,
    OK,
    UNAVAILABLE,
    Refusal,
)

# What becomes of a version, in the words of TensorFlow Serving.
START, LOADING, AVAILABLE, UNLOADING, END = "START", "LOADING", "AVAILABLE", "UNLOADING", "END"
WAITS = 4  # Times as long as it may compute may a request wait: others are stopped, and start anew.
AGAIN, SELDOM = 60.0, 3600.0  # Seconds until what failed to load is tried again, first and at most.
SPARED = 60.0  # Seconds after which a process that is full may give way to a new one again.


async def _still_there() -> bool:
    return True


class Version:
    """One version of a model.

    Requests are computed one after the other, in the order in which they came. A process that ends
    is started anew, so that a request can only harm itself. One that has kept nearly all that it
    may gives way to a new one between two requests.

    Args:
        model: name of the model.
        number: of the version.
        folder: of the version.
        limits: of the server.
        gate: who may compute, of all models.
    """

    def __init__(
        self, model: str, number: int, folder: Path, limits: Limits, gate: asyncio.Semaphore
    ):
        self.model, self.number, self.folder = model, number, folder
        self.state, self.error = START, ""
        self.waiting = 0  # Requests that came and have no answer.
        self.restarts = 0  # How often the process was started anew,
        self.renewals = 0  # and how often it gave way to a new one.
        self._limits, self._gate = limits, gate
        self._process: ModelProcess | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task] = set()
        self._failures, self._failed = 0, 0.0
        self._renewed = float("-inf")

    @property
    def memory(self) -> int:
        """Returns the bytes of memory that its process holds."""
        return 0 if self._process is None else self._process.memory

    @property
    def pid(self) -> int | None:
        """Returns the number of its process, None where there is none."""
        return None if self._process is None else self._process.pid

    @property
    def due(self) -> bool:
        """Returns whether it failed to load, and is to be tried again."""
        wait = min(AGAIN * 2 ** max(self._failures - 1, 0), SELDOM)
        return bool(self._failures) and time.monotonic() - self._failed > wait

    def failed_before(self, other: "Version") -> None:
        """Takes over how often loading has failed.

        Args:
            other: the same version, as it was tried before.
        """
        self._failures, self._failed = other._failures, other._failed

    async def load(self) -> None:
        """Starts its process; the state and the error say whether that went well."""
        async with self._turn:
            await self._load()

    async def revive(self) -> None:
        """Starts its process anew, if it has ended by itself."""
        if self.state == AVAILABLE and not self._alive and not self._turn.locked():
            await self.load()

    async def ask(
        self, kind: str, body: bytes, there: Callable[[], Awaitable[bool]] = _still_there
    ) -> bytes:
        """Returns the body of the answer.

        Args:
            kind: "json" or "protobuf".
            body: of the request.
            there: says whether whoever asked still waits, when it is their turn.

        Where this is cancelled nobody waits any more, and what is not begun is not computed.

        Raises:
            Refusal: when there is none.
        """
        if self.waiting >= self._limits.queue:
            raise Refusal(
                UNAVAILABLE,
                f"{self.waiting} requests wait for {self.model} already: ask again later.",
            )
        gone = False

        async def waits():
            return not gone and await there()

        self.waiting += 1
        task = asyncio.create_task(self._asked(kind, body, waits))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            gone = True
            raise

    async def unload(self) -> None:
        """Ends its process, once those who wait have their answers."""
        self.state = UNLOADING
        if self._tasks:
            await asyncio.wait(self._tasks)
        async with self._turn:
            if self._process is not None:
                await self._process.close()
            self._process, self.state = None, END

    async def kill(self) -> None:
        """Ends its process at once."""
        if self._process is not None:
            await self._process.kill()

    @property
    def _alive(self):
        return self._process is not None and self._process.alive

    def _done(self, task):
        self.waiting -= 1
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # Seen, even where nobody waits for it any more.

    async def _asked(self, kind, body, there):
        seconds = WAITS * self._limits.seconds
        try:
            async with asyncio.timeout(seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise Refusal(
                DEADLINE_EXCEEDED,
                f"{self.model} had no time for this request within {seconds:g} seconds: ask again "
                "later.",
            ) from None
        try:
            if not await there():
                raise Refusal(CANCELLED, "Whoever asked went away.")
            if not self._alive and self.state != END:
                await self._load()
            if self.state not in (AVAILABLE, UNLOADING):
                why = self.error.removesuffix(".")
                raise Refusal(UNAVAILABLE, f"{self.model} can't be loaded: {why}.")
            async with self._gate:
                return await self._answered(kind, body)
        finally:
            self._turn.release()

    async def _answered(self, kind, body):
        seconds = self._limits.seconds
        try:
            head, content = await self._process.ask(kind, body, seconds)
        except TimeoutError:
            self._start_anew()
            raise Refusal(
                DEADLINE_EXCEEDED,
                f"{self.model} was stopped after {seconds:g} seconds with this request: ask for "
                "less at once.",
            ) from None
        except Died as error:
            self._start_anew()
            raise Refusal(
                UNAVAILABLE,
                f"{self.model} failed with this request ({error}): ask for less at once.",
            ) from None
        if self._process.full and time.monotonic() - self._renewed > SPARED:
            self._renewed = time.monotonic()
            self._begin(self._renew())
        if head["code"] != OK:
            raise Refusal(head["code"], head["message"])
        return content

    def _start_anew(self):
        """Has the process started anew, unless somebody who waits does so before."""
        self._begin(self._anew())

    def _begin(self, work):
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self):
        """Has a new process answer in place of this one, which does so until the other is there."""
        old = self._process
        try:
            new = await ModelProcess.start(str(self.folder), self.number, self._limits)
        except Died:  # The old one goes on.
            return
        async with self._turn:
            if self._process is not old or self.state != AVAILABLE:
                await new.kill()
                return
            self._process = new
            self.renewals += 1
        await old.close()

    async def _anew(self):
        async with self._turn:
            if not self._alive and self.state == AVAILABLE:
                await self._load()

    async def _load(self):
        """Starts the process; whoever calls it has the turn."""
        going = self.state
        if going != UNLOADING:
            self.restarts += going == AVAILABLE
            self.state = AVAILABLE if going == AVAILABLE else LOADING
        try:
            process: Any = await ModelProcess.start(str(self.folder), self.number, self._limits)
        except Died as error:
            self.error, self.state = str(error), END
            self._failures, self._failed = self._failures + 1, time.monotonic()
            return
        self._process, self.error, self._failures = process, "", 0
        if self.state != UNLOADING:
            self.state = AVAILABLE
