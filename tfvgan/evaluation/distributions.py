"""Scores of two sets' features: distances between the sets, and their overlap."""

import math
import os
import time

import numpy as np

from tfvgan.evaluation.choice import MetricInfo
from tfvgan.evaluation.report import Score
from tfvgan.metrics import extractors
from tfvgan.metrics.distances import squared_distances
from tfvgan.metrics.features import collect
from tfvgan.metrics.scores import scores
from tfvgan.metrics.store import content_key

OF_VIDEOS = {
    "fvd": MetricInfo("lower", "distance of the sets, to a video network"),
    "kvd": MetricInfo("lower", "likewise, fair to small sets"),
    "precision_k3": MetricInfo("higher", "generated ones among real ones"),
    "recall_k3": MetricInfo("higher", "real ones among generated ones"),
}
OF_FRAMES = {"ffd": MetricInfo("lower", "distance of the frames alone")}
OF_FEATURES = {**OF_VIDEOS, **OF_FRAMES}


def score_features(names, extractor, source, sampling, clips, level, progress):
    """Returns the `Score`s of the named metrics, and distances to the nearest real video.

    The distances are a dict of floats by side, "real" (to the nearest other one) and "generated";
    empty for features of frames.

    Args:
        names: metrics, all among `OF_VIDEOS` or all among `OF_FRAMES`.
        extractor: as in `tfvgan.metrics.extractors`.
        source: the real `VideoSet`; its features are kept for the next time where it is of files.
        sampling: the settled `Sampling`.
        clips: the two sets' `StoredClips`, the real ones first.
        level: float, how often the intervals are to cover.
        progress: whether to show bars.

    Raises:
        ValueError: when the features can't be had, or are too few.
    """
    began = time.perf_counter()
    extractor = extractors.get_extractor(extractor)
    real, generated = (
        collect(
            side,
            extractor,
            len(side),
            stride=sampling.stride,
            fps=sampling.fps,
            seed=sampling.seed,
            progress=f"{extractor.name} looks at {name}" if progress else None,
            key=key,
        )
        for name, side, key in (
            ("real", clips[0], _key(source, extractor, sampling, clips[0])),
            ("generated", clips[1], None),
        )
    )
    results = scores(real, generated, level)
    seconds = time.perf_counter() - began
    wanted = [_score(result, seconds) for result in results if result.score in names]
    nearest = {}
    if real.protocol.per == "video":
        nearest["real"] = _nearest(real.values, real.values, others=True)
        nearest["generated"] = _nearest(generated.values, real.values)
    return wanted, nearest


def _key(source, extractor, sampling, clips):
    """Returns the key that the real features are kept under, or None when they can't be."""
    files = list(source.chosen)
    if not getattr(extractor, "fingerprint", "") or not files:
        return None
    if not all(os.path.isfile(file) for file in files):
        return None
    parts = {
        "clips": list(source.chosen.values()),
        "count": len(clips),
        "frames": sampling.frames,
        "size": sampling.size,
        "stride": sampling.stride,
        "fps": sampling.fps,
    }
    return content_key(files, extractor, **parts, seed=sampling.seed)


def _score(result, seconds):
    """Returns the `Score` of a `tfvgan.metrics.scores.Result`."""
    about = OF_FEATURES[result.score]
    bounded = math.isfinite(result.low)
    return Score(
        metric=result.score,
        name=result.name,
        value=result.value,
        low=result.low if bounded else None,
        high=result.high if bounded else None,
        better=about.better,
        meaning=about.meaning,
        protocol=result.protocol,
        seconds=seconds,
        warnings=list(result.warnings),
    )


def _nearest(rows, targets, others=False):
    """Returns each row's distance to the nearest of the targets; `others` skips its own place."""
    rows, targets = rows.astype(np.float64), targets.astype(np.float64)
    squares = np.concatenate(list(squared_distances(rows, targets)))
    if others:
        np.fill_diagonal(squares, np.inf)
    return np.sqrt(squares.min(axis=1))
