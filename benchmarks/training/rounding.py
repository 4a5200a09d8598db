"""How far tensorflow-io's frames are from PyAV's, and what FFmpeg 4 rounds down of their colours.

The drawn video and the four clips of `colours` are written by tfvgan in nearly lossless 4:2:0, and
read by both. What is rounded down is the difference where `tfvgan.data.tensorflow_io.LOST` is not
added.

    python benchmarks/training/rounding.py [--frames 8]
"""

import argparse
import sys
import tempfile
from pathlib import Path
from unittest import mock

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.training.colours import by_tfvgan, videos
from tfvgan.data import tensorflow_io
from tfvgan.data.decode import read_video
from tfvgan.data.pyav import probe
from tfvgan.data.worker import installed

CODECS = ("libx264", "mpeg4", "libvpx-vp9")
LOST = tuple(f"lost: {colour}" for colour in ("red", "green", "blue"))


def between(ours, theirs):
    """Returns the mean distance of two videos in levels, edges too, and what 99 of 100 are at most.

    Args:
        ours, theirs: uint8 `(frames, h, w, 3)`.
    """
    far = np.abs(theirs.astype(float) - ours)
    return {"apart": float(far.mean()), "apart, 99 %": float(np.percentile(far, 99))}


def lost(ours, theirs):
    """Returns the mean levels of red, green and blue that the first lacks beside the second."""
    return dict(zip(LOST, map(float, (theirs.astype(float) - ours).mean((0, 1, 2)))))


def rows(frames):
    """Yields a row for each video and codec."""
    decode_video, _ = tensorflow_io.load_decoder()
    with tempfile.TemporaryDirectory() as folder:
        for name, video in videos(frames).items():
            for codec in CODECS:
                path = str(Path(folder, f"{name}.{codec}.mkv"))
                by_tfvgan(path, video, codec)
                theirs = read_video(path, decoder="pyav")
                ours = tensorflow_io.decode_whole(decode_video, probe(path))
                with mock.patch.object(tensorflow_io, "LOST", np.zeros(3, np.float32)):
                    low = tensorflow_io.decode_whole(decode_video, probe(path))
                yield {
                    **{"video": name, "codec": codec},
                    **between(ours, theirs),
                    **lost(low, theirs),
                }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=8)
    arguments = parser.parse_args()
    if not installed():
        print("left out, for want of tensorflow-io", flush=True)
        return
    report(
        "rounding",
        "Levels between tensorflow-io's frames and PyAV's, and what is lost before it is added.",
        list(rows(arguments.frames)),
        added=tensorflow_io.LOST.astype(float).round(3).tolist(),
    )


if __name__ == "__main__":
    main()
