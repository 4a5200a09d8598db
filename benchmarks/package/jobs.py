"""What two processes gain over one, for verbs that take many files, on the cores of this machine.

Each verb is typed twice in every round, without `--jobs` and with `--jobs 2`: whole commands, into
new folders, starts included. A gain is the seconds of one process over those of two, in the same
round. Networks and decoders use several cores in one process already, so that 2 is out of reach.
Seconds depend on what else the machine does (`load before`); those of processors hardly do.

    python benchmarks/package/jobs.py [--rounds 3] [--share 1] [--verbs prepare index]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import cpu, report
from tfvgan.data.synthetic import moving_shapes
from tfvgan.data.write import write_video

NAME = "jobs"
HEIGHT, WIDTH, FPS = 180, 320, 25
JOBS = 2
SECONDS = {"long": 12, "short": 2}  # Of each film.
FILES = 24
VERBS = {
    "prepare": ("long", ("{videos}", "{out}")),
    "index": ("long", ("{videos}", "-o", "{out}")),
    "evaluate --paired": (
        "short",
        ("{videos}", "{videos}", "-o", "{out}", "--metrics", "psnr", "ssim"),
    ),
    "restore --task x2_fast": ("short", ("{videos}", "-o", "{out}")),
}  # Which films each takes, and the words behind it.


def write_films(folder, count, seconds):
    """Writes films of moving shapes, each of so many seconds."""
    for seed in range(count):
        video = moving_shapes(1, round(seconds * FPS), WIDTH, seed)["video"][0][:, :HEIGHT]
        write_video(Path(folder, f"{seed:03d}.mp4"), video, FPS)


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


def row_of(verb, count, one, two):
    """Returns the row of a verb.

    Args:
        verb: its name.
        count: of files.
        one, two: lists of the seconds and CPU-seconds of every round, of one process and of two.
    """
    gains = [alone[0] / both[0] for alone, both in zip(one, two)]
    (wall, worked), (wall_two, worked_two) = (
        [statistics.median(each) for each in zip(*taken)] for taken in (one, two)
    )
    return {
        "verb": verb,
        "files": count,
        "seconds each": SECONDS[VERBS[verb][0]],
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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=float, default=1, help=f"of {FILES} films, to take less")
    parser.add_argument("--verbs", nargs="+", default=list(VERBS), choices=list(VERBS))
    arguments = parser.parse_args()
    count = max(JOBS, round(FILES * arguments.share))
    taken = {(verb, jobs): [] for verb in arguments.verbs for jobs in (1, JOBS)}
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds in SECONDS.items():
            write_films(os.path.join(folder, name), count, seconds)
        for number in range(arguments.rounds):
            for place, (verb, jobs) in enumerate(taken):
                videos = os.path.join(folder, VERBS[verb][0])
                out = os.path.join(folder, f"{number}-{place}")
                taken[verb, jobs].append(measured(command(verb, videos, out, jobs)))
                print(verb, jobs, taken[verb, jobs][-1], os.getloadavg()[0], flush=True)
    report(
        NAME,
        f"{JOBS} processes make more of many files than one.",
        [row_of(verb, count, taken[verb, 1], taken[verb, JOBS]) for verb in arguments.verbs],
        size=f"{WIDTH}x{HEIGHT}",
        rounds=arguments.rounds,
        jobs=JOBS,
        load_after=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
