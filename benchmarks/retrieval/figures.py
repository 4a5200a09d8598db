"""The figures of retrieval, for the page: copies and actions that are found, and how fast."""

from benchmarks.retrieval import actions, indexing, searching
from benchmarks.retrieval.copies import ALL, NEAR, OURS, SEARCH
from benchmarks.retrieval.edited import EXCERPT, NAMES
from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    means,
    on_stacks,
    page,
    paragraph,
    source,
    videos_of,
)

LEAST = {"R@1": 0.95, "found": 0.8}  # Aimed at, over all ten edits.
FAST = 300  # Frames a second to index, that were aimed at,
QUICK = 3.7  # and CPU-ms to search `AMONG` vectors for a window.
AMONG = 100_000


def aims():
    """Returns what was aimed at, and what was found."""
    rows = {(row["edit"], row["who"]): row for row in means(OURS)}
    found = []
    for who in (OURS, SEARCH):
        if ours := rows.get((ALL, who)):
            for key, least in LEAST.items():
                met = round(ours[key], 6) >= least
                found.append(Aim(f"{who}: {key}", f"{least:.2f} at least", f"{ours[key]:.3f}", met))
    if where := rows.get((EXCERPT, OURS)):
        error = where["error"]
        what = f"{OURS}: two seconds located, mean error"
        found.append(Aim(what, f"{NEAR:g} s at most", f"{error:.2f} s", error <= NEAR))
    if inside := _measured(indexing.NAME, "who").get((indexing.INSIDE,)):
        speed = inside["frames/CPU-s"]
        what = f"{OURS}: frames indexed a CPU-second"
        found.append(Aim(what, f"{FAST} at least", f"{speed:.0f}", speed >= FAST))
    step = AMONG, 1, searching.STEP, searching.NUMPY
    if row := _measured(searching.NAME, "vectors", "windows", "what", "who").get(step):
        spent = row["CPU ms"]
        what = f"tfvgan search: CPU ms of a window among {AMONG:,} vectors"
        found.append(Aim(what, f"{QUICK} at most", f"{spent:.1f}", spent <= QUICK))
    return found


def section():
    """Returns the section of the page, in Markdown; nothing where nothing was measured."""
    parts = [*_copies(), *_actions(), *_indexing(), *_searching()]
    if not parts:
        return ""
    return page("Retrieval", *parts, "### Aims", aims_table(aims()))


def _measured(name, *keys):
    """Returns the rows of results by some of their columns; none where nothing was measured."""
    if not on_stacks(name):
        return {}
    return {tuple(row[key] for key in keys): row for row in loaded(name)["rows"]}


def _copies():
    rows = means(OURS)
    if not rows:
        return []
    results = loaded(OURS)
    ours = (SEARCH, OURS)
    names = sorted(dict.fromkeys(row["who"] for row in rows), key=lambda who: who not in ours)
    return [
        paragraph(
            f"Copies of {videos_of(results)}: {results['seconds']:g} seconds of each, edited ten "
            f"ways, looked for among {results['among']} videos. Edits are of the kinds that {OURS} "
            "learns from, which favours it, of other strengths and texts. All but "
            f"{SEARCH} are scored alike: of each moment of a copy the most alike moment of a video "
            f"counts. {SEARCH} scores the vectors of {OURS} along a line of time, and by whether "
            "both change together. R@1 is the share of "
            "copies whose best video is the right one; behind it, the share that scores above "
            "every false pair of all copies:"
        ),
        in_markdown(["edit", *names], [_line(kind, names, rows) for kind in (*NAMES, ALL)]),
        source("retrieval/copies", OURS),
    ]


def _line(kind, names, rows):
    found = {row["who"]: row for row in rows if row["edit"] == kind}
    cells = [f"{found[who]['R@1']:.3f}, {found[who]['found']:.3f}" for who in names]
    return [kind, *cells]


def _actions():
    rows = _measured(actions.NAME, "who").values()
    if not rows:
        return []
    results = loaded(actions.NAME)
    lines = [
        [row["who"], f"{row['R@1, mean']:.3f}", _number(row["R@1, moments"], ".3f")] for row in rows
    ]
    return [
        "### Actions of other people",
        paragraph(
            f"MoCoGAN's {results['strips']} strips of {results['people']} people in four actions, "
            "which none of these was trained on. For each strip the nearest strip of other people "
            "is looked for. R@1 is the share whose nearest shows the same action; by chance it is "
            "0.250. `mean` compares means over time; `moments` takes of each moment the most alike "
            f"moment of the other. `{actions.UNTRAINED}` is our network with random weights, the "
            f"mean of {len(actions.SEEDS)} seeds. A motion-energy image, the mean of the absolute "
            "differences of frames, needs no network:"
        ),
        in_markdown(["who", "R@1, mean", "R@1, moments"], lines),
        source("retrieval/actions", actions.NAME),
    ]


def _indexing():
    rows = _measured(indexing.NAME, "who").values()
    if not rows:
        return []
    results, heads = loaded(indexing.NAME), ["seconds", "CPU-s", "frames/s", "frames/CPU-s"]
    heads += ["video s/s", "video s/CPU-s"]
    lines = [[row["who"], *(_number(row[head], ".1f") for head in heads)] for row in rows]
    return [
        "### Speed of indexing",
        paragraph(
            f"`tfvgan index` of {results['videos']} videos, {results['frames']} frames in "
            f"{results['seconds']:.0f} seconds: medians of {results['rounds']} rounds. "
            f"`{indexing.COMMAND}` is all of it, `{indexing.UNCHANGED}` the same command again, "
            f"which reads no video, and `{indexing.INSIDE}` is without a start. The load was "
            f"{results['machine']['load before']} before: where it is not near 0, the clock says "
            "how busy the machine was. One free core does at least the work of a CPU-second in a "
            "second. A second of video takes "
            f"{results['bytes_a_second']:.0f} bytes of the library:"
        ),
        in_markdown(["who", *heads], lines),
        source("retrieval/indexing", indexing.NAME),
    ]


def _searching():
    rows = _measured(searching.NAME, "vectors", "windows", "what", "who")
    if not rows:
        return []
    results, kinds = loaded(searching.NAME), list(dict.fromkeys(key[2:] for key in rows))
    heads = ["vectors", "windows", *(f"{what}: {who}" for what, who in kinds), "reading"]
    lines = []
    for vectors, windows in dict.fromkeys(key[:2] for key in rows):
        cells = [_spent(rows[vectors, windows, *kind]) for kind in kinds]
        read = 1e3 * results["reading"][str(vectors)][1]
        lines.append([f"{vectors:,}", str(windows), *cells, f"{read:.0f}"])
    return [
        "### Speed of searching",
        paragraph(
            "What a search of made-up libraries costs, in CPU-ms of one thread. `tfvgan search` "
            "asks for the most alike vector in each video, of each window of the query. numpy does "
            "it as `tfvgan.library.find` does, from whole numbers; faiss, which has no such step, "
            "is asked for one video after the other, from floats. The nearest 16 vectors of all "
            "are another question, for which faiss is made; behind IVF's is the share of them that "
            "it finds. `reading` is what the files of the library cost before. The load was "
            f"{results['machine']['load before']}; the clock's times are in the results:"
        ),
        in_markdown(heads, lines),
        source("retrieval/searching", searching.NAME),
    ]


def _spent(row):
    share = f" ({row['equal']:.2f})" if row["who"] == searching.IVF else ""
    return f"{row['CPU ms']:.1f}{share}"


def _number(value, form):
    return "" if value is None else format(value, form)
