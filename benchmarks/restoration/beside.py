"""What a frame costs beside FFmpeg's filters and Real-ESRGAN's compact network, in one run.

All take turns, so that the ratios hold on a machine that is not quiet, too. Networks read and
return RGB of 8 bits, through the `step` that restores files; FFmpeg's filters read 4:2:0 on one
thread, and what reading costs is taken off. "fast" is `--fast`: bfloat16, where the CPU has it; how
many levels are off then is counted on the same frames, of a part of Big Buck Bunny.

    tfvgan weights fetch realesr_animevideov3_x2
    python benchmarks/restoration/beside.py [--threads 2] [--rounds 10]
"""

import argparse
import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import answers_in_turns, cpu, report
from tfvgan import runs, tasks, weights
from tfvgan.data import sample_videos
from tfvgan.data.resize import resize
from tfvgan.streaming import Source

import tensorflow as tf  # isort: skip  (after tfvgan, which sets up oneDNN)

SIZES = ((180, 320), (360, 640))  # Height and width of what is given.
FRAMES = 6
PIPED = 120  # Frames that a filter is handed at once.
NOTHING = "nothing"  # What reading them costs is taken off.
FILTERS = {  # FFmpeg's words for a filter, and how many times it enlarges.
    NOTHING: ("null", 1),
    "ffmpeg bicubic x2": ("scale=iw*2:ih*2:flags=bicubic", 2),
    "ffmpeg lanczos x2": ("scale=iw*2:ih*2:flags=lanczos", 2),
    "ffmpeg hqdn3d": ("hqdn3d", 1),
    "ffmpeg deblock": ("deblock", 1),
}
OURS = (
    "restore_x2_fast",
    "restore_x2",
    "restore_old",
    "restore_deblock",
    "restore_denoise",
    "codec_detail",
)
PEER = "realesr_animevideov3_x2"


def film(size):
    """Returns frames of a real film, made as small as that, uint8 `(FRAMES, *size, 3)`."""
    path = next(name for name in sample_videos() if "bunny" in name)
    frames = [frame.rgb for frame in itertools.islice(Source(path).frames(), FRAMES)]
    return resize(np.stack(frames), size, "lanczos")


def filtered(video, filters):
    """Returns a function that hands `PIPED` frames to one of FFmpeg's filters, on one thread."""
    import av
    import imageio_ffmpeg

    height, width = video.shape[1:3]
    planes = [
        av.VideoFrame.from_ndarray(frame, "rgb24").reformat(format="yuv420p").to_ndarray()
        for frame in video
    ]
    raw = b"".join(plane.tobytes() for plane in itertools.islice(itertools.cycle(planes), PIPED))
    quiet = ["-hide_banner", "-loglevel", "error", "-threads", "1", "-filter_threads", "1"]
    given = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-i", "-"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *quiet, *given, "-vf", filters, "-f", "null", "-"]
    return lambda: subprocess.run(command, input=raw, check=True)


def stepped(video, stepper):
    """Returns a function that hands the next frame to a network, with the state before it."""
    numbers, state = itertools.count(1), [None]

    def step():
        number = next(numbers)
        window = [video[(number + by) % len(video)] for by in (-1, 0, 1)]
        picture, state[0] = stepper.step(window, state[0])
        return picture

    return step


def networks():
    """Returns the steppers by name, and which of the package's are fast ones of which."""
    found, fast = {}, {}
    for name in OURS:
        stepper = runs.load_restorer(name)
        if name.startswith("codec"):
            stepper = tasks.Enhancer(stepper.generator, level=0.5)
        found[name] = stepper
        if stepper.fast() is not stepper:
            fast[f"{name} fast"] = name
            found[f"{name} fast"] = stepper.fast()
    try:
        found[PEER] = tasks.PeerRestorer(PEER)
    except weights.MissingWeights as error:
        print(f"left out: {error}", flush=True)
    return found, fast


def timed(step):
    """Returns a function that returns the seconds of a step, by the clock and of all cores."""

    def seconds():
        begin, begun = time.perf_counter(), cpu()
        step()
        return time.perf_counter() - begin, cpu() - begun

    return seconds


def measure(size, steppers, rounds):
    """Returns the rows of one size."""
    video = film(size)
    steps = {name: filtered(video, filters) for name, (filters, _) in FILTERS.items()}
    steps |= {name: stepped(video, stepper) for name, stepper in steppers.items()}
    factors = {name: factor for name, (_, factor) in FILTERS.items()}
    factors |= {name: stepper.factor for name, stepper in steppers.items()}
    answers = answers_in_turns({name: timed(step) for name, step in steps.items()}, rounds, 2)
    seconds = {
        name: np.median(times, axis=0) / (PIPED if name in FILTERS else 1)
        for name, times in answers.items()
    }
    rows = []
    for name in list(steps)[1:]:
        clock, worked = np.maximum(seconds[name] - seconds[NOTHING] * (name in FILTERS), 0)
        sides = [f"{factor * size[1]}x{factor * size[0]}" for factor in (1, factors[name])]
        row = {"what": name, "from": sides[0], "to": sides[1]}
        rows.append({**row, "ms": 1000 * float(clock), "CPU ms": 1000 * float(worked)})
        print(rows[-1], flush=True)
    return rows


def apart(video, usual, fast):
    """Returns by how many levels a fast network is off at most, and what share of levels is."""
    made = [stepped(video, stepper) for stepper in (usual, fast)]
    off = np.stack([np.abs(made[0]().astype(int) - made[1]()) for _ in video])
    return int(off.max()), 100 * float((off > 0).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    steppers, fast = networks()
    rows = [row for size in SIZES for row in measure(size, steppers, arguments.rounds)]
    video, off = film(SIZES[0]), []
    for name, usual in fast.items():
        most, share = apart(video, steppers[usual], steppers[name])
        off.append({"network": usual, "levels off at most": most, "off %": share})
    report(
        "restoration_beside",
        "A frame by FFmpeg's filters, by the package's networks and by Real-ESRGAN's compact one.",
        rows,
        off=off,
        peer=PEER,
        threads=arguments.threads,
    )


if __name__ == "__main__":
    main()
