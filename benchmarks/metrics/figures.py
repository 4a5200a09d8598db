"""The figures of metrics, for the page: what FVD sees, and what it costs."""

from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    on_stacks,
    page,
    paragraph,
    source,
    tensorflow,
)

HEADS = [
    "set",
    "other half",
    "FVD (I3D)",
    "frames alone (AlexNet)",
    "tOF, px",
    "motion",
    "disorder",
]


def aims():
    """Returns what was aimed at, and what was found."""
    ratio = loaded("fvd_speed")["rows"][0]["ratio to the faster"]
    return [
        Aim(
            f"FVD of {name}",
            "real below spoilt motion, and that below noise",
            "in this order" if right else "in another order",
            right,
        )
        for name, right in loaded("what_fvd_sees")["order_is_right"].items()
    ] + [
        Aim(
            "I3D's features",
            "faster than PyTorch in either layout: a ratio below 1",
            f"{ratio:.2f}",
            ratio < 1,
        )
    ]


def section():
    """Returns the section of the page, in Markdown."""
    return page("Metrics", *_ordered(), *_cost(), aims_table(aims()))


def cells(row):
    """Returns the cells of a row of results/what_fvd_sees.json."""
    return [
        row["set"],
        row["other half"],
        f"{row['fvd']:.0f} ± {row['fvd +-']:.0f}",
        f"{row['ffd']:.2f}",
        "" if row["tOF"] is None else f"{row['tOF']:.2f}",
        f"{row['motion']:.1f}",
        f"{row['disorder']:.2f}",
    ]


def _ordered():
    rows = loaded("what_fvd_sees")["rows"]
    counts = {row["set"]: row["clips"].replace(", ", " and ") for row in rows}
    clips = "; ".join(f"{name}: {count} clips" for name, count in counts.items())
    real, still, shuffled, noise = (row["fvd"] for row in rows if row["set"] == "shapes")
    return [
        paragraph(
            "What FVD sees: one half of each of MoCoGAN's data sets against the other half, as "
            f"it is or spoilt ({clips}). ± is half of the 95 % interval. tOF is to the clip "
            "before it was spoilt."
        ),
        in_markdown(HEADS, map(cells, rows), 2),
        paragraph(
            f"FVD orders them rightly. But of the {noise - real:.0f} that lie between real "
            f"shapes and noise, standing still costs {still - real:.0f}, and frames in any "
            f"order {shuffled - real:.0f}. A small FVD alone does not say that the motion is "
            "right; a score of frames alone cannot see their order at all. motion is 0 for a "
            "still. disorder is 1.73 for frames in any order. Both are printed beside FVD, and "
            "tOF for pairs."
        ),
        source("metrics/what_fvd_sees", "what_fvd_sees"),
    ]


def _cost():
    results = loaded("fvd_speed")
    row, peaks = results["rows"][0], results["peak_mb"]
    peak = " and ".join(f"{mb:.0f} MB ({clips} a side)" for clips, mb in peaks.items())
    return [
        paragraph(
            f"{row['clips']} clips of 16 frames through I3D take {row['tfvgan s']:.0f} s. The "
            f"same network with the same weights in PyTorch takes {row['torch s']:.0f} s, or "
            f"{row['torch channels_last s']:.0f} s with channels last: a ratio of "
            f"{row['ratio to the faster']:.2f} to the faster. An FVD peaks at {peak}."
            + "".join(
                f" On TensorFlow {tensorflow(name)} tfvgan takes "
                f"{loaded(name)['rows'][0]['tfvgan s']:.0f} s."
                for name in on_stacks("fvd_speed")[1:]
            )
        ),
        *(source("metrics/fvd_speed", name) for name in on_stacks("fvd_speed")),
    ]
