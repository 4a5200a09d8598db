"""What pip knows of the user's package index, and pip itself, as a program of its own."""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

DEFAULT_INDEX = "https://pypi.org/simple"


def settings():
    """Returns pip's settings by name, such as "index-url": environment before files."""
    values = {}
    lines = run("config", "list").stdout.splitlines()
    for scope in ("global", "download", ":env:"):
        for line in lines:
            match = re.match(rf"{re.escape(scope)}\.([a-z-]+)=(.*)", line)
            if match:
                values[match[1]] = " ".join(shlex.split(match[2]))
    return values


def indexes(settings):
    """Returns the addresses of the package indexes, the first to ask first."""
    if settings.get("no-index", "").lower() in ("1", "true", "yes", "on", "y", "t"):
        return []
    extra = settings.get("extra-index-url", "").split()
    return [settings.get("index-url") or DEFAULT_INDEX, *extra]


def pip_download(distribution, folder):
    """Returns the path of the distribution, which pip has put into the folder.

    pip asks for the metadata of a source distribution, and so runs the `setup.py` inside, once it
    has found the sha256 to be the pinned one. Of a wheel it runs nothing.

    Raises:
        ValueError: when pip fails; the message ends with pip's own last word.
    """
    options = ["--no-deps", *distribution.kind, "--no-build-isolation", "--retries", "1"]
    with tempfile.TemporaryDirectory() as temporary:
        pinned = Path(temporary) / "requirements.txt"
        pinned.write_text(
            f"{distribution.requirement} --hash=sha256:{distribution.sha256}\n", encoding="utf-8"
        )
        done = run("download", *options, "--require-hashes", "-r", pinned, "-d", folder)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.strip()]
        raise ValueError(errors[-1] if errors else "it failed without a word")
    return Path(folder) / distribution.file


def run(*arguments):
    """Returns the finished process of pip, with what it printed."""
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--disable-pip-version-check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
