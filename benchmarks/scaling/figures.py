"""The figures of many machines, for the page, and the part of docs/scaling.md that they make."""

from pathlib import Path

from benchmarks.package import jobs
from benchmarks.scaling import paper, parts, simulate
from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    on_stacks,
    page,
    paragraph,
    source,
)

DOCS = Path(__file__).resolve().parents[2] / "docs" / "scaling.md"
BEGIN = "<!-- Made by `make figures`: edit benchmarks/scaling/figures.py. -->"
END = "<!-- End of what is made. -->"
HALF = 0.5


def aims():
    """Returns what was aimed at, and what was found."""
    if not on_stacks(parts.NAME):
        return []
    return [
        Aim(
            f"simulation of {row['of']}",
            f"within {parts.WITHIN:.0%} of what was measured".replace("%", " %"),
            f"{100 * row['off']:+.0f} %",
            abs(row["off"]) <= parts.WITHIN,
        )
        for row in loaded(parts.NAME)["rows"]
    ]


def section():
    """Returns the section of the page, in Markdown."""
    return page("Many machines, on paper", *_checked(), *tables())


def _checked():
    if not on_stacks(parts.NAME):
        return []
    results = loaded(parts.NAME)
    lines = [
        [row["of"], f"{row['measured ms']:.0f}", f"{row['simulated ms']:.0f}"]
        for row in results["rows"]
    ]
    before, after = results["machine"]["load before"], results["load_after"]
    return [
        paragraph(
            f"{results['claim']}. Milliseconds of a training step, or of all files. Nothing is "
            "fitted to what is checked here. Trainings are of `continuous`, clips of 16 frames of "
            f"64x64. The load was {before:.1f} before and {after:.1f} after."
        ),
        in_markdown(["of", "measured, ms", "simulated, ms"], lines),
        aims_table(aims()),
        source("scaling/parts", parts.NAME),
    ]


def tables():
    """Returns paragraphs and tables of what 1,000 hours take, which the page and docs/ share."""
    size = "x".join(map(str, paper.SIZE))
    texts = [
        paragraph(
            f"{paper.HOURS:,} hours of video at {paper.FPS} frames a second are "
            f"{paper.HOURS * 3600 * paper.FPS / 1e6:.0f} million frames. A machine is two CPU "
            f"cores; {paper.MACHINES} of them take films of an hour each as they become free. What "
            f"is prepared is 1280x720, in clips of {paper.FRAMES} frames; what is restored and "
            f"compressed (over AV1, quality {paper.QUALITY}) is {size}. Restoring counts the "
            f"network alone. The disk that all see takes {paper.DISK:.0f} MB a second, which "
            "nothing here measured."
        ),
        paper.table(paper.files()),
        paragraph(
            f"Whole commands, on films of {jobs.WIDTH}x{jobs.HEIGHT}: what they read and write "
            "counts, and so do their starts. Models are small beside that: an export has "
            f"{_either(paper.models())} MB, and each machine loads it once."
        ),
        paper.table(paper.commands()),
        paragraph(
            "How much longer films take than if each machine had the same hours of them. A share "
            "is drawn by the name of a film."
        ),
        paper.table(paper.dealt()),
    ]
    if on_stacks(parts.NAME):
        rows = paper.training()
        texts += [
            paragraph(
                f"Training on machines that are joined by {simulate.NETWORK / 1e9:.0f} Gbit/s. A "
                f"pass shows each clip of the {paper.HOURS:,} hours once. `gain` is over one "
                "machine; `sums` are of gradients, logs and agreements."
            ),
            paper.table(rows),
            paragraph(" ".join(saturation(rows))),
        ]
    return texts


def _either(sizes):
    """Returns the least and the most of some numbers."""
    return f"{min(sizes.values()):.0f} to {max(sizes.values()):.0f}"


def saturation(rows):
    """Returns sentences that say how many machines are worth having.

    Args:
        rows: of `paper.training`.
    """
    sentences = []
    for size, each in dict.fromkeys((row["pixels"], row["clips of each"]) for row in rows):
        of = [row for row in rows if (row["pixels"], row["clips of each"]) == (size, each)]
        good = [row["machines"] for row in of if row["gain"] >= HALF * row["machines"]]
        last = of[-1]
        sentences.append(
            f"At {size} pixels with {each} clips on each, up to {max(good)} machines gain at least "
            f"half of what they are; {last['machines']} gain {last['gain']:.0f} times, and sums "
            f"are {last['of it sums, %']:.0f} % of their step."
        )
    return sentences


def written(text):
    """Returns a page with what is between its two marks made anew.

    Args:
        text: of docs/scaling.md.
    """
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n\n".join([before + BEGIN, *tables(), END]) + after
