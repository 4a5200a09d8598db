"""A verb for the tests of folders: it copies a file, and does as its name and settings say."""

import os
import shutil
import time
from pathlib import Path

from tfvgan.whole import write_whole


def opened(settings):
    """Returns what copies a file; a setting `wrong` is a setting that suits no file."""
    if "wrong" in settings:
        raise ValueError(f"there is no {settings['wrong']!r}")
    log = settings.get("log")

    def make(video, out, *, resume, overwrite):
        if log:
            name = f"{Path(video).stem}-{os.getpid()}-{time.monotonic_ns()}"
            Path(log, name).write_text(f"{resume} {overwrite}")
        if os.path.exists(out) and not overwrite:
            raise ValueError(f"`{out}` is there already")
        stem = Path(video).stem
        if stem.startswith("bad"):
            raise ValueError(f"{stem} can't be read")
        if stem.startswith("odd"):
            raise TypeError("odd")
        once = Path(settings.get("once", "/nowhere"))
        if stem.startswith("dies") and (stem == "dies-always" or once.exists()):
            once.unlink(missing_ok=True)
            os._exit(9)
        time.sleep(settings.get("seconds", 0))
        write_whole(out, lambda file: shutil.copy(video, file))
        return ["a group is lost"] if stem.startswith("damaged") else []

    return make


def plain(name):
    return name


def films(folder, *names):
    """Fills a folder with files that are called videos, and hold their names; returns it."""
    for name in names:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return Path(folder)
