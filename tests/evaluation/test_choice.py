"""Choosing metrics by name."""

import pytest

from tfvgan.evaluation.choice import MetricInfo, choose

KNOWN = {
    "a": MetricInfo("lower", ""),
    "b": MetricInfo("lower", "", usual=False),
    "c": MetricInfo("higher", ""),
}


def test_the_usual_ones_or_those_asked_for_in_the_order_of_the_table():
    assert choose(None, KNOWN) == ["a", "c"]
    assert choose(["c", "b"], KNOWN) == ["b", "c"]
    assert choose("b", KNOWN) == ["b"]


def test_others_are_an_error_that_names_all():
    with pytest.raises(ValueError, match="among a, b, c, but holds d, e"):
        choose(["a", "d", "e"], KNOWN)
    with pytest.raises(ValueError, match="but holds none"):
        choose([], KNOWN)


def test_how_others_are_measured_is_said():
    with pytest.raises(ValueError, match="but holds d, e: measure them so.$"):
        choose(["a", "d", "e"], KNOWN, ["d", "e", "f"], "measure them so")
    with pytest.raises(ValueError, match="but holds d, x.$"):
        choose(["d", "x"], KNOWN, ["d"], "measure them so")
