"""The folder that keeps what is fetched or computed once."""

import os
import sys
import tempfile
from pathlib import Path

MOVE = "set the environment variable TFVGAN_HOME to a folder that can be written"


def home() -> Path:
    """Returns the folder, which need not exist yet: `TFVGAN_HOME`, or `tfvgan` in the user's cache.

    That is `$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS, and
    `%LOCALAPPDATA%` on Windows. Everything below it can be made again, and so deleted.

    Raises:
        ValueError: when neither is known: nobody has said where this user is at home.
    """
    moved = os.environ.get("TFVGAN_HOME")
    try:
        return Path(moved).expanduser().absolute() if moved else cache() / "tfvgan"
    except RuntimeError:
        raise ValueError(f"This user has no home folder: {MOVE}.") from None


def make_folder(folder):
    """Makes a folder in it, unless it is there.

    Raises:
        ValueError: when that can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = error.strerror or error
        raise ValueError(f"{folder} can't be written to ({why}): {MOVE}.") from None


def cache():
    """Returns the platform's folder for what its user's programs keep."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
