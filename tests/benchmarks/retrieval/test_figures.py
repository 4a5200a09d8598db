"""What the page says of retrieval: aims are of what was measured, and of nothing else."""

from pathlib import Path

import pytest

from benchmarks import writing
from benchmarks.retrieval import figures
from benchmarks.retrieval.edited import EXCERPT, NAMES

MACHINE = {"cpu": "x", "cores": 2, "load before": 0.5}
ROOT = Path(__file__).resolve().parents[3]
KNOWN = {"date": "2026-01-01", "machine": MACHINE, "seconds": 6.0, "among": 9}
PARTS = {"clips": ["a", "b", "c"], "parts": {"reporting": ["b"], "choosing": ["a", "c"]}}


def row(edit, who, first=0.5, found=0.25, error=None):
    return {"video": "mean", "edit": edit, "who": who, "R@1": first, "found": found, "error": error}


@pytest.fixture
def results(written_results):
    """A function that writes results into an empty folder of them."""

    def write(*rows, name=figures.OURS, **facts):
        written_results(name, *rows, **{**KNOWN, **PARTS, **facts})

    return write


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(("numbers", "met"), [((0.95, 0.8, 0.5), True), ((0.94, 0.79, 0.6), False)])
def test_aims_are_of_our_means_and_rivals_stand_beside_them(results, numbers, met):
    first, found, error = numbers
    ours = [row(kind, figures.OURS, first, found) for kind in (*NAMES, figures.ALL)]
    theirs = [row(kind, who, 0.125, 0.0) for who in "ZAQ" for kind in (*NAMES, figures.ALL)]
    chosen = row(figures.ALL, "A", 1.0, 1.0) | {"video": "mean, choosing"}
    results(*theirs, *ours, row(EXCERPT, figures.OURS, None, None, error), chosen)
    assert [aim.met for aim in figures.aims()] == [met] * 3
    text = figures.section().replace("\n", " ")
    assert f"| edit | {figures.OURS} | Z | A | Q |" in text  # In the order of the results.
    assert f"| all ten | {first:.3f}, {found:.3f} | 0.125, 0.000 | 0.125, 0.000 |" in text
    assert "1 of 3 videos that nothing was trained on, the half that chose nothing" in text


def test_actions_stand_in_a_table_of_their_own(results):
    rows = [{"who": "A", "R@1, mean": 0.5, "R@1, moments": 0.25, "each": [0.5]}]
    rows += [{"who": "B", "R@1, mean": 1.0, "R@1, moments": None, "each": [1.0]}]
    results(*rows, name=figures.actions.NAME, strips=72, people=9)
    text = figures.section()
    assert "| A | 0.500 | 0.250 |\n| B | 1.000 |  |" in text and "72 strips of 9" in text
    assert figures.aims() == []


@pytest.mark.parametrize("speed", [300.0, 299.0])
def test_indexing_is_aimed_at_by_the_processor(results, speed):
    numbers = {"seconds": 2.0, "CPU-s": 4.0, "frames/s": 75.0, "frames/CPU-s": speed}
    numbers |= {"video s/s": 5.0, "video s/CPU-s": 6.0}
    none = dict.fromkeys(numbers, None) | {"seconds": 1.0, "CPU-s": 1.5}
    rows = [{"who": figures.indexing.INSIDE, **numbers}, {"who": "unchanged", **none}]
    facts = {"videos": 3, "frames": 150, "rounds": 5, "bytes_a_second": 139.4}
    results(*rows, name=figures.indexing.NAME, **facts)
    text = figures.section().replace("\n", " ")
    assert f"| in a process | 2.0 | 4.0 | 75.0 | {speed:.1f} | 5.0 | 6.0 |" in text
    assert "| unchanged | 1.0 | 1.5 |  |  |  |  |" in text and "takes 139 bytes" in text
    assert [(aim.met, aim.result) for aim in figures.aims()] == [(speed == 300, f"{speed:.0f}")]


@pytest.mark.parametrize("spent", [3.7, 3.8])
def test_searching_is_aimed_at_by_the_step_that_is_asked(results, spent):
    def row(windows, what, who, spent, equal=None):
        head = {"vectors": figures.AMONG, "windows": windows, "what": what, "who": who}
        return head | {"ms": 50.0, "CPU ms": spent, "equal": equal}

    kinds = figures.searching
    rows = [
        row(windows, *rest)
        for windows, rest in (
            (1, (kinds.STEP, kinds.NUMPY, spent)),
            (1, (kinds.TOP, kinds.IVF, 0.5, 0.75)),
            (20, (kinds.STEP, kinds.NUMPY, 9.0)),
            (20, (kinds.TOP, kinds.IVF, 2.5, 1.0)),
        )
    ]
    results(*rows, name=kinds.NAME, reading={str(figures.AMONG): [2.0, 0.25]})
    text = figures.section()
    assert f"| 100,000 | 1 | {spent} | 0.5 (0.75) | 250 |" in text
    assert "| 100,000 | 20 | 9.0 | 2.5 (1.00) | 250 |" in text
    assert [aim.met for aim in figures.aims()] == [spent == 3.7]


def test_pages_quote_the_results():
    """Of actions, indexing and searching, as the docs and the card of the embedder round them."""
    names = "docs/retrieval.md", "docs/decisions.md", "saved_models/embed_videos/README.md"
    page, why, card = ((ROOT / name).read_text(encoding="utf-8") for name in names)
    kinds = figures.searching
    means = {row["who"]: row["R@1, mean"] for row in writing.loaded(figures.actions.NAME)["rows"]}
    ours, energy, i3d, alexnet, untrained = means.values()
    assert f"| {ours:.3f} | {energy:.3f} | {i3d:.3f} | {alexnet:.3f} | {untrained:.3f} |" in card
    assert f"four actions {ours:.0%} have".replace("%", " %") in page
    assert f"I3D has {i3d:.0%}, AlexNet {alexnet:.0%},".replace("%", " %") in page
    assert f"anything {untrained:.0%}.".replace("%", " %") in page and energy == 1
    speed = {row["who"]: row for row in writing.loaded(figures.indexing.NAME)["rows"]}
    inside = speed[figures.indexing.INSIDE]
    frames, seconds = inside["frames/CPU-s"], inside["video s/CPU-s"]
    assert f"reads {frames:.0f} frames in a second of one core" in page
    assert f"{seconds:.0f} seconds of video." in page
    start = speed[figures.indexing.UNCHANGED]["CPU-s"]
    assert f"Starting takes {start:.0f} seconds of one core" in page
    results = writing.loaded(kinds.NAME)
    million = [row for row in results["rows"] if row["vectors"] == 1_000_000]
    spent = {(row["what"], row["who"]): row for row in million if row["windows"] == 20}
    single = {(row["what"], row["who"]): row for row in million if row["windows"] == 1}
    step = spent[kinds.STEP, kinds.NUMPY]["CPU ms"]
    reading, cells = 1e3 * results["reading"]["1000000"][1], spent[kinds.TOP, kinds.IVF]
    assert f"in {step / 1e3:.2f} seconds of one core" in page
    assert f"which takes {reading / 1e3:.0f} seconds of it" in page
    other = spent[kinds.STEP, kinds.FLAT]["CPU ms"]
    assert f"take {other:.0f} ms of one core, where numpy takes {step:.0f} ms" in why
    one, by_numpy = (single[kinds.STEP, who]["CPU ms"] for who in (kinds.FLAT, kinds.NUMPY))
    assert f"takes {one:.0f} ms there, and {by_numpy:.0f} ms by numpy" in why
    assert f"takes {reading / step:.0f} times as long" in why
    assert f"is {step / cells['CPU ms']:.0f} times as fast" in why
    assert f"finds {cells['equal']:.0%} of".replace("%", " %") in why
