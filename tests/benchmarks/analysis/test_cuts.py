"""Which of what was found counts, and which thresholds are chosen."""

from pathlib import Path

from benchmarks.analysis import cuts
from benchmarks.analysis.films import Known

KNOWN = Known(Path("x"), [(20, 20), (90, 90)], [(50, 60)], [(30, 33), (70, 72)], [(70, 72)], 100)


def test_what_is_near_has_found_it_and_nothing_twice():
    counts = cuts.counted(KNOWN, [18, 22, 31, 62, 80])
    assert (counts["hit"], counts["false"], counts["missed"]) == (2, 3, 1)
    assert (counts["cuts"], counts["gradual"], counts["decoys"]) == (1, 1, 1)
    assert (counts["of cuts"], counts["of gradual"], counts["of decoys"]) == (2, 1, 2)
    assert (counts["flashes"], counts["of flashes"]) == (0, 1)
    assert cuts.counted(KNOWN, [17, 63])["hit"] == 0
    flashed = cuts.counted(KNOWN, [70, 73])
    assert (flashed["decoys"], flashed["flashes"], flashed["false"]) == (1, 1, 2)


def test_f1():
    perfect, none = cuts.counted(KNOWN, [20, 55, 90]), cuts.counted(KNOWN, [])
    assert cuts.f1([perfect]) == 1 and cuts.f1([none]) == 0
    assert cuts.f1([perfect, none]) == 2 * 3 / (2 * 3 + 3)


def test_the_best_thresholds_are_chosen_the_middle_of_equals():
    def look(threshold):
        return {1: [20], 2: [20, 55], 3: [20, 55], 4: [1, 2, 3]}[threshold]

    assert cuts.best([(1,), (2,), (3,), (4,)], [KNOWN], [look]) == (2,)
    assert cuts.best([(4,), (3,), (2,), (3,), (1,)], [KNOWN], [look]) == (2,)
    row = cuts.row("reporting", "x", (2,), [KNOWN], [look], 0.5)
    assert row["frames/CPU-s"] == 200 and row["cuts found"] == 0.5 and row["gradual found"] == 1
    assert (row["of flashes"], row["flashes taken"]) == (1, 0)
