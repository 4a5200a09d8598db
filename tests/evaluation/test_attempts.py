"""Attempts: what fails is left out, and the rest is measured."""

import pytest

from tfvgan.evaluation.attempts import Attempts


def fail(error):
    raise error


def test_who_fails_is_left_out_with_the_reason_and_not_tried_again():
    attempts = Attempts(["a", "b", "c"])
    assert attempts("a", lambda x: x + 1, 1) == 2
    assert attempts("b", fail, ValueError("Fetch it.")) is None
    assert attempts("b", lambda: pytest.fail("tried again")) is None
    assert attempts.missing == {"b": "Fetch it."} and attempts.left() == ["a", "c"]


def test_what_is_measured_together_fails_and_counts_together():
    attempts = Attempts(["a", "b", "c"])
    assert attempts(["a", "b"], sum, range(1000)) == 499500
    assert attempts.seconds["a"] == attempts.seconds["b"] > attempts.seconds["c"] == 0
    attempts(["a", "c"], fail, ValueError("No."))
    assert attempts.left() == ["b"]


def test_what_no_user_can_mend_is_raised():
    with pytest.raises(ZeroDivisionError):
        Attempts(["a"])("a", lambda: 1 / 0)
