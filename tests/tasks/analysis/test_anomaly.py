"""The anomaly curve: what stands out of normal films, or of the film itself, and where."""

import numpy as np
import pytest
from drifted import FPS, drift, seen, waves

from tfvgan.tasks.analysis.anomaly import FLOORS, WEIGHTS, anomaly, normal_of, oddest
from tfvgan.tasks.analysis.measures import GRID
from tfvgan.tasks.analysis.watched import CELLS


@pytest.fixture(scope="module")
def normal():
    return normal_of([seen(drift(100, right=0.3)), seen(drift(60, right=0.3, begin=50))])


def test_the_same_drift_is_usual_and_others_are_not(normal):
    same = anomaly(seen(drift(60, right=0.3, begin=9)), normal)
    assert same.curve.shape == (60,) and same.curve.max() <= 1.05
    for film in (drift(40, right=-0.3), drift(40, right=0.6)):
        assert anomaly(seen(film), normal).curve.min() > 1.2


def test_measures_say_why(normal):
    names = list(FLOORS)
    assert list(normal.limits) == names == list(WEIGHTS)
    back = anomaly(seen(drift(30, right=-0.3)), normal)
    assert set(back.measures) == set(names) and back.measures["against"].min() > 1.2
    fast = anomaly(seen(drift(30, right=0.6)), normal)
    most = np.argmax([WEIGHTS[name] * fast.measures[name] ** 2 for name in names], axis=0)
    assert {names[number] for number in most} <= {"fast", "rush"}


def test_the_curve_is_made_of_the_measures(normal):
    found = anomaly(seen(drift(30, right=-0.1, down=0.2)), normal)
    squares = sum(WEIGHTS[name] * values**2 for name, values in found.measures.items())
    np.testing.assert_allclose(found.curve, np.sqrt(squares) / normal.limit, rtol=1e-5)


def test_a_film_that_stands_is_usual_everywhere():
    found = anomaly(seen([waves()] * 100))
    assert found.curve.shape == (100,) and found.curve.max() == 0


def test_what_comes_once_in_a_film_stands_out_where_it_is():
    """A spot goes over a picture that stands: from the left to the right, in rows 10 to 20."""
    film = [waves()] * 200
    for number in range(20):
        film[120 + number] = waves()
        film[120 + number][12:20, 2 * number : 2 * number + 8] += 60
    known = anomaly(seen(film), normal_of([seen(film[:100])]))
    assert known.curve[125:135].min() > 1.2
    found = anomaly(seen(film))
    assert found.curve[125:135].min() >= 1 > 0.5 > found.curve[: 120 - 2 * FPS].max()
    left, top, width, height = found.box[130] * (GRID[1], GRID[0], GRID[1], GRID[0])
    assert 8 <= top < top + height <= 24 and 12 <= left < left + width <= 44


def test_measures_are_averaged_over_a_second_before_and_behind():
    film = seen([waves()] * 200)
    film.change[20, 3, 4] = film.speed[20, 3, 4] = 100
    curve = anomaly(film).curve.reshape(-1, 5)[:, 0]
    assert (curve > 0).tolist() == [16 <= n <= 24 for n in range(40)]


@pytest.mark.parametrize("frames", [1, 2, 7])
def test_short_films_have_a_curve(frames):
    film = seen(drift(frames, right=0.3))
    assert np.isfinite(anomaly(film).curve).all() and len(anomaly(film).curve) == frames
    assert np.isfinite(anomaly(seen(drift(9)), normal_of([film])).curve).all()


def test_the_oddest_cells_have_a_box_around_them():
    cells = np.zeros((2, *CELLS), "float32")
    cells[0, 2, 5], cells[0, 3, 7], cells[0, 8, 0] = 4, 2, 1.9
    rows, columns = CELLS
    left, top, width, height = oddest(cells)[0]
    assert (left, width) == pytest.approx((5 / columns, 3 / columns))
    assert (top, height) == pytest.approx((2 / rows, 2 / rows))
    assert oddest(cells)[1].tolist() == [0, 0, 1, 1]
