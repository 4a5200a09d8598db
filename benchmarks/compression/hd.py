"""Rate and distortion of large frames, by the length of a group.

Of a video of about 1920x1080 the first frames are coded in groups as long as `tfvgan compress`
makes them, and in groups of 26 frames, to which memory once cut them at this size. It is the base
layer that is measured, in AV1: a group costs its key frame there, and the network that mends it
adds three bytes. Sizes are those of the groups in a .tvg file.

    python benchmarks/compression/hd.py VIDEO [--frames 78] [--quantisers 32 40 48 56]
"""

import argparse
import itertools
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from tfvgan import metrics
from tfvgan.data.base_layer import Base
from tfvgan.streaming import Source
from tfvgan.tasks.compression.enhanced_group import FINEST, EncodedGroup
from tfvgan.tasks.compression.file_encoding import LONGEST
from tfvgan.video import LUMA

SHORT = 26  # Frames in a group of 1920x1080, where each was to be in memory six times.
QUANTISERS = (32.0, 40.0, 48.0, 56.0)
STANDARD = "av1"


def luma_psnr(real, made):
    """Returns the PSNR of each frame's luma, in dB."""
    errors = [
        np.square((one.astype("float32") - other) @ LUMA).mean() for one, other in zip(real, made)
    ]
    # Frames that come back whole count 88 dB: infinity would be the mean.
    return 10 * np.log10(255**2 / np.maximum(errors, 1e-4))


def measured(video, fps, longest, quantiser):
    """Returns the row of one length of groups at one quantiser.

    Args:
        video: uint8 `(frames, h, w, 3)`.
        fps: float, frames per second.
        longest: int, frames in a group at most.
        quantiser: float, AV1's, from 20 to 63.
    """
    base, size, quality = Base(STANDARD, fps), 0, []
    for first in range(0, len(video), longest):
        group = video[first : first + longest]
        packets = base.encode(group, quantiser)
        size += EncodedGroup(STANDARD, False, round(quantiser * FINEST), 0, packets).size
        quality.extend(luma_psnr(group, base.decode(packets, video.shape[1:3])))
    row = {
        "frames in a group": longest,
        "quantiser": quantiser,
        "bytes": size,
        "bpp": 8 * size / video[..., 0].size,
        "PSNR-Y": float(np.mean(quality)),
        "worst frame, dB": float(min(quality)),
    }
    print(json.dumps(row), flush=True)
    return row


def more_bits(rows):
    """Returns how many percent more bits short groups take at equal PSNR, or None."""
    curves = [
        [(row["bpp"], row["PSNR-Y"]) for row in rows if row["frames in a group"] == longest]
        for longest in (LONGEST, SHORT)
    ]
    try:
        return metrics.bd_rate(*curves).percent
    except ValueError:  # The curves do not overlap.
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="one of large frames")
    parser.add_argument("--frames", type=int, default=3 * SHORT)
    parser.add_argument("--quantisers", type=float, nargs="+", default=QUANTISERS)
    arguments = parser.parse_args()
    source = Source(arguments.video)
    frames = itertools.islice(source.frames(), arguments.frames)
    video = np.stack([frame.rgb for frame in frames])
    rows = [
        measured(video, source.fps, longest, quantiser)
        for longest in (LONGEST, SHORT)
        for quantiser in arguments.quantisers
    ]
    report(
        "codec_hd",
        "Rate and distortion of large frames, by the length of a group.",
        rows,
        packages=("av",),
        size=f"{video.shape[2]}x{video.shape[1]}",
        frames=len(video),
        more_bits_of_short_groups=more_bits(rows),
    )


if __name__ == "__main__":
    main()
