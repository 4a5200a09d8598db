"""What a training step of the preset "continuous" costs: by frames, size, width and batch.

Its time, and the most memory that the process has held, each case in a process of its own. A step
is given a few moments of each clip, as the data set gives them; what reading these costs is in
training/moments.py.

    python benchmarks/generation/scaling.py [--turns 3]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report

BASE = {"frames": 16, "size": 64, "width": 1.0, "batch": 8}
VARIED = {
    "frames": (16, 64, 256, 512),
    "size": (32, 64, 128),
    "width": (0.5, 1.0, 2.0),
    "batch": (4, 8, 16),
}


def measure(frames, size, width, batch, turns):
    """Returns the row of one case.

    Args:
        frames: int, of the clips that moments are taken of.
        size: int.
        width: float, times the widths of both networks.
        batch: int, clips.
        turns: int, how often as many steps are timed as lie between two of the lazy penalties; the
            time is the median over the turns.
    """
    from tfvgan import VideoGAN
    from tfvgan.networks import ContinuousDiscriminator, ContinuousGenerator
    from tfvgan.tasks.generation.video_gan import learning

    generator, discriminator = (
        network(frames=frames, size=size, width=int(width * network(frames=frames).width))
        for network in (ContinuousGenerator, ContinuousDiscriminator)
    )
    model = VideoGAN(generator, discriminator)
    model.compile(**learning("continuous"))
    batches = iter(dataset(frames, size, batch, discriminator.samples))
    model.make_train_function()
    # What importing and building took is told apart from what steps take.
    before = peak()
    every = max((penalty.every for penalty in model.penalties), default=1)
    seconds = []
    for _ in range(1 + turns):  # The first one traces.
        start = time.perf_counter()
        for _ in range(every):
            [float(log) for log in model.train_function(batches).values()]
        seconds.append((time.perf_counter() - start) / every)
    return {
        "step ms": 1e3 * statistics.median(seconds[1:]),
        "peak MiB": peak(),
        "before steps MiB": before,
        "weights of G": generator.count_params(),
        "weights of D": discriminator.count_params(),
    }


def dataset(frames, size, batch, samples):
    """Returns noise at moments of clips, for ever, as batches that training takes."""
    import numpy as np
    import tensorflow as tf

    from tfvgan.data.moments import Moments

    moments = Moments(samples, frames, seed=0)
    times = np.stack([moments.draw(0, sample) for sample in range(64 * batch)]).astype(np.float32)
    video = np.random.default_rng(0).uniform(-1, 1, (batch, samples, size, size, 3))
    times = tf.data.Dataset.from_tensor_slices(times).batch(batch).repeat()
    video = tf.constant(video, tf.float32)
    return times.map(lambda when: {"video": video, "times": when})


def peak():
    """Returns the most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cases():
    """Returns the cases to measure, each once, and which number each varies."""
    result = [("base", BASE)]
    for name, values in VARIED.items():
        result += [(name, {**BASE, name: value}) for value in values if value != BASE[name]]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--turns",
        type=int,
        default=3,
        help="how many turns; each runs from one penalty to the next",
    )
    parser.add_argument("--case", type=json.loads, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.case:
        print(json.dumps(measure(**arguments.case, turns=arguments.turns)))
        return
    rows = []
    for varied, case in cases():
        command = [sys.executable, __file__, "--turns", str(arguments.turns), "--case"]
        done = subprocess.run([*command, json.dumps(case)], check=True, stdout=subprocess.PIPE)
        rows.append({"varied": varied, **case, **json.loads(done.stdout.splitlines()[-1])})
        print(rows[-1], flush=True)
    base = rows[0]
    by_frames = [row for row in rows if row["varied"] in ("base", "frames")]
    report(
        "generation_scaling",
        'One training step of "continuous" by what it is given: its cost does not grow with the '
        "frames of a clip.",
        rows,
        longest_clip_against_base={
            name: by_frames[-1][name] / base[name] for name in ("step ms", "peak MiB")
        },
    )


if __name__ == "__main__":
    main()
