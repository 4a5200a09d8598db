"""Evaluation of outputs against their references, for restoration and codecs."""

import os
from collections.abc import Callable, Sequence

from tfvgan.evaluation.choice import OF_SETS, choose
from tfvgan.evaluation.means import mean_and_interval
from tfvgan.evaluation.measuring import PAIRED, MeasuredPair, Measuring
from tfvgan.evaluation.pairing import find_pairs
from tfvgan.evaluation.picture import PairsPicture
from tfvgan.evaluation.report import Report, Score
from tfvgan.evaluation.sets import SETS

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

    chosen = choose(metrics, PAIRED, SETS, OF_SETS)
    pairs = find_pairs(reference, output)
    measuring, picture = Measuring(chosen), PairsPicture()
    measured, missing = [], {}
    frames = sum(pair.frames for pair in pairs)
    with tqdm(total=frames, desc="compare", unit="frame", disable=not progress) as bar:

        def watch(pair, references, outputs, shared):
            picture.add(pair, references, outputs, shared)
            bar.update(len(outputs) - shared)

        for pair in pairs:
            measured.append(measuring.of_pair(pair, missing, watch))
            missing = measured[-1].missing
    return paired_report(reference, output, measuring, measured, level, picture.draw)


def paired_report(
    reference: str | os.PathLike,
    output: str | os.PathLike,
    measuring: Measuring,
    measured: Sequence[MeasuredPair],
    level: float,
    picture: Callable[[str, str], object],
) -> Report:
    """Returns the `Report` of pairs, whichever process has measured each.

    Args:
        reference, output, level: as of `evaluate_paired`.
        measuring: the `Measuring` of the metrics.
        measured: the `MeasuredPair` of each pair, in order.
        picture: function of a title and a path that writes a picture.
    """
    missing = {}
    for each in measured:
        missing = {**each.missing, **missing}  # The first reason of each metric.
    title = f"output: {output}; reference: {reference}; {len(measured)} of each"
    scores = [
        _score(name, measuring.streamed.get(name), measured, level)
        for name in measuring.chosen
        if name not in missing
    ]
    return Report(title, scores, missing, level, picture)


def _score(name, metric, measured, level):
    """Returns the `Score` of a metric from its value for each video."""
    pairs = [each.pair for each in measured]
    values = [float("nan") if each.values[name] is None else each.values[name] for each in measured]
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
        seconds=sum(each.seconds[name] for each in measured),
    )
