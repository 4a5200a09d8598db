"""One clip on the page: its folder, its process, and how far it is."""

import asyncio
import contextlib
import json
import shutil
import time
from pathlib import Path
from typing import Any

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.messages import next_message
from tfvgan.serving.server.process import started

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
OVER = (DONE, FAILED, STOPPED)


class Job:
    """A clip that goes through a model, or one that a model makes.

    Args:
        name: of the job, which nobody guesses.
        folder: of its own; the clip is "upload" in it.
        model: folder of the model.
        kind: of `trials.Trial`.
        options: of the kind.
        limits: of the server.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        model: Path,
        kind: str,
        options: dict[str, Any],
        limits: Limits,
    ):
        self.name, self.folder, self.state = name, folder, WAITING
        self.error, self.made, self.count = "", 0, None
        self.began = self.ended = time.monotonic()
        self.files: dict[str, Path] = {}
        self._model, self._kind, self._options, self._limits = model, kind, options, limits
        self._process = None

    @property
    def over(self) -> bool:
        """Returns whether nothing more becomes of it."""
        return self.state in OVER

    def told(self) -> dict[str, Any]:
        """Returns how far it is, as JSON has it."""
        end = self.ended if self.over else time.monotonic()
        return {
            "id": self.name,
            "state": self.state,
            "made": self.made,
            "count": self.count,
            "seconds": round(end - self.began, 2) if self.state != WAITING else 0.0,
            "error": self.error,
            "files": sorted(self.files),
        }

    async def run(self) -> None:
        """Does it, within its limits; the state says how that went."""
        if self.over:
            return
        self.state, self.began = RUNNING, time.monotonic()
        seconds = self._limits.job_seconds
        try:
            async with asyncio.timeout(seconds):
                await self._run()
        except TimeoutError:
            self._end(FAILED, f"The clip took more than {seconds:g} seconds: take a shorter one.")
        except Exception as error:
            self._end(FAILED, f"The clip could not be done: unexpected {type(error).__name__}.")
            raise
        finally:
            await self._kill()

    async def stop(self) -> None:
        """Stops it, and deletes its files."""
        if not self.over:
            self._end(STOPPED, "The clip was stopped.")
        await self._kill()
        self.files = {}
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def _run(self):
        told = {
            "folder": str(self.folder),
            "model": str(self._model),
            "kind": self._kind,
            "options": self._options,
            "memory": self._limits.memory,
            "file": 8 * self._limits.upload,
        }
        self._process, reader, self._writer = await started(
            "job_worker", "run_job", json.dumps(told)
        )
        try:
            while not self.over:
                self._hear((await next_message(reader))[0])
        except (EOFError, OSError):
            if not self.over:
                self._end(FAILED, "The clip's process ended early: take a smaller clip.")

    def _hear(self, head):
        """Takes what the process says."""
        if "error" in head:
            self._end(FAILED, head["error"])
        elif "done" in head:
            self.files = {name: self.folder / file for name, file in head["names"].items()}
            self._end(DONE)
        else:
            self.made, self.count = head["made"], head["count"]

    def _end(self, state, error=""):
        if not self.over:
            self.state, self.error, self.ended = state, error, time.monotonic()

    async def _kill(self):
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError):
                self._writer.close()
            await asyncio.to_thread(process.wait)
