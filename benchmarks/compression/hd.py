"""Rate and distortion of large frames: in groups as long as they are by default, in short ones, as
memory once cut them at 1920x1080, and of AV1 alone.

Frames from the beginning of a video, in their own size, which is to be one of about 1920x1080. Of
ours the base layer of all frames is AV1, for fidelity; sizes are those of whole files. For each
codec the bits that the shorter groups, and AV1 alone, take more at equal PSNR of luma.

    python benchmarks/compression/hd.py VIDEO [--frames 78] [--model runs/coded] [--ours-alone]
"""

import argparse
import itertools
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.compression.rivals import ENCODERS, by_ffmpeg, ours
from benchmarks.report import report
from tfvgan import metrics
from tfvgan.runs.codec_models import shipped
from tfvgan.runs.loading import load_model
from tfvgan.streaming import Source
from tfvgan.streaming.compressing import LONGEST
from tfvgan.video import LUMA

SHORT = 26  # Frames in a group of 1920x1080, where each was to be in memory six times.
QUALITIES = (1.0, 3.0, 5.0, 7.0)
ALONE = "SVT-AV1 preset 4"
OURS = "groups of up to {}"


def luma_psnr(real, made):
    """Returns the mean PSNR of the frames' luma, in dB."""
    errors = [
        np.square((one.astype("float32") - other) @ LUMA).mean() for one, other in zip(real, made)
    ]
    # Frames that come back whole count 88 dB: infinity would be the mean.
    return float(np.mean(10 * np.log10(255**2 / np.maximum(errors, 1e-4))))


def measured(name, rival, value, video):
    """Returns the row of one codec at one setting."""
    coded = rival(video, value)
    bpp = 8 * coded.size / video[..., 0].size
    row = {"codec": name, "setting": value, "bpp": bpp, "PSNR-Y": luma_psnr(video, coded.video)}
    print(json.dumps(row), flush=True)
    return row


def more(rows, codec, reference):
    """Returns how many percent more bits a codec takes than another, or None without overlap."""
    curves = [
        [(row["bpp"], row["PSNR-Y"]) for row in rows if row["codec"] == name]
        for name in (reference, codec)
    ]
    try:
        return metrics.bd_rate(*curves).percent
    except ValueError:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="one of large frames, that nothing was trained on")
    parser.add_argument("--frames", type=int, default=3 * SHORT)
    parser.add_argument("--model", help="of tfvgan compress; the package's without")
    parser.add_argument("--qualities", type=float, nargs="+", default=QUALITIES)
    parser.add_argument("--ours-alone", action="store_true", help="no encoder beside")
    arguments = parser.parse_args()
    frames = itertools.islice(Source(arguments.video).frames(), arguments.frames)
    video = np.stack([frame.rgb for frame in frames])
    model = load_model(arguments.model or shipped(prefer="fidelity"))
    asked = {
        OURS.format(longest): (
            ours(model, prefer="fidelity", longest=longest),
            arguments.qualities,
        )
        for longest in (LONGEST, SHORT)
    }
    if not arguments.ours_alone:
        asked[ALONE] = by_ffmpeg(ENCODERS[ALONE]), ENCODERS[ALONE].values[1::2]
    rows = [
        measured(name, rival, value, video)
        for name, (rival, values) in asked.items()
        for value in values
    ]
    reference, *others = asked
    report(
        "codec_hd",
        "Rate and distortion of large frames, by the length of a group.",
        rows,
        packages=("imageio-ffmpeg", "av"),
        size=f"{video.shape[2]}x{video.shape[1]}",
        frames=len(video),
        more_bits_than={reference: {name: more(rows, name, reference) for name in others}},
    )


if __name__ == "__main__":
    main()
