import pytest

from tfvgan.losses import weights_of


def test_what_is_not_named_weighs_one():
    assert weights_of(("a", "b")) == {"adversarial": 1.0, "a": 1.0, "b": 1.0}
    assert weights_of(("a",), {"adversarial": 0.0}) == {"adversarial": 0.0, "a": 1.0}


def test_another_name_is_an_error():
    with pytest.raises(ValueError, match="may name adversarial, a in this task, but names b, c"):
        weights_of(("a",), {"c": 1.0, "b": 2.0, "a": 3.0})


def test_something_is_left_to_minimise():
    with pytest.raises(ValueError, match="leave something to minimise, but adversarial weighs 0"):
        weights_of((), {"adversarial": 0.0})
