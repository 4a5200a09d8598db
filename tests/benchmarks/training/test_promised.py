"""What minimax promises, in closed form."""

import numpy as np
import pytest

from benchmarks.training import promised


def test_the_divergence_is_zero_of_alike_and_log_2_far_apart():
    assert promised.divergence(0.0) == pytest.approx(0, abs=1e-9)
    assert promised.divergence(20.0) == pytest.approx(np.log(2), abs=1e-6)
    # For small distances JS is that of the Fisher information: place^2 / 8.
    assert promised.divergence(0.1) == pytest.approx(0.1**2 / 8, rel=0.01)


@pytest.mark.parametrize("place", [0.0, 1.0, 4.0])
def test_of_the_best_logits_the_value_is_what_is_promised(place):
    value = promised.value(lambda points: promised.best_logits(points, place), place)
    assert value == pytest.approx(2 * promised.divergence(place) - 2 * np.log(2), abs=0.01)


def test_whoever_learnt_finds_less_than_the_best():
    row = promised.row(1.0, 300)
    assert -2 * np.log(2) < row["learnt"] < row["promised"] + 0.01
    assert row["JS moves"] == pytest.approx(
        (promised.divergence(1.01) - promised.divergence(0.99)) / 0.02, rel=0.01
    )
    assert abs(promised.row(8.0, 1)["JS moves"]) < 1e-3 < row["JS moves"]
