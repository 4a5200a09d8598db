"""The table of results/restore_auto.json in Markdown, and its aims, for the page of figures."""

from benchmarks.restoration.choosing import LOWER, WORSE
from benchmarks.writing import Aim, in_markdown, loaded, paragraph, source

OVER = 5  # Percent over the best single choice, aimed at.
HEADS = ("scale", "spoilt by", "LPIPS: no model", "auto", "best", "VMAF-NEG: no model", "auto",
         "best", "PSNR: no model", "auto", "the best single choice", "what auto took")  # fmt: skip


def cells(row):
    """Returns the cells of a row of the results, a tuple of texts."""
    whose = ("no model", "auto", "best")
    return (
        f"x{row['scale']}",
        row["way"],
        *(f"{row[f'LPIPS {who}']:.3f}" for who in whose),
        *(f"{row[f'VMAF-NEG {who}']:.1f}" for who in whose),
        *(f"{row[f'PSNR {who}']:.2f}" for who in whose[:2]),
        row["best"],
        row["took"],
    )


def aims():
    """Returns what was aimed at, and what was found, a list of `Aim`."""
    results = loaded("restore_auto")
    means, single = results["means"], results["cells"]
    more, less = means["most LPIPS over no model"], means["most VMAF-NEG under no model"]
    over = 100 * means["over the best"]
    return [
        Aim("auto: LPIPS over no model's, the worst row", f"{WORSE}", f"{more:+.4f}",
            more <= WORSE),
        Aim("auto: VMAF-NEG under no model's, the worst row", f"{LOWER}", f"{less:.2f}",
            less <= LOWER),
        Aim("auto: LPIPS over the best single choice's, mean of the rows", f"{OVER} %",
            f"{over:+.1f} %", over <= OVER),
        Aim("auto: clips and ways of spoiling whose LPIPS is worse than no model's", "none",
            f"{single['LPIPS worse']} of {single['count']}, by {single['most LPIPS']:.3f} at most",
            not single["LPIPS worse"]),
        Aim("auto: likewise VMAF-NEG", "none",
            f"{single['VMAF-NEG worse']} of {single['count']}, by "
            f"{single['most VMAF-NEG']:.1f} at most", not single["VMAF-NEG worse"]),
    ]  # fmt: skip


def section():
    """Returns the parts of the page, a list of Markdown."""
    results = loaded("restore_auto")
    kinds = [
        (
            row["clip"],
            f"x{row['scale']}",
            *(f"{row[f'LPIPS {who}']:.3f}" for who in ("no model", "auto")),
            *(f"{row[f'VMAF-NEG {who}']:.1f}" for who in ("no model", "auto")),
        )
        for row in results["kinds"]
    ]
    heads = ("clip", "scale", "LPIPS: no model", "auto", "VMAF-NEG: no model", "auto")
    return [
        "### What auto chooses",
        paragraph(
            "`--task auto` looks at a file and takes a model, or none. Thresholds were chosen on "
            f"{len(results['chose'])} clips ({', '.join(results['chose'])}); the table is of "
            f"{len(results['reported'])} others ({', '.join(results['reported'])}). No restorer "
            "was trained on either. The table of the section above chose which models are in the "
            "package, by real clips of both. At x1 no model is the file as it is, and at x2 "
            "bicubic enlargement. The best single choice has the least LPIPS of those that do "
            f"not harm: {WORSE} of LPIPS and {LOWER} of VMAF-NEG are allowed."
        ),
        in_markdown(HEADS, map(cells, results["rows"]), 2),
        "Means over the ways of spoiling, clip by clip:",
        in_markdown(heads, kinds, 2),
        source("restoration/auto", "restore_auto"),
    ]
