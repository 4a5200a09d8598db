"""Rate and distortion of what tfvgan compresses and of FFmpeg's encoders, on unseen videos.

Of each video in a folder the square of 256 pixels in the middle, 48 frames of it, is coded at some
qualities. Sizes are those of whole files; of ours with all that decoding needs but the model. Means
over the videos at each setting: bits per pixel, PSNR of luma, MS-SSIM, LPIPS (AlexNet, v0.1), VMAF,
VMAF-NEG, tOF; seconds of encoder and decoder. Then, for each codec, BD-rates against the others.

    tfvgan weights fetch
    python benchmarks/codec.py VIDEOS [--model runs/coded] [--half] [--vvenc]

Without a model each preference takes the package's. What a result has of other codecs stays in it.
`codec_table.py` makes tables of it.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from codec_rivals import contenders
from report import RESULTS, report
from restoration_sets import FRAMES, clip

from tfvgan import metrics
from tfvgan.data import list_videos
from tfvgan.runs.codec_models import PREFIX
from tfvgan.runs.restoring import shipped_folders

LUMA = np.array([0.299, 0.587, 0.114])
HIGHER = {"PSNR-Y": 1, "MS-SSIM": 1, "LPIPS": -1, "VMAF": 1, "VMAF-NEG": 1, "tOF": -1}


class Scores:
    """What is measured of a pair of clips."""

    def __init__(self):
        self.metrics = {
            "MS-SSIM": metrics.MSSSIM(),
            "LPIPS": metrics.LPIPS(),
            "tOF": metrics.TOF(),
        }

    def __call__(self, real, made):
        """Returns a dict of numbers."""
        error = np.square((real.astype("float64") - made) @ LUMA).mean((1, 2))
        found = {"PSNR-Y": float(np.mean(10 * np.log10(255**2 / np.maximum(error, 1e-4))))}
        for name, metric in self.metrics.items():
            found[name] = float(metric.per_video(real[None], made[None])[0])
        found["VMAF"] = metrics.vmaf(real, made).mean
        found["VMAF-NEG"] = metrics.vmaf(real, made, "vmaf_v0.6.1neg").mean
        return found


def measured(name, rival, value, clips, scores):
    """Returns the row of one codec at one setting."""
    found = []
    for real in clips.values():
        coded = rival(real, value)
        bits = metrics.bits_per_pixel(bytes(coded.size), *real.shape[:3])
        seconds = {"encode s": coded.encoding, "decode s": coded.decoding}
        found.append({"bpp": bits, **scores(real, coded.video), **seconds})
    row = {key: float(np.mean([each[key] for each in found])) for key in found[0]}
    row = {"codec": name, "setting": value, **row}
    print(json.dumps(row), flush=True)
    return row


def curves(rows, key):
    """Returns `{codec: [(bits per pixel, quality)]}`, quality the higher the better."""
    found = {}
    for row in rows:
        found.setdefault(row["codec"], []).append((row["bpp"], HIGHER[key] * row[key]))
    return found


def rates(rows):
    """Returns `{codec: {rival: {metric: percent of bits, or None}}}`."""
    found = {}
    for key in HIGHER:
        by_codec = curves(rows, key)
        for codec, test in by_codec.items():
            for rival, reference in by_codec.items():
                if rival != codec:
                    place = found.setdefault(codec, {}).setdefault(rival, {})
                    place[key] = _bd_rate(reference, test)
    return found


def _bd_rate(reference, test):
    try:
        return metrics.bd_rate(reference, test).percent
    except ValueError:
        return None  # No quality that both have, or one that falls with more bits.


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that nothing was trained on")
    parser.add_argument("--model", help="of tfvgan compress")
    parser.add_argument("--bases", nargs="*", default=["av1"])
    parser.add_argument("--prefers", nargs="+", default=["detail", "fidelity"])
    parser.add_argument("--half", action="store_true", help="encoders at half the size, too")
    parser.add_argument("--vvenc", action="store_true", help="VVenC, too")
    parser.add_argument("--clips", type=int, help="the first so many videos alone")
    arguments = parser.parse_args()
    files = list_videos(arguments.videos)[: arguments.clips]
    clips = {Path(file.path).name: clip(file.path, FRAMES) for file in files}
    ours = arguments.model or shipped_folders(PREFIX)
    bases = arguments.bases if ours else ()
    asked = contenders(arguments.model, arguments.half, arguments.vvenc, bases, arguments.prefers)
    scores = Scores()
    rows = [
        measured(name, rival, value, clips, scores)
        for name, (rival, values) in asked.items()
        for value in values
    ]
    kept = RESULTS / "codec.json"
    if kept.exists():
        rows = [r for r in json.loads(kept.read_text())["rows"] if r["codec"] not in asked] + rows
    report(
        "codec",
        "Rate and distortion, means over clips that nothing was trained on.",
        rows,
        packages=("imageio-ffmpeg", "av"),
        clips=sorted(clips),
        frames=FRAMES,
        rates=rates(rows),
    )


if __name__ == "__main__":
    main()
