"""What is usual: a drift, and none that goes back, or faster, or looks other."""

import numpy as np
import pytest
from drifted import drift, seen, waves

from tfvgan.tasks.analysis.usual import SAMPLES, unlike, usual_of
from tfvgan.tasks.analysis.watched import CELLS


@pytest.fixture(scope="module")
def usual():
    return usual_of(seen(drift(60, right=0.3)))


def told(grids, usual):
    """Returns the numbers of each measure in the middle of a film."""
    return {name: score.whole[4] for name, score in unlike(seen(grids), usual).items()}


def test_the_same_drift_is_usual(usual):
    found = told(drift(40, right=0.3, begin=7), usual)
    assert found["flow"] < 0.2 and found["fast"] < 0.2 and found["rush"] < 2
    assert found["against"] == 0 and found["look"] < 5


def test_a_drift_back_is_against(usual):
    found = told(drift(40, right=-0.3), usual)
    assert found["against"] > 0.6 and found["flow"] > 2 and found["fast"] < 0.2
    assert usual.way[0].min() > 0.5 and abs(usual.way[1]).max() < 0.2


def test_double_speed_is_fast_and_not_against(usual):
    found = told(drift(40, right=0.6), usual)
    assert found["fast"] > 3 and found["rush"] > 4 and found["against"] == 0


def test_what_stands_is_no_motion(usual):
    found = unlike(seen([waves(extra=20)] * 40), usual)
    assert not any(found[name].cells.any() for name in ("flow", "rush", "fast", "against"))


def test_other_light_is_another_look(usual):
    still = usual_of(seen([waves()] * 20))
    assert told([waves(extra=30)] * 40, still)["look"] == pytest.approx(30, abs=0.2)
    assert told([waves()] * 40, still)["look"] == 0


def test_where_things_go_both_ways_none_is_against():
    both = usual_of(seen(drift(40, right=0.3) + drift(40, right=-0.3)))
    assert told(drift(40, right=-0.3), both)["against"] < 0.15
    assert told(drift(40, right=-0.3), both)["flow"] < 0.2


def test_flow_beside_a_cell_is_usual_in_it():
    """Only the left half moves: the cells at its border know flow, those further right do not."""
    still = waves()

    def half(grids, columns):
        return [np.where(np.arange(64) < columns, grid, still) for grid in grids]

    usual = usual_of(seen(half(drift(40, right=0.3), 32)))
    found = unlike(seen(half(drift(40, right=0.3), 64)), usual)["flow"].cells[4]
    assert found[:, :7].max() < 0.3 < 1 < found[:, 10:].mean()


def test_samples_are_few(monkeypatch):
    usual = usual_of(seen(drift(60, right=0.3)))
    assert len(usual.flow) == CELLS[0] * CELLS[1] and len(usual.luma) == 12
    assert max(map(len, usual.flow)) <= SAMPLES + 1
    monkeypatch.setattr("tfvgan.tasks.analysis.usual.SAMPLES", 5)
    usual = usual_of(seen(drift(60, right=0.3)))
    assert max(map(len, usual.flow)) == 6 and len(usual.luma) == 5
