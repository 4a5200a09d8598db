"""Outputs against their references, measured by many: a pair by one process, one report of all."""

import os
from collections.abc import Sequence
from typing import Any

from tfvgan.batch.folder import Outcome
from tfvgan.batch.parts import ALONE, FileParts, Spread
from tfvgan.batch.work import Make
from tfvgan.evaluation.choice import OF_SETS, choose
from tfvgan.evaluation.measuring import PAIRED, MeasuredPair, Measuring
from tfvgan.evaluation.paired import paired_report
from tfvgan.evaluation.pairing import named_pairs, pair_of, windows
from tfvgan.evaluation.picture import PairsPicture
from tfvgan.evaluation.report import Report
from tfvgan.evaluation.sets import SETS


def evaluate_by_file(
    reference: str | os.PathLike,
    output: str | os.PathLike,
    out: str | os.PathLike,
    how: Spread = ALONE,
    *,
    metrics: Sequence[str] | None = None,
    level: float = 0.95,
) -> tuple[Outcome, Report | None]:
    """Returns what became of the pairs of a share, and the report, when no pair is left.

    The report is that of `tfvgan.evaluation.evaluate_paired`, to the bit. There is none where a
    pair has failed: it would be of others than were asked for. What was measured of each pair is
    kept in the folder, and is not measured again.

    Args:
        reference, output, metrics, level: as of `tfvgan.evaluation.evaluate_paired`. All processes
            see both under the same paths.
        out: the folder of the report, in which what was measured is kept.
        how: `Spread`.

    Raises:
        ValueError: when a metric is not known, a file has no partner, or as
            `tfvgan.batch.run_folder` does.
    """
    chosen = choose(metrics, PAIRED, SETS, OF_SETS)
    pairs = named_pairs(reference, output)
    given = {"metrics": chosen}
    parts = FileParts(out, "evaluate", open_evaluate, given, [reference, output], ".json")
    items = [
        parts.item(os.path.abspath(theirs), name, os.path.abspath(ours))
        for name, ours, theirs in pairs
    ]
    outcome = parts.make(lambda: items, how)
    if outcome.left or outcome.failed:
        return outcome, None
    measured, picture = [], PairsPicture()
    for item, named in zip(items, pairs):
        each = MeasuredPair.load(item.out)
        pair = each.pair._replace(name=item.name, reference=named[1], output=named[2])
        measured.append(each._replace(pair=pair))
        if picture.wants(pair):
            for window in windows(pair, 0):
                picture.add(pair, *window)
    report = paired_report(reference, output, Measuring(chosen), measured, level, picture.draw)
    return outcome, report


def open_evaluate(settings: dict[str, Any]) -> Make:
    """Returns what writes what it measures of a pair as a part; `settings` are of its records."""
    measuring = Measuring(settings["metrics"])

    def make(video, out, *, resume, overwrite, beside):
        name = os.path.splitext(os.path.basename(video))[0]
        os.makedirs(os.path.dirname(out), exist_ok=True)
        measuring.of_pair(pair_of(name, beside, video)).save(out)
        return []

    return make
