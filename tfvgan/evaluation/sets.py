"""Evaluation of one set of videos against another, for generation."""

import contextlib
import dataclasses
import functools
import os
from collections.abc import Callable, Sequence

import keras
import numpy as np

from tfvgan.evaluation.attempts import Attempts
from tfvgan.evaluation.choice import OF_PAIRS, choose
from tfvgan.evaluation.distributions import OF_FEATURES, OF_FRAMES, OF_VIDEOS, score_features
from tfvgan.evaluation.each import BESIDE, OF_EACH, numbers_of_each, score_diversity, score_each
from tfvgan.evaluation.measuring import PAIRED
from tfvgan.evaluation.picture import VIDEOS, draw_sets
from tfvgan.evaluation.report import Report
from tfvgan.evaluation.sampling import Sampling
from tfvgan.evaluation.sources import open_source
from tfvgan.evaluation.store import stored

Videos = str | os.PathLike | Sequence[str | os.PathLike] | np.ndarray | keras.Model
SETS = {**OF_FEATURES, **OF_EACH}
RATE_TOLERANCE = 0.01


def evaluate(
    real: Videos,
    generated: Videos,
    *,
    frames: int | None = None,
    size: int | None = None,
    stride: int | None = None,
    fps: float | None = None,
    videos: int = 256,
    seed: int = 0,
    partial: bool = False,
    metrics: Sequence[str] | None = None,
    extractor: str | Callable = "i3d",
    frame_extractor: str | Callable = "alexnet",
    level: float = 0.95,
    progress: bool = True,
) -> Report:
    """Returns the `Report` of a generated set of videos against a real one.

    Of both sets equally many clips are taken, of one shape. They pass through a temporary file
    (of 50 MB for 256 clips of 16 frames of 64x64): the memory in use does not grow with their
    number, but for the features of each. The features of real files are kept in the user's cache
    folder, by the files' content, and read the next time.

    Args:
        real: a video file, a folder or list of them, a folder that `tfvgan.data.prepare` has made,
            uint8 `(n, t, h, w, 3)`, or anything that `generated` may be.
        generated: likewise; or a run's folder, a `.keras` file, a SavedModel's folder or one of its
            versions, or a `VideoGAN`, to sample from.
        frames: frames of a clip; by default 16, or fewer where a model or an array has fewer.
        size: side of the square in pixels, or `(height, width)`, that files are resized to cover
            and cut to; by default the size that the sets have.
        stride: every `stride`-th frame of files is taken; by default as a run was trained, or 1.
        fps: frames a second to resample files to, instead of `stride`.
        videos: how many clips of each set, at most.
        seed: chooses the clips of files, and what a model samples.
        partial: whether to take what is there of files that are cut off, as a warning says; they
            are left out otherwise.
        metrics: list of names among `SETS`; the usual ones unless given. What can't be measured is
            left out, and the report's `missing` says why.
        extractor: features of videos for "fvd", "kvd", "precision_k3" and "recall_k3": as in
            `tfvgan.metrics.extractors`.
        frame_extractor: features of frames for "ffd", likewise.
        level: float in (0, 1), how often the intervals are to cover.
        progress: whether to show bars.

    Raises:
        ValueError: when a metric is not known, or the sets give no clips, or none of one shape.
    """
    chosen = choose(metrics, SETS, PAIRED, OF_PAIRS)
    sources = open_source(real, "real"), open_source(generated, "generated")
    sampling = Sampling(frames, size, stride, fps, videos, seed, partial).settled(*sources)
    sampling = _planned(sampling, sources)
    with contextlib.ExitStack() as stack:
        clips = [stack.enter_context(stored(source, sampling, progress)) for source in sources]
        count = min(map(len, clips))
        clips = [side.first(count) for side in clips]
        sampling = dataclasses.replace(sampling, videos=count)
        attempts = Attempts(chosen)
        scores, nearest = [], {}
        for table, eye in ((OF_VIDEOS, extractor), (OF_FRAMES, frame_extractor)):
            names = [name for name in chosen if name in table]
            arguments = (names, eye, sources[0], sampling, clips, level, progress)
            result = attempts(names, score_features, *arguments) if names else None
            if result is not None:
                scores += result[0]
                nearest.update(result[1])
        if "diversity" in chosen:
            scores += score_diversity(clips, sampling, attempts)
        names = [name for name in chosen if name in OF_EACH]
        numbers = numbers_of_each(names, clips, attempts, progress)
        scores += score_each(numbers, sampling, attempts, level)
        samples = [side.spread(VIDEOS) for side in clips]
    order = [*SETS, *BESIDE]
    scores.sort(key=lambda score: order.index(score.metric))
    _describe(scores, sources, sampling, videos)
    title = f"generated: {sources[1].place}; real: {sources[0].place}"
    picture = functools.partial(draw_sets, *samples, _histograms(numbers, nearest))
    return Report(title, scores, attempts.missing, level, picture)


def _planned(sampling, sources):
    """Returns the sampling with the size and the number of clips that both sets have.

    Raises:
        ValueError: when there are less than two clips of one, or they have no size in common, and
            none is asked for.
    """
    counts, sizes = zip(*(source.plan(sampling) for source in sources))
    for count, source in zip(counts, sources):
        if count < 2:
            raise ValueError(
                f"Two sets are compared, of 2 clips or more each, but there is {count} in {source}:"
                " name more or longer videos, or hold a video against its reference by "
                "`evaluate_paired` (--paired)."
            )
    sampling = dataclasses.replace(sampling, videos=min(counts))
    if sampling.size is not None:
        return sampling
    if None in sizes or sizes[0] != sizes[1]:
        both = [f"{_size_text(size)} in {source}" for size, source in zip(sizes, sources)]
        least = min(min(size) for size in sizes if size) if any(sizes) else 64
        raise ValueError(
            f"Both sets must have one size, but it is {' and '.join(both)}: give a size to resize "
            f"and cut them to, such as {least}."
        )
    return dataclasses.replace(sampling, size=sizes[0])


def _size_text(size):
    return "not the same for all" if size is None else f"{size[1]}x{size[0]}"


def _describe(scores, sources, sampling, asked):
    """Adds the common conditions to each score, and its warnings."""
    warnings = []
    if sampling.videos < asked:
        warnings.append(
            f"{asked} clips of each set were asked for, and there are {sampling.videos}."
        )
    rates = [source.rate for source in sources]
    if None not in rates and abs(rates[0] - rates[1]) > RATE_TOLERANCE * rates[0]:
        warnings.append(
            f"Real videos have {rates[0]:g} frames a second and generated ones {rates[1]:g}: they "
            "are compared frame by frame."
        )
    for score in scores:
        score.warnings += warnings
        score.protocol = {
            **score.protocol,
            **dataclasses.asdict(sampling),
            "real": sources[0].place,
            "generated": sources[1].place,
        }


def _histograms(numbers, nearest):
    """Returns the histograms of each video's numbers for the picture."""
    titles = {
        "brightness": "brightness, in levels",
        "motion": "change from frame to frame, in levels",
        "disorder": "disorder",
    }
    shown = {title: numbers[name] for name, title in titles.items() if name in numbers}
    return {**shown, **({"distance to the nearest real video": nearest} if nearest else {})}
