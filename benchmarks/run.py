"""Runs every benchmark, one after the other, each in a process of its own.

python benchmarks/run.py [NAME ...]
"""

import subprocess
import sys
from pathlib import Path

from mocogan_sets import SKIPPED

HERE = Path(__file__).resolve().parent
NAMES = (
    "startup",
    "input",
    "moments",
    "prepare_memory",
    "training_step",
    "edge",
    "fvd_speed",
    "what_fvd_sees",
    "generation",
    "generation_scaling",
    "generation_step",
    "generation_profile",
    "restoration_speed",
    "restoration_memory",
    "codec_speed",
)  # Beside restoration.py and codec.py, which ask for videos.


def main():
    names = sys.argv[1:] or NAMES
    failed = []
    for name in names:
        print(f"--- {name}", flush=True)
        code = subprocess.run([sys.executable, str(HERE / f"{name}.py")]).returncode
        if code not in (0, SKIPPED):
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
