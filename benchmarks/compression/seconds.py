"""Seconds that codecs take for a clip, one after the other in one run: for a machine at rest.

The clips of `rate.py`, 48 frames of 256x256 pixels, are coded and decoded by each codec at the
middle one of its settings, as files: with the time that a program takes to start, where there is
one, but without that of loading a model, which a user pays once.

    python benchmarks/compression/seconds.py VIDEOS [--clips 4]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.compression.rate import package_learned
from benchmarks.compression.rivals import contenders
from benchmarks.report import report
from benchmarks.sets.squares import FRAMES, clip
from tfvgan.data import list_videos
from tfvgan.data.base_layer import STANDARDS


def timed(name, rival, value, clips):
    """Returns the row of a codec: means over the clips, the first of which is coded twice."""
    coded = [rival(real, value) for real in [clips[0], *clips]][1:]
    row = {"codec": name, "setting": value}
    row["encode s"] = float(np.mean([each.encoding for each in coded]))
    row["decode s"] = float(np.mean([each.decoding for each in coded]))
    print(row, flush=True)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos")
    parser.add_argument("--clips", type=int, default=4, help="take so many videos, the first ones")
    arguments = parser.parse_args()
    files = list_videos(arguments.videos)[: arguments.clips]
    clips = [clip(file.path, FRAMES) for file in files]
    asked = contenders(None, True, False, STANDARDS, ["detail"], package_learned())
    rows = [
        timed(name, rival, values[len(values) // 2], clips)
        for name, (rival, values) in asked.items()
    ]
    report(
        "codec_seconds",
        "Seconds to encode and to decode a clip of 48 frames, 256x256, means over clips.",
        rows,
        packages=("imageio-ffmpeg", "av"),
        clips=[Path(file.path).name for file in files],
        frames=FRAMES,
    )


if __name__ == "__main__":
    main()
