"""The figures of serving, for the page: what a server bears, and what it and its client take."""

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

SOAK, CLIENT = "soak", "client"
GROWTH = 1.1  # Times the memory in the second tenth of the time that a process may hold at the end.
GOOD = "good"
COSTS = 1.15  # Times the processors' seconds of the same without a server.
FIRST = 1.5  # Times those of a later request that the first one may take.


def aims():
    """Returns what was aimed at; nothing where nothing was measured."""
    return [*_of_soak(), *_of_client()]


def _of_client():
    rows = loaded(CLIENT)["rows"] if on_stacks(CLIENT) else []
    told = [
        (f"a client at most {COSTS:g} times the processors' time without a server", "CPU", COSTS),
        (f"its first request at most {FIRST:g} times that of later ones", "first CPU", FIRST),
    ]
    return [
        Aim(
            f"`{row['verb']}` by {row['way']}",
            aim,
            f"{row[f'{what} ratio']:.2f} times",
            row[f"{what} ratio"] <= most,
        )
        for aim, what, most in told
        for row in rows
        if f"{what} ratio" in row
    ]


def _of_soak():
    if not on_stacks(SOAK):
        return []
    results = loaded(SOAK)
    good = [row for row in results["rows"] if row["requests"].startswith(GOOD)]
    others = [row for row in results["rows"] if row not in good]
    victim = results["victim"]
    kept = [row for row in results["memory"] if row["process"] != victim]
    grown = max(row["MB at last"] / row["MB at first"] for row in kept if row["MB at last"])
    anew = sum(count for name, count in results["restarts"].items() if name != victim)
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
            "no process is started anew but that of giant requests",
            f"{anew} times",
            not anew,
        ),
        Aim(
            of,
            f"memory of the others at the end at most {GROWTH:g} times that in the second tenth",
            f"{grown:.2f} times",
            grown <= GROWTH,
        ),
    ]


def section():
    """Returns the section of the page, in Markdown; "" where nothing was measured."""
    parts = [*_soak_told(), *_client_told()]
    return page("Serving", aims_table(aims()), *parts) if parts else ""


def _client_told():
    if not on_stacks(CLIENT):
        return []
    results = loaded(CLIENT)
    lines = [
        [
            f"`{row['verb']}`",
            row["model"],
            row["way"],
            *(f"{row[key]:.2f}" for key in ("local CPU s", "CPU s", "CPU ratio", "wall ratio")),
            *(
                f"{row[key]:.2f}" if key in row else ""
                for key in ("first CPU ratio", "first wall ratio")
            ),
            f"{row['load']:.0f}",
        ]
        for row in results["rows"]
    ]
    made = f", or {results['seeds']} generated videos" * (lines[-1][0] == "`generate`")
    heads = ["verb", "model", "way", "CPU without a server, s", "CPU with one, s"]
    heads += ["CPU, times", "wall, times", "first request, CPU", "wall", "load"]
    return [
        paragraph(
            f"A client beside the same work without a server: {results['frames']} frames of "
            f"{results['size']} from file to file{made}, on one "
            "machine with networks loaded. The processors' seconds are those of client and server. "
            f"Medians of {results['rounds']} rounds in turns. The first request is over the later "
            "ones. The load is the machine's, of this and of other work, for all its cores."
        ),
        in_markdown(heads, lines, 3),
        source("serving/client", CLIENT),
    ]


def _soak_told():
    if not on_stacks(SOAK):
        return []
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
        [row["process"]]
        + ["" if row[key] is None else f"{row[key]:.0f}" for key in list(row)[1:]]
        + [str(results["restarts"].get(row["process"], ""))]
        for row in results["memory"]
    ]
    return [
        paragraph(
            f"{results['minutes']:g} minutes of good, bad and hostile requests at once to `tfvgan "
            "serve`, from the same machine. Giant requests were to end the process of "
            f"{results['victim']} alone. Times are with all that waits in between."
        ),
        in_markdown(["requests", "count", "wrong", "p50, ms", "p99, ms"], lines),
        in_markdown(
            ["process", "MB in the second tenth", "MB in the last", "MB at most", "started anew"],
            memory,
        ),
        source("serving/soak", SOAK),
    ]


def _none(of, what, rows):
    wrong, count = sum(row["wrong"] for row in rows), sum(row["count"] for row in rows)
    return Aim(of, f"no {what}", f"{wrong} of {count}", not wrong)
