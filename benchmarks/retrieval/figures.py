"""The figures of retrieval, for the page: copies that are found, and seconds that are located."""

from benchmarks.retrieval.copies import ALL, NEAR, OURS
from benchmarks.retrieval.edited import EXCERPT, NAMES
from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    means,
    page,
    paragraph,
    source,
    videos_of,
)

LEAST = {"R@1": 0.95, "found": 0.8}  # Aimed at, over all ten edits.


def aims():
    """Returns what was aimed at, and what was found."""
    rows = {(row["edit"], row["who"]): row for row in means(OURS)}
    found = []
    if ours := rows.get((ALL, OURS)):
        for key, least in LEAST.items():
            aim = f"{least:.2f} at least"
            found.append(Aim(f"{OURS}: {key}", aim, f"{ours[key]:.3f}", ours[key] >= least))
    if where := rows.get((EXCERPT, OURS)):
        error = where["error"]
        what = f"{OURS}: two seconds located, mean error"
        found.append(Aim(what, f"{NEAR:g} s at most", f"{error:.2f} s", error <= NEAR))
    return found


def section():
    """Returns the section of the page, in Markdown; nothing where nothing was measured."""
    rows = means(OURS)
    if not rows:
        return ""
    results = loaded(OURS)
    names = sorted(dict.fromkeys(row["who"] for row in rows), key=lambda who: who != OURS)
    return page(
        "Retrieval",
        paragraph(
            f"Copies of {videos_of(results)}: {results['seconds']:g} seconds of each, edited ten "
            f"ways, looked for among {results['among']} videos. Edits are of the kinds that {OURS} "
            "learns from, which favours it, of other strengths and texts. All are scored alike: of "
            "each moment of a copy the most alike moment of a video counts. R@1 is the share of "
            "copies whose best video is the right one; behind it, the share that scores above "
            "every false pair of all copies:"
        ),
        in_markdown(["edit", *names], [_line(kind, names, rows) for kind in (*NAMES, ALL)]),
        "### Aims",
        aims_table(aims()),
        source("retrieval/copies", OURS),
    )


def _line(kind, names, rows):
    found = {row["who"]: row for row in rows if row["edit"] == kind}
    cells = [f"{found[who]['R@1']:.3f}, {found[who]['found']:.3f}" for who in names]
    return [kind, *cells]
