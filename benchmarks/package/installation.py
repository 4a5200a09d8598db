"""What an installation takes: megabytes over the network, and on the disk.

The package, and what `make` installs beside it, each in an environment made for it, on the stack of
the Python that runs this. What comes over the network is what pip puts into an empty folder; the
disk is that of the environment, without pip's cache.

    python benchmarks/package/installation.py
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report

ROOT = Path(__file__).resolve().parents[2]
WANTED = {"pip install .": "", "make install": "[dev]"}  # What is typed, and the extras of that.


def measure(typed, extras):
    """Returns the row of what is typed.

    Args:
        typed: key of `WANTED`.
        extras: its value.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment, files = Path(folder, "environment"), Path(folder, "files")
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [environment / "bin" / "python", "-m", "pip", "--quiet"]
        wanted = f"{ROOT}{extras}"
        subprocess.run([*pip, "download", "--dest", files, wanted], check=True)
        network = megabytes(path for path in files.iterdir() if not path.name.startswith("tfvgan"))
        subprocess.run([*pip, "install", wanted], check=True)
        return {"typed": typed, "network MB": network, "disk MB": megabytes(environment.rglob("*"))}


def megabytes(paths):
    """Returns how many millions of bytes files take, a float; folders and links take none."""
    return sum(path.lstat().st_size for path in paths if path.is_file()) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    report(
        "installation",
        "What an installation takes.",
        [measure(typed, extras) for typed, extras in WANTED.items()],
    )


if __name__ == "__main__":
    main()
