import numpy as np
import pytest
from toy_extractors import Colours, videos

from tfvgan.metrics import distances
from tfvgan.metrics.precision_recall import ManifoldPrecision, ManifoldRecall, precision

LINE = np.arange(10.0)[:, None]  # Balls reach 3 at the ends, 2 from the third on.


@pytest.mark.parametrize(
    ("generated", "expected"),
    [
        ([[4.5]], 1.0),
        ([[-2.9], [-3.1]], 0.5),
        ([[12.0], [12.1], [50.0], [0.0]], 0.5),
        ([[1e6]], 0.0),
    ],
)
def test_balls_on_a_line(generated, expected):
    assert precision(LINE, np.array(generated)) == expected


def test_as_many_neighbours_as_asked_for():
    assert precision(LINE, np.array([[-1.5]]), neighbours=1) == 0
    assert precision(LINE, np.array([[-1.5]]), neighbours=2) == 1


def test_a_set_lies_in_its_own_manifold(monkeypatch):
    rows = np.random.default_rng(0).normal(1e3, 1, (30, 5))
    assert precision(rows, rows) == 1
    monkeypatch.setattr(distances, "ROWS", 7)
    assert precision(rows, rows) == 1


def test_copies_of_one_point_hold_a_copy_and_nothing_else():
    point = np.random.default_rng(0).normal(size=(1, 6))
    assert precision(np.repeat(point, 5, axis=0), point) == 1
    assert precision(np.repeat(point, 5, axis=0), point + 1e-3) == 0


def test_a_collapsed_generator_is_precise_and_recalls_nothing():
    real = np.random.default_rng(0).normal(size=(100, 2))
    collapsed = real[:1] + np.random.default_rng(1).normal(size=(100, 2)) * 1e-3
    assert precision(real, collapsed) == 1
    assert precision(collapsed, real) <= 0.02


def test_too_few_rows_are_said():
    with pytest.raises(ValueError, match=r"more than 3 rows .* but has 3 and 5"):
        precision(np.zeros((3, 2)), np.zeros((5, 2)))


def test_the_metrics_are_the_function_of_the_first_rows():
    real, generated = videos(12, seed=1), videos(12, seed=2)
    for kind, order in ((ManifoldPrecision, 1), (ManifoldRecall, -1)):
        metric = kind(Colours(), count=10)
        for start in range(0, 12, 4):
            metric.update_state(real[start : start + 4], generated[start : start + 4])
        expected = precision(*(Colours()(side[:10]) for side in (real, generated)[::order]))
        assert float(metric.result()) == pytest.approx(expected)
        assert metric.higher_is_better
        assert metric.get_config()["count"] == 10
