"""What it costs to start: `import tfvgan` beside `import tensorflow`, and `tfvgan --help`.

python benchmarks/package/startup.py [--rounds 7]
"""

import argparse
import subprocess
import sys
import sysconfig
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import in_turns, report, spread

COMMANDS = {
    "import tensorflow": [sys.executable, "-c", "import tensorflow"],
    "import tfvgan": [sys.executable, "-c", "import tfvgan"],
    "tfvgan --help": [str(Path(sysconfig.get_path("scripts")) / "tfvgan"), "--help"],
}


def run(command):
    """Runs a command in a new process, its output thrown away."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    functions = {name: lambda c=command: run(c) for name, command in COMMANDS.items()}
    timings = {
        name: spread(seconds)
        for name, seconds in in_turns(functions, parser.parse_args().rounds).items()
    }
    medians = {name: timing["median"] for name, timing in timings.items()}
    base = medians["import tensorflow"]
    report(
        "startup",
        "Starting up, each time in a new process, the files in the system's cache.",
        [
            {"command": name, "seconds": median, "against import tensorflow": median / base}
            for name, median in medians.items()
        ],
        seconds=timings,
    )


if __name__ == "__main__":
    main()
