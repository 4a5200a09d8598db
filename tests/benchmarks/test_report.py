"""Times in turns, by the clock that is asked for; that of processors counts children, too."""

import subprocess
import sys

from benchmarks import report


def test_all_take_turns_by_the_clock_that_is_given():
    now, seen = [0.0], []

    def work(name, seconds):
        seen.append(name)
        now[0] += seconds

    functions = {"a": lambda: work("a", 1.0), "b": lambda: work("b", 2.0)}
    assert report.in_turns(functions, 2, clock=lambda: now[0]) == {"a": [1.0, 1.0], "b": [2.0, 2.0]}
    assert "".join(seen) == "ababab"


def test_the_time_of_processors_is_fine_and_counts_children():
    before = report.cpu()
    while report.cpu() == before:
        pass
    assert report.cpu() - before < 0.005
    code = "import time\nwhile time.process_time() < 0.1: pass"
    before = report.cpu()
    subprocess.run([sys.executable, "-c", code], check=True)
    assert report.cpu() - before >= 0.1
