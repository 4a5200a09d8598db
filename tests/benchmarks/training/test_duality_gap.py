"""How alike two curves order a training; what is measured are the callbacks' own numbers."""

import pytest
import toy_extractors

from benchmarks.training import duality_gap


def test_rank_correlations():
    assert duality_gap.spearman([1, 2, 3, 9], [5, 6, 7, 100]) == pytest.approx(1)
    assert duality_gap.spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert duality_gap.spearman([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(0.6)
    assert duality_gap.spearman([1, 2, float("nan"), 3], [1, 2, 0, 3]) == pytest.approx(1)
    assert duality_gap.spearman([1, 2], [1, 2]) is None
    assert duality_gap.spearman([1, 2, 3], [4, 4, 4]) is None


def rows(kind, seed, *pairs):
    return [{"kind": kind, "seed": seed, "duality_gap": gap, "fvd": fvd} for gap, fvd in pairs]


def test_each_training_and_all_of_them_have_a_row():
    looks = rows("a", 0, (1, 10), (2, 20), (3, 30)) + rows("b", 0, (9, 1), (8, 2), (7, 3))
    found = duality_gap.correlations(looks + rows("a", 1, (4, 4), (5, 5), (6, 6)))
    named = {(row["training"], row["seed"]): row for row in found}
    assert [row["rank correlation"] for row in found[:3]] == pytest.approx([1, -1, 1])
    assert named["all epochs", None]["pairs"] == 9
    ends = named["ends of trainings", None]
    assert ends["pairs"] == 3 and ends["rank correlation"] == pytest.approx(-1)
    assert named["b", 0]["gap, first"] == 9 and named["b", 0]["FVD, last"] == 3


def test_gaps_below_nought_are_left_out_of_one_row():
    found = duality_gap.correlations(rows("a", 0, (1, 1), (2, 2), (3, 3), (-1, 9)))
    named = {row["training"]: row for row in found}
    left = named["epochs whose gap is not below 0"]
    assert left["pairs"] == 3 and left["rank correlation"] == pytest.approx(1)
    assert named["all epochs"]["rank correlation"] < 1


@pytest.mark.slow
def test_a_training_logs_both(tmp_path):
    arguments = ("eight clips", 0, 2, 2, 4, toy_extractors.Colours(), tmp_path)
    first, second = duality_gap.train(*arguments)
    assert (first["steps"], second["steps"]) == (2, 4) and first["duality_gap"] > 0
    assert first["MB of the copy"] == pytest.approx(first["MB of the game"], rel=0.01)
    assert list(tmp_path.rglob("events*"))
