"""Counts what the packets of base layers begin with: `tfvgan/coding/heads.npz`.

Videos are coded as `tfvgan compress` codes groups, by each standard at some quantisers, and read by
the contexts of `tfvgan.coding.heads`; contexts that were seen rarely are left out. Since decoders
need the same numbers, another file makes another format: what is in the package is not made anew.

    python benchmarks/sets/squares.py VIDEOS SQUARES
    python benchmarks/making/packet_heads.py SQUARES VIDEOS OUT.npz
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from tfvgan.coding import heads, mixing
from tfvgan.data import list_videos
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.decode import read_frames
from tfvgan.data.resize import resize
from tfvgan.whole import write_whole

COUNTS = {"av1": 3, "hevc": 2, "h264": 2}  # Quantisers of each square, and one of each video.
FRAMES = 40, 60  # Of each square, and of each video.
LARGE = (360, 640)
LEAST = 16  # Times that a context was seen.


def coded(path, count, frames, size, draws):
    """Yields the standard and the packets of a video, by each standard at some quantisers."""
    video = []
    for chunk in read_frames(path, decoder="pyav"):
        video.extend(chunk)
        if len(video) >= frames:
            break
    video = np.stack(video[:frames])
    video = video if size is None else resize(video, size, "lanczos")
    for standard, how in STANDARDS.items():
        for _ in range(count[standard]):
            quantiser = draws.uniform(how.best, how.worst)
            yield standard, Base(standard, 25).encode(video, quantiser)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("squares", help="a folder of sets/squares.py")
    parser.add_argument("videos", help="the folder that they are from")
    parser.add_argument("out", type=Path, help="file to write the counts to")
    arguments = parser.parse_args()
    once = dict.fromkeys(STANDARDS, 1)
    jobs = [(f.path, COUNTS, FRAMES[0], None) for f in list_videos(arguments.squares)]
    jobs += [(f.path, once, FRAMES[1], LARGE) for f in list_videos(arguments.videos)]
    seeds = np.random.SeedSequence(0).spawn(len(jobs))
    model = mixing.Model()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        results = threads.map(
            lambda job, seed: list(coded(*job, np.random.default_rng(seed))), jobs, seeds
        )
        for number, streams in enumerate(results, 1):
            for standard, packets in streams:
                heads.read(mixing.Coder(model), standard, packets)
            print(f"{number} of {len(jobs)}", flush=True)
    write_whole(arguments.out, lambda out: heads.write_model(out, model, LEAST))


if __name__ == "__main__":
    main()
