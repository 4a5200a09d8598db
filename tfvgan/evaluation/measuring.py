"""What is measured of one output against its reference, by itself: numbers that can be kept."""

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tfvgan.claims import read_claims
from tfvgan.data import probe
from tfvgan.evaluation.attempts import Attempts
from tfvgan.evaluation.choice import MetricInfo, choose
from tfvgan.evaluation.pairing import Pair, windows
from tfvgan.metrics.fidelity import MSSSIM, PSNR, SSIM
from tfvgan.metrics.perceptual import LPIPS
from tfvgan.metrics.rate import bits_per_pixel
from tfvgan.metrics.temporal import TLP, TOF, Flicker, WarpingError
from tfvgan.metrics.vmaf import vmaf
from tfvgan.whole import write_whole

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


class MeasuredPair(NamedTuple):
    """What was measured of a pair.

    Attributes:
        pair: `Pair`.
        values: dict of the metrics' values; None where a video has none.
        missing: dict of the metrics that failed, with the reason.
        seconds: dict of the time that each metric took.
    """

    pair: Pair
    values: dict[str, float | None]
    missing: dict[str, str]
    seconds: dict[str, float]

    def save(self, path: str | os.PathLike) -> str:
        """Returns the path of the JSON file that is written, which appears whole."""
        text = json.dumps(self._asdict() | {"pair": self.pair._asdict()}, allow_nan=False)
        return write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))

    @classmethod
    def load(cls, path: str | os.PathLike) -> "MeasuredPair":
        """Returns what a file says that `save` has written: the same numbers, to the bit.

        Raises:
            ValueError: when it says something else.
        """
        return read_claims(path, cls, "what was measured of a pair")


class Measuring:
    """Metrics that are ready to measure pairs, one after the other.

    Args:
        metrics: as of `tfvgan.evaluation.evaluate_paired`.

    Attributes:
        chosen: list of the metrics' names.
        streamed: dict of those metrics that read frames, by name.
        missing: dict of those that can't be had here, with the reason.

    Raises:
        ValueError: when a metric is not known.
    """

    def __init__(self, metrics: Sequence[str] | None = None):
        self.chosen = choose(metrics, PAIRED)
        attempts = Attempts(self.chosen)
        made = {name: attempts(name, STREAMED[name]) for name in self.chosen if name in STREAMED}
        self.streamed = {name: metric for name, metric in made.items() if metric is not None}
        self.missing = attempts.missing

    def of_pair(
        self,
        pair: Pair,
        without: Mapping[str, str] | None = None,
        watch: Callable[..., None] = lambda pair, *window: None,
    ) -> MeasuredPair:
        """Returns the `MeasuredPair` of a pair, which is read window by window, in constant memory.

        Args:
            pair: `Pair`.
            without: dict of metrics that are left out, with the reason.
            watch: is called with the pair and each window's frames: references, outputs, and how
                many of them were there before.

        Raises:
            ValueError: when one side ends before the other.
        """
        attempts = Attempts(self.chosen)
        attempts.missing |= self.missing | dict(without or {})
        overlap = max((each.least_frames for each in self.streamed.values()), default=1) - 1
        means = {name: _Mean(metric) for name, metric in self.streamed.items()}
        for window in windows(pair, overlap):
            for name, mean in means.items():
                attempts(name, mean.add, *window)
            watch(pair, *window)
        values = {}
        for name in self.chosen:
            value = attempts(name, WHOLE[name], pair) if name in WHOLE else None
            if name in means:
                value = means[name].value
            values[name] = None if value is None or math.isnan(value) else float(value)
        values = {name: values[name] for name in attempts.left()}
        return MeasuredPair(pair, values, attempts.missing, attempts.seconds)


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
