"""The figures of analysis, for the page: cuts and gradual transitions, and what is unusual."""

from benchmarks.analysis import anomaly_figures, forgetting_figures
from benchmarks.analysis.cuts import OURS
from benchmarks.analysis.films import NEAR
from benchmarks.sets.parts import REPORTING
from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    on_stacks,
    page,
    paragraph,
    source,
    videos_of,
)

LEAST, FAST = 0.93, 1500  # Of F1, and frames a CPU-second, that were aimed at.


def rows():
    """Returns the rows of the half that reports; none where nothing was measured."""
    if not on_stacks(OURS):
        return []
    return [row for row in loaded(OURS)["rows"] if row["part"] == REPORTING]


def aims():
    """Returns what was aimed at, and what was found: of cuts, then of what is unusual."""
    return [*_aims_of_cuts(), *anomaly_figures.aims()]


def section():
    """Returns the section of the page, in Markdown; nothing where nothing was measured."""
    sections = (_cuts(), forgetting_figures.section(), anomaly_figures.section())
    parts = list(filter(None, sections))
    return page("Analysis", *parts) if parts else ""


def _aims_of_cuts():
    ours = next((row for row in rows() if row["who"] == OURS), None)
    if ours is None:
        return []
    speed = ours["frames/CPU-s"]
    return [
        Aim(f"{OURS}: F1", f"{LEAST} at least", f"{ours['F1']:.3f}", ours["F1"] >= LEAST),
        Aim(f"{OURS}: frames a CPU-second", f"{FAST} at least", f"{speed:.0f}", speed >= FAST),
        Aim(
            f"{OURS}: flashes and lightning taken for transitions",
            "none",
            f"{ours['flashes taken']} of {ours['of flashes']}",
            ours["flashes taken"] == 0,
        ),
    ]


def _cuts():
    found = rows()
    if not found:
        return ""
    results, first = loaded(OURS), found[0]
    heads = ["who", "F1", "cuts", "gradual", "decoys", "flashes", "false", "frames/CPU-s"]
    parts = (
        paragraph(
            f"Films of {results['frames']} frames, {results['films']} of them, made of shots of "
            f"{videos_of(results)}: {first['of cuts']} cuts, {first['of gradual']} dissolves, "
            f"fades and wipes, and {first['of decoys']} decoys. Of these {first['of flashes']} are "
            "flashes or lightning, the others changes of light, whip pans, zooms and things that "
            f"pass. They are drawn as those that {OURS} learns from, of other videos; its rivals "
            f"learn from no example, which favours it. What is found within {NEAR} frames of a "
            "transition has found it. Thresholds of all are those with the best F1 on films of the "
            "other half. Of cuts and of what is gradual the share that was found; decoys that were "
            "taken for one, and how many of these are flashes or lightning; all that is false; and "
            "the frames that one processor does in a second, decoding among them:"
        ),
        in_markdown(heads, [_line(row) for row in found]),
        source("analysis/cuts", OURS),
        "### Aims",
        aims_table(_aims_of_cuts()),
    )
    return "\n\n".join(parts)


def _line(row):
    who = f"**{row['who']}**" if row["who"] == OURS else row["who"]
    shares = (f"{row[name]:.3f}" for name in ("F1", "cuts found", "gradual found"))
    return [
        who,
        *shares,
        f"{row['decoys taken']}",
        f"{row['flashes taken']}",
        f"{row['false']}",
        f"{row['frames/CPU-s']:.0f}",
    ]
