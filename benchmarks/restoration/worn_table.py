"""The table of results/restoration_worn.json in Markdown, for the page of figures and a card."""

from benchmarks.writing import in_markdown, loaded, paragraph, source

NAME = "restoration_worn"
HEADS = ("who", "flicker", "LPIPS to the teacher", "LPIPS", "PSNR", "CPU seconds a frame")


def cells(row):
    """Returns the cells of a row of the results, a tuple of texts."""
    numbers = zip(HEADS[1:], (2, 3, 3, 2, 3), strict=True)
    return row["rival"], *(f"{row[head]:.{digits}f}" for head, digits in numbers)


def markdown(results):
    """Returns the table: means over the clips that report."""
    rows = [cells(row) for row in results["rows"] if row["video"] == "mean"]
    return in_markdown(HEADS, rows, 1)


def section():
    """Returns the parts of the page."""
    results = loaded(NAME)
    count = len(results["parts"]["reporting"])
    return [
        "### Footage without detail",
        paragraph(
            f"{count} videos that chose nothing, spoilt as those that `restore_old` learned from: "
            "soft, noisy, coarsely coded, most of them enlarged once; frames of 192x192, made "
            "twice as large as they were given. The teacher is Real-ESRGAN on halved frames, and "
            "steady ones are averaged along the motion. Flicker is the change along the motion, "
            "in levels of 255. CPU seconds are those of one thread:"
        ),
        markdown(results),
        source("restoration/worn", NAME),
    ]
