"""The same steps on two stacks: this Python's, and another's with its own TensorFlow.

On the same cores, in one run, in turns, each stack in a process of its own: training steps of three
presets, and I3D's features of clips, by which FVD is measured. The figure is the ratio of the
medians, the other stack's to this one's: above 1, the other is slower. Without --this, this stack
is the Python that runs this script.

    python benchmarks/package/stacks.py --other OTHER/bin/python [--rounds 9]
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import in_turns, report, spread

ROOT = Path(__file__).resolve().parents[2]
WORK = {  # What is timed: module, function and its arguments.
    "training step, dcgan": ("benchmarks.training.step", "tfvgan_step", "dcgan"),
    "training step, vgan": ("benchmarks.training.step", "tfvgan_step", "vgan"),
    "training steps, continuous": ("benchmarks.generation.step", "tfvgan_step"),
    "I3D's features of 32 clips": ("benchmarks.metrics.fvd_speed", "tfvgan_turn"),
}
# What a process of each stack does: a line in is one turn, a line out says that it is done. What
# libraries print goes to stderr.
SERVE = """
import importlib, os, sys
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)
module, make, *arguments = sys.argv[1:]
function, facts = getattr(importlib.import_module(module), make)(*arguments)
import keras, numpy, platform, tensorflow
answers.write(f"{platform.python_version()} {tensorflow.__version__} {keras.__version__} "
              f"{numpy.__version__}\\n")
for line in sys.stdin:
    function()
    answers.write("done\\n")
"""


class Elsewhere:
    """Calls `module.make(*arguments)` on another Python; then each call runs what that returned.

    Args:
        python: path of the interpreter.
        module, make: names, of what returns a function without arguments and some facts.
        *arguments: texts, of `make`.

    Attributes:
        versions: dict, of Python, TensorFlow, Keras and numpy there.
    """

    def __init__(self, python, module, make, *arguments):
        self._process = subprocess.Popen(
            [python, "-c", SERVE, module, make, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        names = ("python", "tensorflow", "keras", "numpy")
        self.versions = dict(zip(names, self._answer().split(), strict=True))

    def _answer(self):
        """Returns the next line that comes back.

        Raises:
            RuntimeError: when the process ended.
        """
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args[0]} ended with {self._process.wait()}.")
        return line

    def __call__(self):
        """Runs the function once, and returns when it is done."""
        self._process.stdin.write("\n")
        self._answer()

    def close(self):
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def measure(work, pythons, rounds):
    """Returns the row of one piece of work, its timings, and the versions of both stacks.

    Args:
        work: key of `WORK`.
        pythons: dict of interpreters, "this" and "other".
        rounds: int, how often each is timed.
    """
    sides = {side: Elsewhere(python, *WORK[work]) for side, python in pythons.items()}
    timings = {side: spread(times) for side, times in in_turns(sides, rounds, warmup=3).items()}
    for side in sides.values():
        side.close()
    medians = {side: timing["median"] for side, timing in timings.items()}
    row = {"work": work} | {f"{side} ms": 1e3 * median for side, median in medians.items()}
    versions = {side: each.versions for side, each in sides.items()}
    return {**row, "ratio": medians["other"] / medians["this"]}, timings, versions


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--this", default=sys.executable, metavar="PYTHON", help="a Python")
    parser.add_argument("--other", required=True, metavar="PYTHON", help="another Python")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--work", nargs="+", choices=WORK, default=list(WORK))
    arguments = parser.parse_args()
    pythons = {"this": arguments.this, "other": arguments.other}
    measured = {work: measure(work, pythons, arguments.rounds) for work in arguments.work}
    report(
        "stacks",
        "Steps and features on one TensorFlow against another, in turns.",
        [row for row, _, _ in measured.values()],
        stacks=next(iter(measured.values()))[2],
        seconds={work: timings for work, (_, timings, _) in measured.items()},
    )


if __name__ == "__main__":
    main()
