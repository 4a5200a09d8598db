import itertools

import numpy as np
import pytest
from toy_extractors import Colours, videos

from tfvgan.metrics import kernel
from tfvgan.metrics.kernel import KVD, kernel_distance

RANDOM = np.random.default_rng(0)


def k(x, y):
    return (x @ y / len(x) + 1) ** 3


def test_it_is_the_unbiased_estimate_written_out(monkeypatch):
    x, y = RANDOM.normal(size=(5, 3)), RANDOM.normal(1, 1, (7, 3))
    within = sum(np.mean([k(a, b) for a, b in itertools.permutations(rows, 2)]) for rows in (x, y))
    expected = within - 2 * np.mean([k(a, b) for a in x for b in y])
    assert kernel_distance(x, y) == pytest.approx(expected, rel=1e-12)
    monkeypatch.setattr(kernel, "ROWS_AT_ONCE", 2)
    assert kernel_distance(x, y) == pytest.approx(expected, rel=1e-12)
    assert kernel_distance(y, x) == pytest.approx(expected, rel=1e-12)


def test_points_alike_have_a_closed_form():
    a, b = np.full((4, 2), 1.0), np.full((3, 2), -1.0)
    # k(a, a) = k(b, b) = 2^3, k(a, b) = 0.
    assert kernel_distance(a, b) == pytest.approx(16)
    assert kernel_distance(a, a) == pytest.approx(0)


def test_equal_distributions_are_at_zero_on_average():
    values = [kernel_distance(*RANDOM.normal(size=(2, 20, 4))) for _ in range(300)]
    assert abs(np.mean(values)) < 4 * np.std(values) / np.sqrt(300)
    assert min(values) < 0


def test_one_row_is_too_few():
    with pytest.raises(ValueError, match="needs 2 rows of features or more on each side"):
        kernel_distance(np.zeros((1, 2)), np.zeros((5, 2)))


def test_the_metric_is_the_function():
    real, generated = videos(9, seed=1), videos(6, seed=2, brightest=99)
    metric = KVD(Colours())
    metric.update_state(real[:4], generated)
    metric.update_real(real[4:])
    expected = kernel_distance(Colours()(real), Colours()(generated))
    assert float(metric.result()) == pytest.approx(expected, rel=1e-5)
    assert metric.name == "kvd_colours"
