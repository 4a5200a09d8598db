"""What `tfvgan.coding.heads` takes away of streams: bytes with and without what packets repeat.

The clips of `rate.py`, 48 frames of 256x256 pixels, are coded by each standard at three settings.
A stream's bytes are those of its packets alone, without a length or a mark of where they begin.

    python benchmarks/compression/packets.py VIDEOS
"""

import argparse
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.sets.squares import FRAMES, clip
from tfvgan.coding import heads
from tfvgan.coding.varints import Cursor
from tfvgan.data import list_videos
from tfvgan.data.base_layer import STANDARDS, Base

LEVELS = (1.0, 0.75, 0.5)  # Of the quantisers, from the best, 0, to the worst.


def measured(standard, level, clips):
    """Returns a row: means over the clips."""
    how, sizes = STANDARDS[standard], []
    quantiser = how.best + level * (how.worst - how.best)
    for video in clips:
        packets = Base(standard, 25).encode(video, quantiser)
        packed = heads.pack(packets, standard)
        begin = time.perf_counter()
        assert list(heads.unpack(Cursor(packed), standard, len(packets))) == packets
        passed = time.perf_counter() - begin
        sizes.append((sum(map(len, packets)), len(packed), 1000 * passed / len(video)))
    stream, packed, passed = np.mean(sizes, 0)
    row = {"standard": standard, "quantiser": round(quantiser, 1), "stream, bytes": round(stream)}
    row |= {"in a .tvg": round(packed), "less %": round(100 * (1 - packed / stream), 1)}
    return row | {"ms a frame to unpack": round(passed, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that nothing was counted on")
    arguments = parser.parse_args()
    clips = [clip(file.path, FRAMES) for file in list_videos(arguments.videos)]
    rows = [measured(standard, level, clips) for standard in STANDARDS for level in LEVELS]
    report("codec_packets", "What packets repeat takes a third of the smallest streams.", rows)


if __name__ == "__main__":
    main()
