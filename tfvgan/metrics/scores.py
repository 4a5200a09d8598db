"""All scores of distributions that features give, each with its interval and its whole name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tfvgan.metrics.bootstrap import FEWEST, estimate
from tfvgan.metrics.features import Features
from tfvgan.metrics.frechet import frechet_distance_of_rows
from tfvgan.metrics.kernel import kernel_distance
from tfvgan.metrics.precision_recall import precision


@dataclass(frozen=True)
class Result:
    """A score, how sure it is, and all that it depends on.

    Args:
        value: float.
        low: float, the interval's lower end; NaN where there are too few videos for one.
        high: float, its upper end.
        name: str, which holds the whole protocol: `fvd_i3d_16f_256v_stride1_224bilinear_seed0`.
        warnings: tuple of sentences.
        score: str, what the name begins with, such as "fvd".
        higher_is_better: bool.
        level: float, how often such intervals are to cover.
        protocol: dict, the parts of the name; of the generated side, its number of videos.
    """

    value: float
    low: float
    high: float
    name: str
    warnings: tuple
    score: str
    higher_is_better: bool
    level: float
    protocol: dict


@dataclass(frozen=True)
class FeatureScore:
    """A function of real and generated features, with the range of its values."""

    name: str
    function: Callable
    higher_is_better: bool = False
    least: float = -np.inf
    most: float = np.inf
    needs_rank: bool = False


def _recall(real, generated):
    return precision(generated, real)


VIDEO_SCORES = (
    FeatureScore("fvd", frechet_distance_of_rows, least=0.0, needs_rank=True),
    FeatureScore("kvd", kernel_distance),
    FeatureScore("precision_k3", precision, higher_is_better=True, least=0.0, most=1.0),
    FeatureScore("recall_k3", _recall, higher_is_better=True, least=0.0, most=1.0),
)
FRAME_SCORES = (FeatureScore("ffd", frechet_distance_of_rows, least=0.0, needs_rank=True),)
SCORES = VIDEO_SCORES + FRAME_SCORES


def scores(
    real: Features, generated: Features, level: float = 0.95, seed: int = 0, replicates: int = 50
) -> list[Result]:
    """Returns the list of `Result` that two sets of features have.

    Of features of videos: "fvd", "kvd", "precision_k3" and "recall_k3", named after the extractor
    (FVD, as published, is that of I3D). Of features of frames: "ffd".

    Args:
        real: `Features`, of 4 videos or more.
        generated: `Features` of the same protocol; the number of videos may differ.
        level: float in (0, 1), how often the intervals are to cover; see `bootstrap.estimate`.
        seed: int, chooses the halves that the intervals come from.
        replicates: int, how many pairs of halves.

    Raises:
        ValueError: when the protocols differ, or a side has fewer than 4 videos.
    """
    _check_protocols(real, generated)
    table = FRAME_SCORES if real.protocol.per == "frame" else VIDEO_SCORES
    return [_result(score, real, generated, level, seed, replicates) for score in table]


def _result(score, real, generated, level, seed, replicates):
    value, low, high = estimate(
        score.function, real.by_video, generated.by_video, level, replicates, seed
    )
    return Result(
        value=value,
        low=float(np.clip(low, score.least, score.most)),
        high=float(np.clip(high, score.least, score.most)),
        name=real.protocol.name(score.name, generated.protocol.videos),
        warnings=tuple(_warnings(score, real, generated)),
        score=score.name,
        higher_is_better=score.higher_is_better,
        level=level,
        protocol={**real.protocol.as_dict(), "generated_videos": generated.protocol.videos},
    )


def _warnings(score, real, generated):
    fewest = min(real.protocol.videos, generated.protocol.videos)
    dimension = real.values.shape[-1]
    if score.needs_rank and fewest < dimension:
        yield (
            f"Too few samples: {fewest} videos for {dimension} dimensions make the score too "
            "high; compare it with scores of the same name only."
        )
    if fewest < FEWEST:
        yield f"Too few samples for an interval: {fewest} videos, and {FEWEST} are needed."


def _check_protocols(real, generated):
    def comparable(features):
        return {**features.protocol.as_dict(), "videos": None}

    theirs = comparable(generated)
    for name, value in comparable(real).items():
        if theirs[name] != value:
            raise ValueError(
                f"Real and generated features must share a protocol, but `{name}` is {value!r} "
                f"for one and {theirs[name]!r} for the other: collect both alike."
            )
    if min(real.protocol.videos, generated.protocol.videos) < 4:
        raise ValueError(
            "Scores need 4 videos or more on each side, but have "
            f"{real.protocol.videos} real and {generated.protocol.videos} generated ones."
        )
