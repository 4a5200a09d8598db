"""What is seen of a film: flow in closed form, windows of a quarter of a second."""

import numpy as np
import pytest
from drifted import FPS, drift, seen, waves

from tfvgan.tasks.analysis.measures import GRID
from tfvgan.tasks.analysis.watched import ANOTHER, CELLS, WINDOW, Watcher, cells, flow


def test_cells_flow_as_the_picture_does_in_pixels_a_second():
    film = seen(drift(20, right=0.3, down=-0.2))
    for found, known in ((film.right, 0.3 * FPS), (film.down, -0.2 * FPS)):
        assert np.median(found) == pytest.approx(known, rel=0.2)
        assert (found[1:] * known > 0).mean() > 0.95
    assert film.told[1:].mean() > 0.8 and film.speed[1:].mean() > 3
    twice = seen(drift(20, right=0.6, down=-0.4))
    np.testing.assert_allclose(np.median(twice.speed[1:] / film.speed[1:]), 2, rtol=0.1)


def test_flow_solves_least_squares():
    """Of slopes far above the stiffness the answer is that of the equations."""
    slopes = np.random.default_rng(0).normal(size=(2, 50)) * 1000
    change = -(0.3 * slopes[0] + 0.7 * slopes[1])
    means = (
        (a * b).mean() for a, b in [(0, 0), (1, 1), (0, 1)] for a, b in [(slopes[a], slopes[b])]
    )
    found = flow(*means, (slopes[0] * change).mean(), (slopes[1] * change).mean())
    np.testing.assert_allclose(found, (0.3, 0.7), rtol=1e-3)


def test_what_flickers_is_no_flow():
    """All is brighter by two levels from one frame to the next: no slope says where it went."""
    film = seen([np.full(GRID, 100 + 2.0 * (n % 2), "float32") for n in range(21)])
    np.testing.assert_allclose(film.change[1], 4)
    assert not film.right.any() and not film.told.any()
    np.testing.assert_allclose(film.luma[:-1], 101, atol=0.3)


def test_windows_are_a_quarter_of_a_second():
    film = seen(drift(2 * FPS + 1))
    each = round(WINDOW * FPS)
    assert film.window.tolist() == [n // each for n in range(2 * FPS + 1)]
    assert film.luma.shape == (9, *CELLS) and film.luma.dtype == np.float16


def test_another_picture_at_once_does_not_move():
    film = seen([waves()] * 10 + [waves(extra=2 * ANOTHER)] * 10)
    assert not film.change.any() and np.ptp(film.luma) > ANOTHER
    film = seen([waves()] * 10 + [waves(extra=0.9 * ANOTHER)] * 10)
    assert film.change.any()


def test_frames_may_follow_what_was_watched():
    grids, watcher = drift(13, right=0.3), Watcher()
    for number, grid in enumerate(grids):
        watcher(grid, number / FPS)
        watcher.watched()
    for one, other in zip(watcher.watched(), seen(grids)):
        np.testing.assert_array_equal(one, other)
    assert Watcher().watched().luma.shape == (0, *CELLS)


def test_cells_are_means():
    grid = np.zeros(GRID, "float32")
    grid[4:8, 8:12] = 16
    grid[0, 0] = 16
    found = cells(grid)
    assert found[1, 2] == 16 and found[0, 0] == 1 and found.sum() == 17
    assert cells(np.stack([grid, grid])).shape == (2, *CELLS)
