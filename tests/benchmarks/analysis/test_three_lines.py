"""The three cheap curves: flow in closed form, what stands out, and what is normal."""

import numpy as np
import pytest

from benchmarks.analysis.three_lines import (
    FLOORS,
    Watcher,
    block_flow,
    flow_distance,
    lines_of,
)
from tfvgan.tasks.analysis.measures import GRID

Y, X = np.mgrid[: GRID[0], : GRID[1]].astype("float32")


def scene(shift=0.0, extra=0.0):
    """Returns smooth waves, moved to the right by some pixels."""
    return (120 + 40 * np.sin((X - shift) / 3) + 40 * np.sin(Y / 4) + extra).astype("float32")


def seen(grids, fps=25):
    watcher = Watcher()
    for number, grid in enumerate(grids):
        watcher(grid, number / fps)
    return watcher.watched()


def test_blocks_flow_as_the_picture_does():
    right, down = block_flow(scene(), scene(0.4)).reshape(2, -1)
    np.testing.assert_allclose(right, 0.4, atol=0.08)
    np.testing.assert_allclose(down, 0, atol=0.08)
    assert not block_flow(scene(), scene()).any()


def test_a_film_that_stands_is_usual_everywhere():
    found = lines_of(seen([scene()] * 100))
    assert set(found) == {"three lines", *FLOORS}
    assert all(curve.shape == (100,) and curve.max() == 0 for curve in found.values())


def test_what_comes_once_stands_out():
    thing = np.zeros(GRID, "float32")
    thing[10:20, 20:30] = 60
    found = lines_of(seen([scene(extra=thing * (60 <= n < 64)) for n in range(150)]))
    curve = found["three lines"]
    assert curve[60:65].max() > 1.5 > curve[:60].max()
    np.testing.assert_array_equal(curve, np.max([found[name] for name in FLOORS], axis=0))


def test_a_normal_film_says_what_is_normal():
    """A film that moves as it does is usual; one that moves the other way is not."""
    forth, back = ([scene(way * 0.5 * n) for n in range(60)] for way in (1, -1))
    normal = seen(forth)
    same, other = (lines_of(seen(film), normal)["flow"].max() for film in (forth[5:], back))
    assert same <= 1.05 < 1.5 < other


def test_moments_too_near_in_time_are_not_compared():
    flow = np.array([[0.0], [1.0], [3.0]], "float32").repeat(64, 1)
    np.testing.assert_allclose(flow_distance(flow, flow), 0, atol=1e-3)
    far = flow_distance(flow, flow, np.arange(3), 1)
    assert far.tolist() == pytest.approx([1, 1, 2])
    assert not flow_distance(flow, flow, np.arange(3), 5).any()
