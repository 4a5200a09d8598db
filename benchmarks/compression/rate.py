"""Rate and distortion of what tfvgan compresses and of FFmpeg's encoders, on unseen videos.

Of each video in a folder the square of 256 pixels in the middle, 48 frames of it, is coded at some
qualities. Sizes of ours are whole files, with all that decoding needs but the model; of the others
their streams alone, which favours them: the mp4 around them, counted in "file bpp", adds about a
kilobyte. Means over the videos at each setting: bits per pixel, PSNR of luma, MS-SSIM, LPIPS
(AlexNet, v0.1), VMAF, VMAF-NEG, tOF. Then, for each codec, BD-rates against the others, of streams
and, as "file_rates", of files. `seconds.py` says how long they take.

    tfvgan weights fetch
    python benchmarks/compression/rate.py VIDEOS [--model runs/coded] [--half] [--vvenc]

Without a model each preference takes the package's, and so does the learned codec, if there is one.
What a result has of other codecs stays in it, and a stopped run goes on where it was: each line is
kept, by what it was measured with.
`table.py` makes tables of it.
"""

import argparse
import functools
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.compression.rivals import contenders
from benchmarks.compression.table import HALF
from benchmarks.report import RESULTS, report
from benchmarks.sets.squares import FRAMES, clip
from tfvgan import metrics
from tfvgan.data import list_videos
from tfvgan.runs.codec_models import load_codec, shipped_codec
from tfvgan.tasks import LearnedCodec

CACHE = Path(__file__).parents[2] / "cache" / "codec.jsonl"
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
        # Frames that come back whole count 88 dB: infinity would be the mean.
        result = {"PSNR-Y": float(np.mean(10 * np.log10(255**2 / np.maximum(error, 1e-4))))}
        for name, metric in self.metrics.items():
            result[name] = float(metric.per_video(real[None], made[None])[0])
        result["VMAF"] = metrics.vmaf(real, made).mean
        result["VMAF-NEG"] = metrics.vmaf(real, made, "vmaf_v0.6.1neg").mean
        return result


def measured(name, rival, value, clips, scores):
    """Returns the row of one codec at one setting."""
    per_clip = []
    for real in clips.values():
        coded = rival(real, value)
        file, stream = (8 * size / real[..., 0].size for size in (coded.size, coded.stream))
        per_clip.append({"bpp": stream, "file bpp": file, **scores(real, coded.video)})
    row = {key: float(np.mean([each[key] for each in per_clip])) for key in per_clip[0]}
    row = {"codec": name, "setting": value, **row}
    print(json.dumps(row), flush=True)
    return row


class Kept:
    """Rows of runs before, in a file that grows by a line for each.

    Args:
        path: of the file.
        settings: dict, what rows were measured with beside codec and setting.
    """

    def __init__(self, path, settings):
        self.path, self.settings = path, settings
        self.lines = [json.loads(x) for x in path.read_text().splitlines()] if path.exists() else []

    def __call__(self, name, value, model, measure):
        """Returns the row of a codec at a setting, measured if it is not there.

        Args:
            name, value: of the row.
            model: str, what tells its model from others; None without.
            measure: function that returns the row.
        """
        key = {**self.settings, "codec": name, "setting": value, "model": model}
        for line in self.lines:
            if line["key"] == key:
                return line["row"]
        self.lines.append({"key": key, "row": measure()})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "a") as file:
            file.write(json.dumps(self.lines[-1]) + "\n")
        return self.lines[-1]["row"]


def curves(rows, key):
    """Returns `{codec: [(bits per pixel, quality)]}`, quality the higher the better."""
    points = {}
    for row in rows:
        points.setdefault(row["codec"], []).append((row["bpp"], HIGHER[key] * row[key]))
    return points


def rates(rows):
    """Returns `{codec: {rival: {metric: percent of bits, or None}}}`."""
    result = {}
    for key in HIGHER:
        by_codec = curves(rows, key)
        for codec, test in by_codec.items():
            for rival, reference in by_codec.items():
                if rival != codec:
                    place = result.setdefault(codec, {}).setdefault(rival, {})
                    place[key] = _bd_rate(reference, test)
    return result


def _bd_rate(reference, test):
    try:
        return metrics.bd_rate(reference, test).percent
    except ValueError:
        return None  # No quality that both have, or one that falls with more bits.


def _model_of(name, model, learned):
    """Returns what tells the model of one of ours from others, or None of another codec."""
    if not name.startswith("ours"):
        return None
    *_, kind = name.removesuffix(HALF).split()
    model = learned if kind == "learned" else model or shipped_codec(prefer=kind)
    return load_codec(model).identity.hex()


def package_learned():
    """Returns the package's model of the learned codec, or None without one."""
    try:
        return shipped_codec(LearnedCodec.name)
    except ValueError:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that nothing was trained on")
    parser.add_argument("--model", help="a model of tfvgan compress; the package's without")
    parser.add_argument("--learned", help="a model of the learned codec; none: without it")
    parser.add_argument("--bases", nargs="*", default=["av1"])
    parser.add_argument("--prefers", nargs="+", default=["detail", "fidelity"])
    parser.add_argument("--half", action="store_true", help="also code at half the size")
    parser.add_argument("--vvenc", action="store_true", help="also measure VVenC")
    parser.add_argument(
        "--ours-alone", action="store_true", help="keep the results of the other encoders"
    )
    parser.add_argument("--clips", type=int, help="take so many videos, the first ones")
    arguments = parser.parse_args()
    files = list_videos(arguments.videos)[: arguments.clips]
    clips = {Path(file.path).name: clip(file.path, FRAMES) for file in files}
    learned = {None: package_learned(), "none": None}.get(arguments.learned, arguments.learned)
    ours = arguments.bases, arguments.prefers, learned, not arguments.ours_alone
    asked = contenders(arguments.model, arguments.half, arguments.vvenc, *ours)
    scores = Scores()
    kept = Kept(CACHE, {"clips": sorted(clips), "frames": FRAMES})
    rows = [
        kept(
            *(name, value, _model_of(name, arguments.model, learned)),
            functools.partial(measured, name, rival, value, clips, scores),
        )
        for name, (rival, values) in asked.items()
        for value in values
    ]
    earlier = RESULTS / "codec.json"
    if earlier.exists():
        rows = [
            r for r in json.loads(earlier.read_text())["rows"] if r["codec"] not in asked
        ] + rows
    report(
        "codec",
        "Rate and distortion, means over clips that nothing was trained on.",
        rows,
        packages=("imageio-ffmpeg", "av"),
        clips=sorted(clips),
        frames=FRAMES,
        rates=rates(rows),
        file_rates=rates([{**row, "bpp": row["file bpp"]} for row in rows]),
    )


if __name__ == "__main__":
    main()
