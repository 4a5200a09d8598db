"""The figures of serving, for the page: what a server bears, and what it takes."""

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

SOAK = "soak"
GROWTH = 1.1  # Times the memory in the second tenth of the time that a process may hold at the end.
GOOD = "good"


def aims():
    """Returns what was aimed at; nothing where nothing was measured."""
    if not on_stacks(SOAK):
        return []
    results = loaded(SOAK)
    good = [row for row in results["rows"] if row["requests"].startswith(GOOD)]
    others = [row for row in results["rows"] if row not in good]
    grown = max(row["MB at last"] / row["MB at first"] for row in results["memory"])
    of = f"{results['minutes']:g} minutes of requests of all kinds"
    return [
        _none(of, "good requests that are answered wrongly or not", good),
        _none(of, "bad and hostile ones that are not answered as they must be", others),
        Aim(
            of,
            "the server answers at the end",
            "it does" if results["alive"] else "it does not",
            results["alive"],
        ),
        Aim(
            of,
            f"memory of a process at the end at most {GROWTH:g} times that in its second tenth",
            f"{grown:.2f} times",
            grown <= GROWTH,
        ),
    ]


def section():
    """Returns the section of the page, in Markdown; "" where nothing was measured."""
    if not on_stacks(SOAK):
        return ""
    results = loaded(SOAK)
    lines = [
        [
            row["requests"],
            str(row["count"]),
            str(row["wrong"]),
            *("" if row[key] is None else f"{row[key]:.0f}" for key in ("p50 ms", "p99 ms")),
        ]
        for row in results["rows"]
    ]
    memory = [
        [row["process"], *(f"{row[key]:.0f}" for key in list(row)[1:])] for row in results["memory"]
    ]
    restarts = sum(results["restarts"].values())
    return page(
        "Serving",
        paragraph(
            f"{results['minutes']:g} minutes of good, bad and hostile requests at once to `tfvgan "
            "serve`, from the same machine. Giant requests were to end a model's process, which "
            f"was started anew {restarts} times. Times are with all that waits in between."
        ),
        aims_table(aims()),
        in_markdown(["requests", "count", "wrong", "p50, ms", "p99, ms"], lines),
        in_markdown(["process", "MB in the second tenth", "MB in the last", "MB at most"], memory),
        source("serving/soak", SOAK),
    )


def _none(of, what, rows):
    wrong, count = sum(row["wrong"] for row in rows), sum(row["count"] for row in rows)
    return Aim(of, f"no {what}", f"{wrong} of {count}", not wrong)
