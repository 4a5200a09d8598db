"""The table of results/restoration_beside.json in Markdown, for the page of figures."""

from benchmarks.writing import in_markdown, loaded, paragraph, source

HEADS = ("from", "what", "to", "CPU ms", "FFmpeg's lanczos: 1", "in one of Real-ESRGAN's")
BY = "ffmpeg lanczos x2"


def section():
    """Returns the parts of the page, a list of Markdown."""
    results = loaded("restoration_beside")
    worked = {(row["from"], row["what"]): row["CPU ms"] for row in results["rows"]}
    lines = []
    for row in results["rows"]:
        lanczos, peer = (worked.get((row["from"], name)) for name in (BY, results["peer"]))
        lines.append(
            (
                *(row[name] for name in ("from", "what", "to")),
                _short(row["CPU ms"]),
                _short(row["CPU ms"] / lanczos),
                _short(peer / row["CPU ms"]) if peer else "not measured",
            )
        )
    parts = [
        "### Speed beside others",
        paragraph(
            "A frame by FFmpeg's filters, by the package's networks, and by Real-ESRGAN's compact "
            "network, in turns: milliseconds of all cores together, how many times as many as "
            "FFmpeg's lanczos takes at this size, and how many such frames there are in the time "
            "of one of Real-ESRGAN's. FFmpeg's filters read 4:2:0, networks RGB. `fast` is "
            f"`--fast`. The load before was {results['machine']['load before']}:"
        ),
        in_markdown(HEADS, lines, 3),
    ]
    if results["off"]:
        most = max(row["levels off at most"] for row in results["off"])
        shares = [row["off %"] for row in results["off"]]
        parts.append(
            paragraph(
                f"On these frames `--fast` is {most} {'level' if most == 1 else 'levels'} of 255 "
                f"off at most, in {min(shares):.1f} to {max(shares):.1f} % of the levels."
            )
        )
    return [*parts, source("restoration/beside", "restoration_beside")]


def _short(number):
    """Returns a number as text, of two digits or more."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"
