"""The report of an evaluation: scores, and reasons for metrics that failed."""

import dataclasses
import importlib.metadata
import json
import math
import os
import platform
import textwrap
from collections.abc import Callable

from tfvgan.locks import Lock
from tfvgan.whole import beside, write_whole

VERSIONS = ("tfvgan", "tensorflow", "keras", "numpy", "opencv-python-headless", "imageio-ffmpeg")
WIDTH = 100
HEADLINE = 7  # scores above the picture


@dataclasses.dataclass
class Score:
    """One figure.

    Args:
        metric: what `metrics=` and `--metrics` call it.
        name: the name to publish it under, which holds all that decides it.
        value: float.
        low, high: the ends of the interval, or None.
        real: the real set's own value, for what is measured of each set alone; or None.
        unit: what it is counted in; empty for a pure number.
        better: "lower", "higher", "like real" or "" where neither is.
        meaning: a phrase for people.
        protocol: dict of all that decides it.
        each: dict of each video's value, where outputs were held against their references.
        seconds: that it took.
        warnings: sentences.
    """

    metric: str
    name: str
    value: float
    low: float | None = None
    high: float | None = None
    real: float | None = None
    unit: str = ""
    better: str = ""
    meaning: str = ""
    protocol: dict = dataclasses.field(default_factory=dict)
    each: dict = dataclasses.field(default_factory=dict)
    seconds: float = 0.0
    warnings: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Report:
    """The outcome of an evaluation.

    Args:
        title: what was compared, for people.
        scores: list of `Score`.
        missing: dict of the metrics that were left out, with the reason and what to do.
        level: share of the intervals, 0.95 for 95 %.
        picture: function of a title and a path that writes a picture.
    """

    title: str
    scores: list
    missing: dict
    level: float
    picture: Callable[[str, str], object]

    def __getitem__(self, metric):
        """Returns the `Score` of a metric.

        Raises:
            KeyError: when it was not measured; the message says why.
        """
        for score in self.scores:
            if score.metric == metric:
                return score
        raise KeyError(f"{metric}: {self.missing.get(metric, 'was not asked for')}")

    def __str__(self):
        """Returns the table, with the published names, the warnings and what is missing."""
        parts = [self.title, _table(self.scores, self.level)] if self.scores else [self.title]
        names = [score.name for score in self.scores if score.name != score.metric]
        if names:
            parts.append("to publish as:\n" + _indented(names))
        warned = {}
        for score in self.scores:
            for sentence in score.warnings:
                warned.setdefault(sentence, []).append(score.metric)
        general = [text for text, metrics in warned.items() if len(metrics) == len(self.scores)]
        special = {text: metrics for text, metrics in warned.items() if text not in general}
        if warned:
            parts.append("mind:\n" + _indented([*general, *_with_metrics(special)]))
        if self.missing:
            reasons = {}
            for metric, reason in self.missing.items():
                reasons.setdefault(reason, []).append(metric)
            parts.append("left out:\n" + _indented(_with_metrics(reasons)))
        return "\n\n".join(parts)

    def _headline(self):
        """Returns the first scores as one line."""
        shown = [
            f"{score.metric} {readable(score.value)}"
            + ("" if score.real is None else f" (real {readable(score.real)})")
            for score in self.scores[:HEADLINE]
        ]
        return "   ".join(shown)

    def write(self, folder: str | os.PathLike) -> list[str]:
        """Returns the paths of the files written: `metrics.jsonl` and `evaluation.png`.

        A line of `metrics.jsonl` is a metric: `name`, `metric`, `value`, `interval` (or null),
        `level`, `real` (or null), `unit`, `better`, `meaning`, `protocol`, `each`, `seconds`,
        `warnings`, `versions`. What is there already is replaced.
        Two reports that are written at once are so one after the other: both files are of one.
        """
        folder = os.fspath(folder)
        os.makedirs(folder, exist_ok=True)
        lines = os.path.join(folder, "metrics.jsonl")
        versions = _versions()
        text = "".join(
            json.dumps(_line(score, self.level, versions)) + "\n" for score in self.scores
        )
        image = os.path.join(folder, "evaluation.png")
        lock = Lock(beside(lines, ".", ".lock"), wait=True)
        try:
            write_whole(lines, lambda file: file.write_text(text, encoding="utf-8"))
            self.picture(f"{_clipped(self.title)}\n{self._headline()}", image)
        finally:
            lock.close(remove=True)
        return [lines, image]


def _clipped(text):
    """Returns each part of a title on a line of its own, cut to a picture's width."""
    parts = text.split("; ")
    return "\n".join(part if len(part) <= WIDTH else f"{part[:WIDTH]}..." for part in parts)


def readable(value):
    """Returns a number as people read it: of four digits, or three behind "0."; NaN is "none"."""
    if value is None:
        return ""
    if math.isnan(value):
        return "none"
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    if abs(value) < 1:
        return f"{value:#.3g}"
    whole = len(str(int(abs(value))))
    return f"{value:.{max(0, 4 - whole)}f}"


def _table(scores, level):
    """Returns the scores as lines of columns."""
    heads = ["", "value", f"{level:.0%} interval", "real", "better", "what it is"]
    rows = []
    for score in scores:
        interval = "" if score.low is None else f"{readable(score.low)} ... {readable(score.high)}"
        value = f"{readable(score.value)} {score.unit * math.isfinite(score.value)}".rstrip()
        rows.append(
            [score.metric, value, interval, readable(score.real), score.better, score.meaning]
        )
    kept = [0, 1, *(i for i in range(2, len(heads)) if any(row[i] for row in rows))]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in kept]
    return "\n".join(
        "  ".join(row[i].ljust(width) for i, width in zip(kept, widths)).rstrip()
        for row in [heads, *rows]
    )


def _with_metrics(sentences):
    """Returns the sentences of a dict, each behind the names of its metrics."""
    return [f"{', '.join(metrics)}: {text}" for text, metrics in sentences.items()]


def _indented(lines):
    wrap = textwrap.TextWrapper(
        WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
    return "\n".join(wrap.fill(line) for line in lines)


def _line(score, level, versions):
    """Returns a score as a dict of what JSON holds; infinity and NaN become null."""
    line = dataclasses.asdict(score)
    low, high = line.pop("low"), line.pop("high")
    line["interval"] = None if low is None else [_finite(low), _finite(high)]
    line["level"] = None if low is None else level
    for name in ("value", "real"):
        line[name] = _finite(line[name])
    line["seconds"] = round(line["seconds"], 3)
    return {"name": line.pop("name"), **line, "versions": versions}


def _finite(value):
    return value if value is not None and math.isfinite(value) else None


def _versions():
    versions = {"python": platform.python_version()}
    for package in VERSIONS:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = None
    return versions
