"""Which hard cuts were found, and how many flashes were taken for one, by each way."""

from pathlib import Path

import numpy as np
import pytest
from moving import texture

from benchmarks.analysis import forgetting
from benchmarks.analysis.films import Known
from benchmarks.sets.parts import REPORTING

KNOWN = Known(Path("x"), [(20, 20), (90, 90)], [(50, 60)], [(30, 33), (70, 72)], [(70, 72)], 100)


def test_what_is_found_in_a_dissolve_is_neither_right_nor_false():
    counts = forgetting.counted(KNOWN, [0, 22, 31, 55, 70])
    assert counts == {"hit": 1, "false": 2, "flashes": 1, "of cuts": 2, "of flashes": 1}


def test_a_row():
    counts = forgetting.counted(KNOWN, [20, 70])
    made = forgetting.row(REPORTING, "x", 0.3, 4, [counts], 0.001, 100)
    assert (made["recall"], made["precision"], made["F1"]) == (0.5, 0.5, 0.5)
    assert made["us a frame"] == pytest.approx(10) and made["flashes taken"] == 1


def test_the_best_threshold_is_taken():
    def look(frames, threshold):
        return {0.1: [20, 31, 90], 0.2: [20, 90], 0.3: [90]}[threshold]

    made = forgetting.measured("x", "who", look, (0.1, 0.2, 0.3), 0, [(KNOWN, [])])
    assert made["threshold"] == 0.2 and made["F1"] == 1 and made["frames behind"] == 0


def test_ways():
    class Sure:
        def stream(self, thumbnails):
            for number, thumbnail in enumerate(thumbnails):
                assert thumbnail.shape == (27, 48, 3)
                yield np.array([number == 12, 0.0])

    film = [*texture(12, 64, (1.0, 0.0), 0)[0], *texture(12, 64, (1.0, 0.0), 1)[0]]
    flashed = [*film[:5], np.full_like(film[0], 255), *film[6:]]
    assert forgetting.by_score(film, 0.25) == [0, 12] and forgetting.by_score(film, 1.0) == [0]
    assert forgetting.by_scenes(4)(flashed, 0.25) == [0, 12]
    assert 5 in forgetting.by_scenes(0)(flashed, 0.25)
    assert forgetting.by_finder(Sure())(film, None) == [12]
