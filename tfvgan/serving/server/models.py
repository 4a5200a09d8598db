"""All models that a server has, of which new versions come and old ones go while it runs."""

import asyncio
import os
from pathlib import Path
from typing import Any

from tfvgan.serving.server.folders import Labels, aspired, model_folders, versions_in
from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.refusal import INVALID_ARGUMENT, NOT_FOUND, Refusal
from tfvgan.serving.server.signatures import read_signatures
from tfvgan.serving.server.tidy import give_memory_back
from tfvgan.serving.server.version import (
    AVAILABLE,
    END,
    LOADING,
    START,
    UNLOADING,
    Version,
)

ROUND = 2.0  # Seconds between two looks at the folder.
LOADED_AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
ENDED = 8  # Versions that are remembered, of each model, after they went.


class Models:
    """The models of a folder.

    Args:
        folder: of models; see `folders.model_folders`.
        limits: of the server.
        names: of the models that are served; None for all.
        labels: versions by model and label, which are served beside the newest.
        lazy: whether a model is loaded when it is first asked for. A newer version of one that was
            is loaded at once.
    """

    def __init__(
        self,
        folder: str | os.PathLike,
        limits: Limits,
        names: list[str] | None = None,
        labels: Labels | None = None,
        lazy: bool = False,
    ):
        self.folder, self.limits, self.names = folder, limits, names
        self.labels, self.lazy = labels or {}, lazy
        self.folders: dict[str, Path] = {}
        self._versions: dict[str, dict[int, Version]] = {}
        self._gate = asyncio.Semaphore(limits.at_once)
        self._loading = asyncio.Semaphore(LOADED_AT_ONCE)
        self._tasks: set[asyncio.Task] = set()
        self._signatures: dict[Path, dict[str, Any]] = {}

    @property
    def versions(self) -> list[Version]:
        """Returns all versions that there are or were, in order."""
        return [
            version for _, of in sorted(self._versions.items()) for _, version in sorted(of.items())
        ]

    @property
    def settled(self) -> bool:
        """Returns whether none is being loaded, or is going to be."""
        busy = (LOADING,) if self.lazy else (START, LOADING)
        return not any(version.state in busy for version in self.versions)

    def at(self, name: str, number: int | None = None, label: str | None = None) -> Version:
        """Returns the version that is asked for, which answers: the newest, unless one is named.

        Args:
            name: of the model.
            number: of the version.
            label: of the version.

        Raises:
            Refusal: when there is none.
        """
        if label is not None:
            number = self.labels.get(name, {}).get(label)
            if number is None:
                raise Refusal(INVALID_ARGUMENT, f"Unrecognized servable version label: {label}")
        answering = (AVAILABLE, START, LOADING) if self.lazy else (AVAILABLE,)
        found = {
            key: version
            for key, version in self._versions.get(name, {}).items()
            if version.state in answering and number in (None, key)
        }
        kept = set(self.labels.get(name, {}).values()) if self.lazy and number is None else set()
        ready = [key for key, version in found.items() if version.state == AVAILABLE]
        ready = [key for key in ready if key not in kept or key == max(found)]
        if found:
            return found[max(ready or found)]
        which = f"Latest({name})" if number is None else f"Specific({name}, {number})"
        raise Refusal(NOT_FOUND, f"Servable not found for request: {which}")

    def status(
        self, name: str, number: int | None = None, label: str | None = None
    ) -> list[Version]:
        """Returns the versions of a model, or the one that is named, whatever their state.

        Args:
            name, number, label: as of `at`.

        Raises:
            Refusal: when there is none.
        """
        if label is not None:
            number = self.at(name, label=label).number
        known = self._versions.get(name, {})
        if number is None and not known:
            raise Refusal(NOT_FOUND, f"Could not find any versions of model {name}")
        if number is not None and number not in known:
            raise Refusal(NOT_FOUND, f"Could not find version {number} of model {name}")
        return [known[key] for key in sorted(known, reverse=True) if number in (None, key)]

    async def signatures(self, version: Version) -> dict[str, Any]:
        """Returns the signatures of a version, as `read_signatures` does, which is asked once.

        Args:
            version: of one of the models.

        Raises:
            ValueError: when its SavedModel can't be read.
        """
        if version.folder not in self._signatures:
            read = await asyncio.to_thread(read_signatures, version.folder)
            self._signatures[version.folder] = read
        return self._signatures[version.folder]

    async def look(self) -> None:
        """Looks at the folder, and begins what follows from what is there."""
        try:
            there = await asyncio.to_thread(self._there)
        except (OSError, ValueError):  # As of a file system that is away at the moment.
            return
        for name in there.keys() | self._versions.keys():
            self._look_at(name, there.get(name, {}))

    async def watch(self) -> None:
        """Looks at the folder again and again, and tidies up."""
        while True:
            await self.look()
            for version in self.versions:
                await version.revive()
            give_memory_back()
            await asyncio.sleep(ROUND)

    async def close(self) -> None:
        """Ends all processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(version.kill() for version in self.versions))

    def _there(self):
        """Returns the folders of versions by model and number; those of `names` alone."""
        self.folders = {
            name: path
            for name, path in model_folders(self.folder).items()
            if self.names is None or name in self.names
        }
        return {name: versions_in(path) for name, path in self.folders.items()}

    def _look_at(self, name, there):
        known = self._versions.setdefault(name, {})
        wanted = aspired(list(there), self.labels.get(name, {}))
        for number in wanted:
            version = known.get(number)
            gone = version is not None and version.state == END and not version.error
            if version is None or gone or (version.state == END and version.due):
                known[number] = self._new(name, number, there[number], version)
        old = [version for number, version in known.items() if number not in wanted]
        loaded = any(version.state in (AVAILABLE, LOADING) for version in old)
        newest = known[wanted[-1]] if wanted else None
        if self.lazy and loaded and newest and newest.state == START:
            self._begin(self._load(newest))
        # An old version goes when the newest is there to answer in its place, or all have gone.
        ready = newest is None or newest.state == AVAILABLE or (self.lazy and not loaded)
        for version in old:
            if ready and version.state in (AVAILABLE, START):
                version.state = UNLOADING
                self._begin(version.unload())
        ended = [number for number, version in sorted(known.items()) if version.state == END]
        for number in [one for one in ended if one not in wanted][:-ENDED]:
            del known[number]

    def _new(self, name, number, folder, before):
        version = Version(name, number, folder, self.limits, self._gate)
        if before is not None:
            version.failed_before(before)
        self._signatures.pop(folder, None)
        if not self.lazy:
            self._begin(self._load(version))
        return version

    async def _load(self, version):
        async with self._loading:
            if version.state == START:
                await version.load()

    def _begin(self, work):
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
