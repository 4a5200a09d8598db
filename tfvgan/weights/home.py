"""The folder that keeps what is fetched or computed once."""

import os
import sys
from pathlib import Path


def home() -> Path:
    """Returns the folder, which need not exist yet: `TFVGAN_HOME`, or `tfvgan` in the user's cache.

    That is `$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS, and
    `%LOCALAPPDATA%` on Windows. Everything below it can be made again, and so deleted.
    """
    moved = os.environ.get("TFVGAN_HOME")
    return Path(moved).expanduser().absolute() if moved else cache() / "tfvgan"


def cache():
    """Returns the platform's folder for what its user's programs keep."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
