"""Tables of how far exports are from the Keras model, and of what they lose."""

import json
import os
from collections.abc import Mapping, Sequence

from tfvgan.export.parity import ALLOWED, Parity
from tfvgan.export.quality import ASSUMED
from tfvgan.whole import write_whole


def format_table(rows: Sequence[Parity]) -> str:
    """Returns the rows as a Markdown table; what was not timed has no time."""
    lines = [
        "| endpoint | target | max difference | mean difference | size | one example |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.endpoint} | {row.target} | {row.max_difference:.1e} | {row.mean_difference:.1e} "
        f"| {row.bytes / 1e6:.2f} MB | {_time(row)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _time(row):
    return "" if row.milliseconds is None else f"{row.milliseconds:.1f} ms"


def format_quality(rows: Sequence[Parity]) -> str:
    """Returns a Markdown table of what exports lose; "" where no row tells it."""
    told = [row for row in rows if row.agreement is not None and row.target != "keras"]
    if not told:
        return ""
    lines = ["| endpoint | target | agreement with the Keras model | lost |", "|---|---|---:|---:|"]
    for row in told:
        picture = row.unit == "dB"
        near = f"{row.agreement:.1f} dB" if picture else f"{row.unit} {row.agreement:.4f}"
        less = f"{row.lost:.2f} dB of {ASSUMED:g}" if picture else f"{row.lost:.2f} %"
        lines.append(f"| {row.endpoint} | {row.target} | {near} | {less} |")
    return "\n".join(lines)


def format_both(rows: Sequence[Parity], left_out: Sequence[str] = ()) -> str:
    """Returns what cards show: `format_table`, `format_quality` where there is one, and a line each
    for what was left out.

    Args:
        rows: of `parity_table`.
        left_out: sentences without a full stop, such as parity.json has under this name.
    """
    lines = "\n".join(f"Left out: {line}." for line in left_out)
    return "\n\n".join(filter(None, [format_table(rows), format_quality(rows), lines]))


def write_table(
    rows: Sequence[Parity],
    path: str | os.PathLike,
    allowed: Mapping[str, Mapping[str, float]] | None = None,
    left_out: Sequence[str] = (),
) -> str | os.PathLike:
    """Returns `path`, where the rows now are as JSON, with the scale and what is allowed.

    Args:
        rows: of `parity_table`.
        path: of the file.
        allowed: as of `check_parity`.
        left_out: as of `format_both`.
    """
    content = {
        "scale": "[-1, 1]",
        "allowed": {**ALLOWED, **(allowed or {})},
        "rows": [row._asdict() for row in rows],
        "left_out": list(left_out),
    }
    text = json.dumps(content, indent=2) + "\n"
    return write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
