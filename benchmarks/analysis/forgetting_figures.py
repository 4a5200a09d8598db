"""The figures of what long videos are forgotten by, for the page: hard cuts, and flashes."""

from benchmarks.analysis.forgetting import NAME
from benchmarks.sets.parts import REPORTING
from benchmarks.writing import in_markdown, loaded, on_stacks, paragraph, source

OURS = "and no flash"


def section():
    """Returns the part of the section, in Markdown; nothing where nothing was measured."""
    if not on_stacks(NAME):
        return ""
    results = loaded(NAME)
    rows = [row for row in results["rows"] if row["part"] == REPORTING]
    first = rows[0]
    return "\n\n".join(
        (
            "### Where long videos are forgotten",
            paragraph(
                "What is done to long videos frame by frame forgets at a cut what was before. On "
                f"the same films, {first['of cuts']} hard cuts and {first['of flashes']} flashes "
                "or lightnings; what is found in a dissolve is not counted. Of each way the share "
                "of cuts found, the share of what it finds that is one, flashes that are taken "
                "for one, the frames that it must see behind, and what it adds to a frame that is "
                "decoded anyway, in microseconds of one processor. Thresholds are those with the "
                "best F1 on films of the other half, but for 0.3, which FFmpeg's manual advises:"
            ),
            in_markdown(
                ["who", "threshold", "F1", "recall", "precision", "flashes", "behind", "us"],
                [_line(row) for row in rows],
            ),
            source("analysis/forgetting", NAME),
        )
    )


def _line(row):
    threshold = "-" if row["threshold"] is None else f"{row['threshold']:g}"
    return [
        f"**{row['who']}**" if row["who"] == OURS else row["who"],
        threshold,
        *(f"{row[name]:.3f}" for name in ("F1", "recall", "precision")),
        f"{row['flashes taken']}",
        f"{row['frames behind']}",
        f"{row['us a frame']:.0f}",
    ]
