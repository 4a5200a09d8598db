"""Metrics of each set alone, compared between the sets: motion, order, variety."""

import functools

import numpy as np

from tfvgan.evaluation.choice import MetricInfo
from tfvgan.evaluation.means import mean_and_interval
from tfvgan.evaluation.report import Score
from tfvgan.metrics.content import content
from tfvgan.metrics.diversity import Diversity
from tfvgan.metrics.motion import Disorder, Motion, Roughness
from tfvgan.metrics.protocol import pace
from tfvgan.metrics.temporal import Flicker, WarpingError
from tfvgan.video import levels

VALUES = 2**23  # of the pixels of a batch
COMPARED = 16, 4096  # how many videos are held against one another, and pairs if they are few
SIDES = ("real", "generated")
OF_EACH = {
    "diversity": MetricInfo("like real", "distance between its videos"),
    "motion": MetricInfo("like real", "change from frame to frame"),
    "roughness": MetricInfo("like real", "jumps of that change"),
    "disorder": MetricInfo("like real", "1.73 is frames in any order"),
    "flicker": MetricInfo("like real", "jumps in brightness"),
    "warping_error": MetricInfo("like real", "change along the motion", usual=False),
    "acd": MetricInfo("like real", "drift of colour; read the next three", usual=False),
}
BESIDE = {
    "acd_presence": MetricInfo("like real", "frames that show anything"),
    "acd_area": MetricInfo("like real", "how much of the frame that fills"),
    "acd_motion": MetricInfo("like real", "change from frame to frame"),
}
METRICS = {
    "motion": Motion,
    "roughness": Roughness,
    "disorder": Disorder,
    "flicker": functools.partial(Flicker, reference=False),
    "warping_error": functools.partial(WarpingError, reference=False),
}
LEVELS = ("diversity", "motion", "roughness", "flicker", "acd", "acd_motion")


def numbers_of_each(names, clips, attempts, progress):
    """Returns each video's numbers: a dict by metric of dicts by side, float64 `(videos,)`.

    "acd" brings what is to be read beside it; "brightness", in levels, is always there.

    Args:
        names: metrics among `OF_EACH`; "diversity", which is of no single video, is passed over.
        clips: the two sets' `StoredClips`, the real ones first.
        attempts: the `Attempts` that measure; what fails is missing there.
        progress: whether to show a bar.
    """
    from tqdm import tqdm

    names = [name for name in names if name != "diversity"]
    measures = {name: attempts(name, _measure, name) for name in names}
    by_metric = {}
    with tqdm(total=sum(map(len, clips)), desc="measure", unit="clip", disable=not progress) as bar:
        for side, videos in zip(SIDES, clips):
            for batch in videos.batches(_batch(videos)):
                numbers = {"brightness": levels(batch).numpy().mean(axis=(1, 2, 3, 4))}
                for name in names:
                    numbers.update(attempts(name, measures[name], batch) or {})
                for name, values in numbers.items():
                    by_metric.setdefault(name, {}).setdefault(side, []).append(values)
                bar.update(len(batch))
    return {
        name: {side: np.concatenate(pieces).astype(np.float64) for side, pieces in sides.items()}
        for name, sides in by_metric.items()
        if name not in attempts.missing
    }


def score_each(numbers, sampling, attempts, level):
    """Returns the `Score`s of the numbers of `numbers_of_each`, without the brightness."""
    return [
        _score(
            name,
            sampling,
            attempts,
            *mean_and_interval(sides["generated"], level),
            real=mean_and_interval(sides["real"], level)[0],
        )
        for name, sides in numbers.items()
        if name != "brightness"
    ]


def score_diversity(clips, sampling, attempts):
    """Returns the `Score` of the sets' diversity in a list, empty when it can't be measured."""
    values = [attempts("diversity", _diversity, videos, sampling.seed) for videos in clips]
    if "diversity" in attempts.missing:
        return []
    return [_score("diversity", sampling, attempts, values[1], None, None, real=values[0])]


def _measure(name):
    """Returns a function of a batch of videos: a dict by metric of numbers `(videos,)`."""
    if name == "acd":
        return _acd
    metric = METRICS[name]()
    return lambda batch: {name: metric.per_video(None, batch).numpy()}


def _acd(batch):
    measured = content(batch)
    numbers = {"acd": measured.distance, "acd_presence": measured.presence}
    numbers.update(acd_area=measured.area, acd_motion=measured.motion)
    return {name: values.numpy() for name, values in numbers.items()}


def _diversity(videos, seed):
    """Returns the diversity of all pairs of up to 64 videos, or of shuffled batches of them.

    Shuffled, since clips of one file lie side by side and are alike.
    """
    metric = Diversity()
    order = np.random.default_rng(seed).permutation(len(videos))
    together = max(COMPARED[0], COMPARED[1] // len(videos))
    for batch in videos.batches(max(2, min(together, _batch(videos))), order):
        metric.update_state(None, batch)
    return float(metric.result())


def _batch(videos):
    """Returns the number of videos in a batch."""
    return max(1, VALUES // int(np.prod(videos.shape)))


def _score(name, sampling, attempts, value, low, high, real):
    about = {**OF_EACH, **BESIDE}[name]
    height, width = sampling.size
    return Score(
        metric=name,
        name=f"{name}_{sampling.frames}f_{sampling.videos}v"
        f"_{pace(sampling.stride, sampling.fps)}_{width}x{height}"
        f"_seed{sampling.seed}",
        value=value,
        low=low,
        high=high,
        real=real,
        unit="levels" if name in LEVELS else "",
        better=about.better,
        meaning=about.meaning,
        seconds=attempts.seconds[name.split("_")[0] if name in BESIDE else name],
    )
