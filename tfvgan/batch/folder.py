"""A folder of videos in, a folder of what a verb makes of each out."""

import contextlib
import os
import secrets
from collections.abc import Callable
from typing import Any, NamedTuple

from tfvgan.batch.listed import Item, items
from tfvgan.batch.pool import Runner
from tfvgan.batch.records import DONE, Records
from tfvgan.batch.runner import runner_of
from tfvgan.batch.shard import Shard
from tfvgan.batch.verbs import VERBS, Verb, named_for
from tfvgan.batch.work import FolderJob
from tfvgan.streaming.bar import Bar

AGAIN = 1  # How often what failed for reasons that may pass, such as a full disk, is tried again.
ALL = Shard()
PATHS = ("model", "style", "mask", "view")  # Settings that may be paths.


class Outcome(NamedTuple):
    """What became of the files of a folder, each list by name: `made` now, the `same` as before,
    and the records of those that `failed` or whose output is `damaged`; and of all shares, how
    many are still to be done, `left`, and the path of the `manifest`."""

    made: list[str]
    same: list[str]
    failed: list[dict[str, Any]]
    damaged: list[dict[str, Any]]
    left: int
    manifest: str

    @property
    def errors(self) -> dict[str, str]:
        """Returns why each file failed, a sentence by its name."""
        return {record["name"]: record["error"] for record in self.failed}


def run_folder(
    verb: str,
    folder: str | os.PathLike,
    out: str | os.PathLike,
    settings: dict[str, Any] | None = None,
    *,
    shard: Shard = ALL,
    jobs: int = 1,
    cluster: str | None = None,
    ending: str | None = None,
    overwrite: bool = False,
    show: bool = False,
    tell: Callable[[dict[str, Any]], None] = lambda record: None,
) -> Outcome:
    """Returns what became of the files of a folder: a verb makes an output of each.

    Outputs have the names of their videos, in folders of the same names. What is done is noted in
    the output folder, and in its `manifest.jsonl`, a JSON line a file. So the same call goes on
    where it was stopped or killed, and makes nothing twice. A file that fails stops no other.

    Args:
        verb: "restore", "stylize", "segment", "compress" or "decompress".
        folder: of videos, at any depth; of .tvg files for "decompress".
        out: the folder to fill, which is made.
        settings: dict of the verb's arguments, those of `tfvgan.restore` and so on.
        shard: the share of the files to take, such as `Shard(0, 4)`, where others take the rest.
        jobs: int, processes at once; each has a model of its own in memory.
        cluster: the address of a scheduler of dask.distributed, or "local:N" for N workers of this
            machine; None for no cluster.
        ending: str, such as ".mkv", of all outputs; None for that of each video where it can be
            written. Compressed videos have .tvg behind it.
        overwrite: bool, whether outputs that this has not made may be replaced, and those that it
            has made with other settings.
        show: bool, whether to show a progress bar of files on stderr.
        tell: function that is called with the record of each file that is done now or has failed.

    Raises:
        ValueError: when there is no such folder or verb, the output folder was filled with other
            settings, or the settings suit no file.
    """
    if verb not in VERBS:
        raise ValueError(f"`verb` must be one of {', '.join(VERBS)}, but is {verb!r}.")
    run = runner_of(jobs, cluster)
    kind = VERBS[verb]._replace(named=named_for(verb, ending))
    found = items(folder, out, kind.named, kind.only)
    return run_items(verb, kind, found, out, settings or {}, shard, run, overwrite, show, tell)


def run_items(
    name: str,
    verb: Verb,
    found: list[Item],
    out: str | os.PathLike,
    settings: dict[str, Any],
    shard: Shard,
    run: Runner,
    overwrite: bool = False,
    show: bool = False,
    tell: Callable[[dict[str, Any]], None] = lambda record: None,
) -> Outcome:
    """Returns the `Outcome` of items, as `run_folder` does of a folder.

    Args:
        name: of the verb, in records.
        verb: what is done to each.
        found: all items, of all shares.
        out, settings, shard, overwrite, show, tell: as of `run_folder`.
        run: what has a job done to items, and yields their records.

    Raises:
        ValueError: as `run_folder`.
    """
    job = FolderJob(verb.opened, name, absolute_settings(settings), os.path.abspath(out), overwrite)
    job, records = job._replace(run=secrets.token_hex(8)), Records(out)
    records.begin(job.noted, overwrite)
    mine = [item for item in found if shard.holds(item.share or item.name)]
    made = {item: _is_made(records, item, job) for item in mine}
    same = [item.name for item in mine if made[item]]
    todo = [item for item in mine if not made[item]]
    done, failed = {}, {}
    try:
        with Bar(show, " files") as progress:
            for _ in range(1 + AGAIN):
                for record in run(job, todo) if todo else ():
                    kind = done if record["state"] == DONE else failed
                    failed.pop(record["name"], None)
                    kind[record["name"]] = record
                    tell(record)
                    progress(len(same) + len(done) + len(failed), len(mine))
                todo = [item for item in todo if failed.get(item.name, {}).get("again")]
    finally:
        manifest = records.merge()
    left = sum(not _is_made(records, item, job) for item in found)
    damaged = [record for record in done.values() if record.get("damaged")]
    return Outcome(sorted(done), same, list(failed.values()), damaged, left, manifest)


def _is_made(records, item, job):
    with contextlib.suppress(OSError):  # It is gone, which is said when it is its turn.
        return records.made(item, job.noted) is not None
    return False


def absolute_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Returns a verb's settings with absolute paths: others may work in another folder."""
    return {
        name: os.path.abspath(value)
        if name in PATHS and isinstance(value, (str, os.PathLike)) and os.path.exists(value)
        else value
        for name, value in settings.items()
    }
