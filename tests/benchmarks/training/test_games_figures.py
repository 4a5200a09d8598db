"""What the page says of the game itself: only what was measured, and short where it fell short."""

import pytest

from benchmarks.training import games_figures as figures

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}}


def text():
    return "\n".join(figures.section())


def dirac(penalty, found):
    row = {"loss": "hinge", "penalty": penalty, "found": found, "found, at once": "leaves"}
    numbers = {"largest real part": None, "radius before": 1.41, "radius after": 0.002}
    return {**row, **numbers, "turns": 7.9}


def correlation(training, alike, seed=None):
    row = {"training": training, "seed": seed, "pairs": 8, "rank correlation": alike}
    ends = {f"{what}, {when}": None for what in ("gap", "FVD") for when in ("first", "last")}
    return {**row, **ends}


def test_what_was_not_measured_is_not_there(written_results):
    assert figures.section() == [] and figures.aims() == []


@pytest.mark.parametrize(("found", "met"), [("converges", True), ("circles", False)])
def test_with_r1_all_are_to_converge(written_results, found, met):
    rows = dirac("none", "circles"), dirac("r1", "converges"), dirac("r1", found)
    written_results("dirac", *rows, steps=500, rate=0.1, weight=1.0, **KNOWN)
    (aim,) = figures.aims()
    assert aim.met == met and aim.result == f"{1 + met} of 2"
    assert "| hinge | none | circles | leaves | - | 0.002 | 7.9 |" in text()


def test_the_gap_is_held_against_what_was_aimed_at(written_results):
    rows = [correlation(*of) for of in (("as it is", -0.2, 0), ("all epochs", 0.71))]
    look = {f"seconds of {what}": n for what, n in (("a step", 0.1), ("a gap", 5), ("an FVD", 9))}
    look |= {"MB of the game": 4.0, "MB of the copy": 4.0}
    written_results(
        "duality_gap",
        *rows,
        correlation("ends of trainings", None),
        looks=[look],
        settings={"epochs": 8, "steps": 5, "videos": 9, "answers": 50, "clips judged": 64},
        trainings={"made": 1, "wanted": 4},
        **KNOWN,
    )
    assert [(aim.met, aim.result) for aim in figures.aims()] == [(True, "0.71"), (False, "-")]
    said = " ".join(text().split())
    assert "1 of 4 trainings, so these are partial results" in said
    assert "took 5.0 s, as long as 50 steps" in said and "| as it is | 0 | 8 | -0.20 |" in said


def test_losses_of_eight_gaussians_have_a_line(written_results):
    row = {"loss": "minimax", "penalty": "r1", "modes": 7.5, "fewest": 7, "good": 0.514}
    written_results(
        "gaussians",
        {**row, "worst": 0.4, "loss of D": 1.38},
        **{"steps": 9, "seeds": 2, "weights": {"slope": 0.1, "gradient": 1.0}},
        **KNOWN,
    )
    assert "| minimax | r1 | 7.5 | 7 | 51 % | 40 % | 1.380 |" in text()
    assert "1.386 is promised" in " ".join(text().split())


def test_values_and_gradients_have_a_line(written_results):
    row = {"apart": 4.0, "JS": 0.6, "promised": -0.18, "best logits": -0.181, "learnt": -0.19}
    written_results("promised", {**row, "JS moves": 0.00123}, steps=9, **KNOWN)
    row = {"loss": "hinge", "penalty": "none", "after 0": 0.5, "after 10": 1e-9}
    written_results("vanishing", row, seeds=3, weight=0.1, **KNOWN)
    assert "| 4 | 0.600 | -0.180 | -0.181 | -0.190 | 1.2e-03 |" in text()
    assert "| loss | penalty | after 0 | after 10 |" in text()
    assert "| hinge | none | 5.0e-01 | 1.0e-09 |" in text()


def test_changes_say_what_was_reached(written_results):
    row = {"change": "penalty none", "seeds": 3, "steps": 2000, "reached": 1, "seconds": None}
    written_results(
        "stabler",
        {**row, "FVD": 300.4, "best": 90.0, "worst": 500.0, "failures": 1},
        settings={"minutes": 1.0, "videos": 128, "limit": 100.0},
        trainings={"made": 3, "wanted": 3},
        floor=42.0,
        **KNOWN,
    )
    assert "| penalty none | 3 | 2000 | 1 of 3 | - | 300 | 90 - 500 | 1 |" in text()
    assert "partial" not in text() and "FVD 100 reached" in text()
