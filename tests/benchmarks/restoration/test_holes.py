"""Holes are measured in themselves, also where a camera pans."""

import numpy as np
import pytest

from benchmarks.restoration import figures, holes, quality
from benchmarks.sets.squares import holed


def test_a_camera_that_pans_goes_from_one_side_to_the_other():
    columns = np.broadcast_to(np.arange(256, dtype="uint8")[:, None], (3, 256, 256, 3))
    made = holes.panned(columns)
    assert made.shape == (3, holes.WINDOW, holes.WINDOW, 3)
    assert made[:, 0, 0, 0].tolist() == [0, 32, 64]


def test_only_what_is_in_the_hole_counts():
    video = np.full((4, 96, 96, 3), 100, "uint8")
    degraded = holed(video, 32, 4)
    made = np.where(degraded.mask, 110, 0).astype("uint8")
    assert quality.in_hole(video, made, degraded.mask) == pytest.approx(28.13, abs=0.01)
    assert quality.in_hole(video, video, degraded.mask) > 80


@pytest.mark.parametrize("task", holes.HOLES)
def test_all_fill_the_hole_and_leave_the_rest(task):
    video = np.full((4, 96, 96, 3), 100, "uint8")
    degraded = holed(video, *(side // 2 for side in holes.HOLES[task]))
    for rival in holes.contenders(task).values():
        made = rival(degraded)
        np.testing.assert_array_equal(made[~degraded.mask[..., 0]], 100)
        assert np.abs(made.astype(int) - 100).max() <= 4  # Of 27 that the hole is off.


def test_filling_is_held_against_telea_hole_by_hole():
    scores = {
        ("stands", "pans"): {"OpenCV Telea": (20.0, 25.0), "filled, no network": (21.0, 23.0)},
        ("moves", "pans"): {"OpenCV Telea": (30.0, 31.0), "interpolation in time": (30.5, 34.0)},
    }
    rows = [
        {"hole": hole, "camera": camera, "rival": rival, "each": dict(zip("ab", each))}
        for (hole, camera), rivals in scores.items()
        for rival, each in {**rivals, "that, then the network": (40.0, 40.0)}.items()
    ]
    assert figures.ahead(rows) == {("stands", "pans"): [1.0, -2.0], ("moves", "pans"): [0.5, 3.0]}
