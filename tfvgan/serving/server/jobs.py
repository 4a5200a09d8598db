"""Clips that are handed to models on the page: one is done at a time, and few wait."""

import asyncio
import json
import secrets
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from tfvgan.serving.server.bodies import pieces_of
from tfvgan.serving.server.job import Job
from tfvgan.serving.server.models import Models
from tfvgan.serving.server.refusal import INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE, Refusal
from tfvgan.serving.server.rest import JSON, refusal_response
from tfvgan.serving.server.trials import Trial, chosen, description, trial_of
from tfvgan.serving.server.version import END, UNLOADING

KEPT = 24  # Jobs that are kept at most, done ones too.
SWEEP = 15.0  # Seconds between two looks for what is old.
ENDINGS = {".mp4": "video/mp4", ".webm": "video/webm"}


class Jobs:
    """All clips; a context in which they are done, and after which none is left.

    Args:
        models: of the server.
    """

    def __init__(self, models: Models):
        self.models, self.limits = models, models.limits
        self._jobs: dict[str, Job] = {}
        self._coming = 0  # Clips that are being sent.
        self._there = asyncio.Event()

    @property
    def routes(self) -> list[Route]:
        """Returns the routes of starlette."""
        return [
            Route("/models", _answering(self._list)),
            Route("/jobs/{model}", _answering(self._begin), methods=["POST"]),
            Route("/jobs/{name}", _answering(self._tell)),
            Route("/jobs/{name}", _answering(self._stop), methods=["DELETE"]),
            Route("/jobs/{name}/{file}", _answering(self._send)),
        ]

    async def __aenter__(self) -> "Jobs":
        """Makes a private folder, and begins to wait for clips."""
        self._place = tempfile.TemporaryDirectory(
            prefix="tfvgan-serve-", ignore_cleanup_errors=True
        )
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._sweep())]
        return self

    async def __aexit__(self, *error: object) -> None:
        """Stops all, and deletes the folder."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for job in list(self._jobs.values()):
            await job.stop()
        self._place.cleanup()

    async def _list(self, request: Request) -> Response:
        told = _models_told(self.models)
        for one in told["models"]:
            trial = await self._trial(one["name"])
            folder = self.models.folders.get(one["name"])
            one["about"] = description(folder) if folder else ""
            one["kind"] = trial and trial.kind
            one["options"] = trial.options if trial else {}
        return _json(told | {"upload": self.limits.upload})

    async def _trial(self, name: str) -> Trial | None:
        """Returns what can be tried with a model, None if that is nothing."""
        versions = [
            one
            for one in self.models.versions
            if one.model == name and one.state not in (UNLOADING, END)
        ]
        if not versions or name not in self.models.folders:
            return None
        try:
            signatures = await self.models.signatures(versions[-1])
        except ValueError:
            return None
        return trial_of(self.models.folders[name], signatures)

    async def _begin(self, request: Request) -> Response:
        name = request.path_params["model"]
        trial = await self._trial(name)
        if trial is None:
            raise Refusal(NOT_FOUND, f"There is no model {name[:80]!r} for clips.")
        try:
            options = chosen(trial, request.query_params)
        except ValueError as error:
            raise Refusal(INVALID_ARGUMENT, str(error)) from None
        waiting = sum(not job.over for job in self._jobs.values()) + self._coming
        if waiting >= self.limits.jobs:
            raise Refusal(UNAVAILABLE, f"{waiting} clips wait already: come again later.")
        token = secrets.token_urlsafe(16)
        folder = Path(self._place.name, token)
        folder.mkdir(mode=0o700)
        job = Job(token, folder, self.models.folders[name], trial.kind, options, self.limits)
        self._coming += 1
        try:
            if trial.kind != "generate":
                await self._receive(request, folder / "upload")
        except BaseException:
            await job.stop()
            raise
        finally:
            self._coming -= 1
        self._jobs[token] = job
        self._there.set()
        return _json(job.told(), 202)

    async def _receive(self, request, path):
        size = 0
        with open(path, "wb") as file:
            async for piece in pieces_of(request, self.limits, self.limits.upload):
                file.write(piece)
                size += len(piece)
        if not size:
            raise Refusal(
                INVALID_ARGUMENT, "There is no clip in the request: send the file itself."
            )

    def _job(self, request: Request) -> Job:
        job = self._jobs.get(request.path_params["name"])
        if job is None:
            raise Refusal(NOT_FOUND, "There is no such clip, or none any more.")
        return job

    async def _tell(self, request: Request) -> Response:
        job = self._job(request)
        before = [one for one in self._jobs.values() if not one.over]
        ahead = before.index(job) if job in before else 0
        return _json(job.told() | {"ahead": ahead})

    async def _stop(self, request: Request) -> Response:
        job = self._job(request)
        await self._drop(job)
        return _json(job.told())

    async def _send(self, request: Request) -> Response:
        path = self._job(request).files.get(request.path_params["file"])
        if path is None:
            raise Refusal(NOT_FOUND, "There is no such file.")
        kept = "download" in request.query_params
        return FileResponse(
            path,
            media_type=ENDINGS[path.suffix],
            filename=path.name if kept else None,
            headers={"cache-control": "no-store"},
        )

    async def _drop(self, job):
        self._jobs.pop(job.name, None)
        await job.stop()

    async def _work(self):
        """Does one clip after the other, for ever."""
        while True:
            await self._there.wait()
            self._there.clear()
            while (job := self._next()) is not None:
                try:
                    await job.run()
                except Exception:  # The job says so itself.
                    traceback.print_exc(file=sys.stderr)

    def _next(self):
        return next((job for job in self._jobs.values() if not job.over), None)

    async def _sweep(self):
        """Drops what is old, or too much, for ever."""
        while True:
            await asyncio.sleep(min(SWEEP, self.limits.kept))
            over = [job for job in self._jobs.values() if job.over]
            now = time.monotonic()
            for place, job in enumerate(over):
                if now - job.ended > self.limits.kept or len(over) - place > KEPT:
                    await self._drop(job)


def _models_told(models: Models) -> dict[str, Any]:
    """Returns what models there are, and the state of their versions, as JSON has it."""
    found: dict[str, Any] = {name: [] for name in sorted(models.folders)}
    for version in models.versions:
        told = {"version": version.number, "state": version.state, "error": version.error}
        found.setdefault(version.model, []).append(told)
    return {"models": [{"name": name, "versions": told} for name, told in found.items()]}


def _json(content: Any, status: int = 200) -> Response:
    """Returns a response of JSON that is not to be kept."""
    headers = {"cache-control": "no-store"}
    return Response(json.dumps(content), status_code=status, media_type=JSON, headers=headers)


def _answering(method: Any) -> Any:
    """Returns a method as starlette takes it: refusals are told."""

    async def answer(request: Request) -> Response:
        try:
            return await method(request)
        except Refusal as error:
            return refusal_response(error)

    return answer
