"""How fast `tfvgan index` reads a folder of videos, its start included and without.

`command` is the whole command in a new process, and `unchanged` the same command once more, which
reads no video: what starting costs. `in a process` is `tfvgan.library.update` with a model that is
loaded and has seen a window. Every round makes a new library. Seconds on the clock depend on what
else the machine does (`load before`); those of processors hardly do. So `frames/CPU-s` is what one
free core reads in a second at least.

    python benchmarks/retrieval/indexing.py VIDEOS [--rounds 3]
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import cpu, report
from tfvgan.library import update
from tfvgan.library.store import Library
from tfvgan.library.windows import FRAMES, SIDE
from tfvgan.runs import load_embedder

NAME = "retrieval_indexing"
OURS = "embed_videos"
COMMAND, UNCHANGED, INSIDE = "command", "unchanged", "in a process"


def command(videos, library):
    """Runs `tfvgan index` in a process of its own."""
    words = ["-m", "tfvgan_cli.main", "index", videos, "-o", library]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


def measured(function, *given):
    """Returns the seconds, and CPU-seconds, that a call takes."""
    begin, worked = time.perf_counter(), cpu()
    function(*given)
    return time.perf_counter() - begin, cpu() - worked


def of_library(folder):
    """Returns the frames, the seconds and the bytes of files of the videos in a library, and its
    own bytes."""
    facts = [entry.facts for entry in Library(folder).entries().values()]
    own = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    frames, seconds, size = (
        sum(getattr(each, name) for each in facts) for name in ("frames", "duration", "size")
    )
    return frames, seconds, size, own


def row_of(name, taken, frames, seconds):
    """Returns the row of a way to index: medians over rounds.

    Args:
        name: of the way.
        taken: list of seconds and CPU-seconds.
        frames, seconds: of all videos.
    """
    wall, worked = (statistics.median(each) for each in zip(*taken))
    read = name != UNCHANGED
    return {
        "who": name,
        "seconds": wall,
        "CPU-s": worked,
        "frames/s": frames / wall if read else None,
        "frames/CPU-s": frames / worked if read else None,
        "video s/s": seconds / wall if read else None,
        "video s/CPU-s": seconds / worked if read else None,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    embedder = load_embedder(OURS)
    embedder.embed(np.zeros((1, FRAMES, SIDE, SIDE, 3), np.uint8))
    taken = {COMMAND: [], UNCHANGED: [], INSIDE: []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.rounds):
            outside, inside = (str(Path(folder, f"{number}{who}")) for who in "ab")
            taken[COMMAND].append(measured(command, arguments.videos, outside))
            taken[UNCHANGED].append(measured(command, arguments.videos, outside))
            taken[INSIDE].append(measured(update, inside, arguments.videos, embedder))
            print({name: each[-1] for name, each in taken.items()}, flush=True)
        frames, seconds, size, own = of_library(outside)
        count = len(Library(outside).places)
    report(
        NAME,
        "A library is made of videos faster than they play.",
        [row_of(name, each, frames, seconds) for name, each in taken.items()],
        videos=count,
        frames=frames,
        seconds=seconds,
        bytes_of_videos=size,
        bytes_of_library=own,
        bytes_a_second=own / seconds,
        rounds=arguments.rounds,
        of=embedder.name,
    )


if __name__ == "__main__":
    main()
