"""1,000 hours of video and 64 machines on paper: what the simulation makes of measured figures.

Rates are those of one machine of two cores, in results/. How fast the disk is that all machines
see, and the network between them, are numbers that nothing here measured.

    python benchmarks/scaling/paper.py [--gigabits 10] [--disk 1250]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.package import jobs
from benchmarks.scaling import parts, simulate
from benchmarks.writing import in_markdown, loaded, on_stacks

HOURS, FPS, MACHINES, CORES = 1000, 25, 64, 2
FRAMES, SIZE = 16, (640, 360)  # Of a clip; of what is restored and compressed.
DISK = 1250.0  # MB a second of the disk that all machines see: what 10 Gbit/s carry.
COUNTS = (1, 2, 4, 8, 16, 32, 64)
FILMS = ((1000, 1.0), (10_000, 0.1))  # How many, and the hours of each.
ARRAY = 512  # Shares of a job array that is longer than there are machines.
QUALITY = 4


def clip_bytes(size):
    """Returns the bytes of a clip in a cache."""
    return FRAMES * size * size * 3


def frames_a_second():
    """Returns the frames a second that a machine takes, by what is done to them."""
    restored = {
        (row["network"], row["from"]): row["TensorFlow frames/s"]
        for row in loaded("restoration_speed")["rows"]
    }
    coded = {
        row["what"]: row["frames/s"]
        for row in loaded("codec_speed")["rows"]
        if (row["base"], row["setting"]) == ("av1", f"quality {QUALITY}")
    }
    size = f"{SIZE[0]}x{SIZE[1]}"
    return {
        "prepare": FRAMES * loaded("prepare_memory")["rows"][-1]["clips/s"],
        "restore": restored["x2_fast", size],
        "compress": coded["compress"],
        "decompress": coded["decompress"],
    }


def bytes_a_frame():
    """Returns the bytes of a frame in a compressed file, of `SIZE`."""
    (bits,) = (
        row["bpp"]
        for row in loaded("codec")["rows"]
        if (row["codec"], row["setting"]) == ("ours over av1, detail", QUALITY)
    )
    return bits * SIZE[0] * SIZE[1] / 8


def files(disk=DISK):
    """Returns a row for each thing that is done to 1,000 hours, in films of an hour.

    Args:
        disk: MB a second of the disk that all machines see.
    """
    rates, frames = frames_a_second(), HOURS * 3600 * FPS
    written = {
        "prepare, 64 pixels": ("prepare", clip_bytes(64) / FRAMES),
        "prepare, 256 pixels": ("prepare", clip_bytes(256) / FRAMES),
        "restore, x2_fast": ("restore", None),
        "compress": ("compress", bytes_a_frame()),
        "decompress": ("decompress", None),
    }
    rows = []
    for what, (verb, size) in written.items():
        alone = frames / rates[verb] / 3600
        last = simulate.makespan([alone / HOURS] * HOURS, MACHINES)
        many = None if size is None else MACHINES * rates[verb] * size / 1e6
        least = 0.0 if size is None else frames * size / 1e6 / disk / 3600
        rows.append(
            {
                "work": what,
                "frames/s": rates[verb],
                "h, 1 machine": alone,
                f"h, {MACHINES}": max(last, least),
                "GB written": None if size is None else frames * size / 1e9,
                f"MB/s, {MACHINES}": many,
                "disk is full at": None if size is None else disk * MACHINES / many,
                "h to put together": _together(frames * size) if verb == "prepare" else None,
            }
        )
    return rows


def _together(size):
    """Returns the hours in which one process puts so many bytes of clips together, if measured."""
    if not on_stacks(parts.NAME):
        return None
    return size / 1e6 / loaded(parts.NAME)["files"]["put together, MB/s"] / 3600


def commands():
    """Returns a row for each verb whose whole commands were timed, starts included."""
    rows = []
    for row in loaded(jobs.NAME)["rows"]:
        rate = row["files/core-h"] * row["seconds each"] / 3600
        rows.append(
            {
                "command": f"`{row['verb']}`",
                "files": f"{row['files']} of {row['seconds each']:g} s",
                "files/core-h": row["files/core-h"],
                "h of video/core-h": rate,
                f"h, {MACHINES}": HOURS / rate / CORES / MACHINES,
            }
        )
    return rows


def models():
    """Returns the MB of a model's export, by its network."""
    rows = loaded("edge")["rows"]
    return {row["network"]: row["MB"] for row in rows if row["target"] == "saved_model"}


def training(bandwidth=simulate.NETWORK):
    """Returns a row for each size of pictures and number of machines that train.

    Args:
        bandwidth: bits a second between two machines.
    """
    measured = loaded(parts.NAME)["training"]
    sums, jitter, large = parts.sums_of(measured), measured["jitter"], measured["256 pixels"]
    small = simulate.Worker(0.0, measured["two cores"][1] / 8, 0.0, tuple(jitter))
    wide = simulate.Worker(0.0, large["seconds"] / large["clips"], 0.0, tuple(jitter))
    clips = HOURS * 3600 * FPS / FRAMES
    rows = []
    for size, worker, each, payload in (
        (64, small, 8, measured["payload"]),
        (64, small, 32, measured["payload"]),
        (256, wide, large["clips"], large["payload"]),
    ):
        for machines in COUNTS:
            taken = simulate.steps(worker, sums, machines, each, payload, bandwidth=bandwidth)
            step = float(np.mean(taken))
            rate = machines * each / step
            waits = sums.seconds(machines, payload, bandwidth) if machines > 1 else 0.0
            rows.append(
                {
                    "pixels": size,
                    "clips of each": each,
                    "machines": machines,
                    "s a step": step,
                    "clips/s": rate,
                    "gain": rate / (each / worker.seconds(each)),
                    "of it sums, %": 100 * waits / step,
                    "h a pass": clips / rate / 3600,
                    "MB/s read": rate * clip_bytes(size) / 1e6,
                }
            )
    return rows


def dealt():
    """Returns a row for each way to deal films: how much longer it takes than if shared evenly."""
    rows = []
    for count, hours in FILMS:
        films = np.full(count, hours)
        even = films.sum() / MACHINES
        ways = {
            "--cluster": simulate.makespan(films, MACHINES),
            f"--shard I/{MACHINES}": simulate.by_share(films, MACHINES).max(),
            f"--shard I/{ARRAY}": simulate.makespan(simulate.by_share(films, ARRAY), MACHINES),
        }
        rows.append({"films": count, "h each": hours} | {k: v / even for k, v in ways.items()})
    return rows


def table(rows):
    """Returns rows as a table in Markdown; two significant digits, or whole numbers."""
    heads = list(rows[0])
    return in_markdown(heads, [[_cell(row[head]) for head in heads] for row in rows])


def _cell(value):
    if value is None:
        return "-"
    if isinstance(value, (int, str)):
        return str(value)
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabits", type=float, default=simulate.NETWORK / 1e9)
    parser.add_argument("--disk", type=float, default=DISK, help="MB a second")
    arguments = parser.parse_args()
    for rows in (files(arguments.disk), commands(), training(1e9 * arguments.gigabits), dealt()):
        print(table(rows), end="\n\n")


if __name__ == "__main__":
    main()
