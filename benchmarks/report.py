"""What the benchmarks share: timing in turns, a table, a JSON with versions and machine.

Results of the newest TensorFlow lie beside those of 2.17, under a name of their own.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import statistics
import time
from datetime import date
from functools import partial
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
LOAD = os.getloadavg()[0]  # Before anything was measured: near 0 on a quiet machine.
NEWEST = "_newest"  # Behind the name of results on a TensorFlow without tensorflow-io.
VERSIONS = ("tfvgan", "tensorflow", "keras", "tensorflow-io", "numpy", "av", "ai-edge-litert")


def cpu():
    """Returns the seconds that processors have worked for this process, and for ended children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def in_turns(functions, rounds, warmup=1, clock=time.perf_counter):
    """Returns `{name: seconds of every round}`; the functions take turns, so they share bad luck.

    Args:
        functions: dict name -> function without arguments.
        rounds: how often each is timed.
        warmup: how often each is called before, untimed.
        clock: function that tells the seconds, such as `cpu`, which other work does not slow down.
    """

    def seconds_of(function):
        start = clock()
        function()
        return clock() - start

    timed = {name: partial(seconds_of, function) for name, function in functions.items()}
    return answers_in_turns(timed, rounds, warmup)


def answers_in_turns(functions, rounds, warmup=1):
    """Returns `{name: what it returned in every round}`; the functions take turns.

    Args:
        functions: dict name -> function without arguments.
        rounds: how often each answer is kept.
        warmup: how often each is called before.
    """
    for function in functions.values():
        for _ in range(warmup):
            function()
    answers = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            answers[name].append(function())
    return answers


def spread(seconds):
    """Returns the median of some timings, and their lower and upper quartile."""
    low, middle, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return {"median": middle, "quartiles": [low, high], "count": len(seconds)}


def torch_is_there():
    """Whether PyTorch is installed; where it isn't, it says that its side is left out."""
    there = importlib.util.find_spec("torch") is not None
    if not there:
        print("left out, for want of torch: PyTorch's side", flush=True)
    return there


def ratios(seconds):
    """Returns tfvgan's seconds over PyTorch's, and over those of its faster layout.

    Args:
        seconds: by side, "tfvgan" and those of PyTorch; both ratios are None without these.
    """
    ours, theirs = seconds["tfvgan"], [s for side, s in seconds.items() if side != "tfvgan"]
    return {
        "ratio": ours / seconds["torch"] if theirs else None,
        "ratio to the faster": ours / min(theirs) if theirs else None,
    }


def stacked(name):
    """Returns what the results of a benchmark are called on the stack that is installed."""
    numbers = importlib.metadata.version("tensorflow").split(".")[:2]
    return name if tuple(map(int, numbers)) < (2, 18) else name + NEWEST


def machine():
    """Returns what the figures depend on beside the code."""
    cpu = platform.processor()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load before": round(LOAD, 2),
    }


def versions(*more):
    """Returns the installed version of the packages that matter, None for what is not there."""
    result = {}
    for package in (*VERSIONS, *more):
        try:
            result[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            result[package] = None
    return result


def report(name, claim, rows, *, packages=(), **facts):
    """Prints the rows as a table and writes `results/NAME.json`, or `NAME_newest.json`.

    Args:
        name: of the benchmark.
        claim: one sentence, what the figures are to show.
        rows: list of dicts with the same keys, plain values.
        packages: more packages whose version matters.
        **facts: what else belongs into the file.
    """
    print(f"\n{claim}\n\n{table(rows)}\n")
    for key, value in facts.items():
        print(f"{key}: {value}")
    result = {
        "claim": claim,
        "rows": rows,
        **facts,
        "date": date.today().isoformat(),
        "machine": machine(),
        "versions": versions(*packages),
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{stacked(name)}.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(result, indent=2) + "\n")
    part.replace(path)
    print(f"written: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


def table(rows):
    """Returns the rows as a markdown table; numbers with three significant digits."""
    heads = list(rows[0])
    cells = [[_cell(row[head]) for head in heads] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells)]
    lines = [heads, ["-" * width for width in widths], *cells]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
        for line in lines
    )


def _cell(value):
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return str(value)
