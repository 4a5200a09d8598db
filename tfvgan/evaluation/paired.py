"""Evaluation of outputs against their references, for restoration and codecs."""

import os
from collections.abc import Sequence

from tfvgan.data import probe
from tfvgan.evaluation.attempts import Attempts
from tfvgan.evaluation.choice import MetricInfo, choose
from tfvgan.evaluation.means import mean_and_interval
from tfvgan.evaluation.pairing import find_pairs, windows
from tfvgan.evaluation.picture import PairsPicture
from tfvgan.evaluation.report import Report, Score
from tfvgan.metrics.fidelity import MSSSIM, PSNR, SSIM
from tfvgan.metrics.perceptual import LPIPS
from tfvgan.metrics.rate import bits_per_pixel
from tfvgan.metrics.temporal import TLP, TOF, Flicker, WarpingError
from tfvgan.metrics.vmaf import vmaf

PAIRED = {
    "psnr": MetricInfo("higher", "closeness of pixels, 100 if equal"),
    "ssim": MetricInfo("higher", "closeness of structure, 1 if equal"),
    "ms_ssim": MetricInfo("higher", "likewise, at five scales"),
    "lpips": MetricInfo("lower", "how different frames look, to a network"),
    "tof": MetricInfo("lower", "difference of the motions"),
    "tlp": MetricInfo("lower", "how different changes look, likewise"),
    "warping_error": MetricInfo("lower", "change along the motion"),
    "flicker": MetricInfo("lower", "jumps in brightness, its own"),
    "vmaf": MetricInfo("higher", "what viewers would say, of 100"),
    "bits_per_pixel": MetricInfo("lower", "what the files cost"),
}
STREAMED = {
    "psnr": PSNR,
    "ssim": SSIM,
    "ms_ssim": MSSSIM,
    "lpips": LPIPS,
    "tof": TOF,
    "tlp": TLP,
    "warping_error": WarpingError,
    "flicker": Flicker,
}
WHOLE = {
    "vmaf": lambda pair: _vmaf(pair.reference, pair.output),
    "bits_per_pixel": lambda pair: bits_per_pixel(
        pair.output, pair.frames, pair.height, pair.width
    ),
}
NAMES = {"vmaf": "vmaf_v0.6.1"}
UNITS = {"bits_per_pixel": "bits"}


def evaluate_paired(
    reference: str | os.PathLike,
    output: str | os.PathLike,
    *,
    metrics: Sequence[str] | None = None,
    level: float = 0.95,
    progress: bool = True,
) -> Report:
    """Returns the `Report` of outputs against their references.

    Each value is the mean over a video's frames (or pairs of frames), then over the videos. Videos
    are read window by window, in constant memory however long they are.

    Args:
        reference: a video file, a folder of numbered images, or a folder of videos.
        output: likewise; in folders, files belong together that share a name, endings aside.
        metrics: list of names among `PAIRED`; all of them unless given. What can't be measured is
            left out, and the report's `missing` says why.
        level: float in (0, 1), how often the intervals over the videos are to cover.
        progress: whether to show a bar.

    Raises:
        ValueError: when a metric is not known, a file has no partner, or partners differ in
            frames, size or rate.
    """
    from tqdm import tqdm

    chosen = choose(metrics, PAIRED)
    pairs = find_pairs(reference, output)
    attempts, picture = Attempts(chosen), PairsPicture()
    streamed = {name: attempts(name, STREAMED[name]) for name in chosen if name in STREAMED}
    streamed = {name: metric for name, metric in streamed.items() if metric is not None}
    overlap = max((metric.least_frames for metric in streamed.values()), default=1) - 1
    values = {name: [] for name in chosen}
    frames = sum(pair.frames for pair in pairs)
    with tqdm(total=frames, desc="compare", unit="frame", disable=not progress) as bar:
        for pair in pairs:
            means = {name: _Mean(metric) for name, metric in streamed.items()}
            for window in windows(pair, overlap):
                for name, mean in means.items():
                    attempts(name, mean.add, *window)
                picture.add(pair, *window)
                bar.update(len(window.output) - window.shared)
            for name in chosen:
                whole = WHOLE.get(name)
                value = attempts(name, whole, pair) if whole else means[name].value
                values[name].append(value)
    title = f"output: {output}; reference: {reference}; {len(pairs)} of each"
    scores = [
        _score(name, streamed.get(name), values[name], pairs, level, attempts.seconds[name])
        for name in attempts.left()
    ]
    return Report(title, scores, attempts.missing, level, picture.draw)


def _vmaf(*paths):
    """Returns VMAF of two files, with the colours that players show."""
    return vmaf(*paths, matrices=[probe(path).matrix or None for path in paths]).mean


class _Mean:
    """The mean of a metric over a video's frames, or pairs of frames, window by window."""

    def __init__(self, metric):
        self._metric = metric
        self._span = metric.least_frames
        self._terms = 0
        self.value = 0.0

    def add(self, reference, output, shared):
        """Adds frames, of which the first `shared` were in the window before."""
        start = max(0, shared - self._span + 1)
        terms = len(output) - start - self._span + 1
        if terms < 1 and self._terms:
            return
        reference, output = (frames[None, start:] for frames in (reference, output))
        score = float(self._metric.per_video(reference, output)[0])
        self._terms += terms
        self.value += (score - self.value) * terms / self._terms


def _score(name, metric, values, pairs, level, seconds):
    """Returns the `Score` of a metric from its value for each video."""
    mean, low, high = mean_and_interval(values, level)
    return Score(
        metric=name,
        name=metric.name if metric else NAMES.get(name, name),
        value=mean,
        low=low,
        high=high,
        unit=metric.unit if metric else UNITS.get(name, ""),
        better=PAIRED[name].better,
        meaning=PAIRED[name].meaning,
        protocol={
            "videos": len(pairs),
            "frames": sum(pair.frames for pair in pairs),
            "sizes": sorted({f"{pair.width}x{pair.height}" for pair in pairs}),
        },
        each={pair.name: value for pair, value in zip(pairs, values)},
        seconds=seconds,
    )
