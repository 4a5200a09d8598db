"""Drawn squares and circles are told apart, and so are their colours, sizes and ways."""

import numpy as np
import pytest

from benchmarks.generation import shape_scores

SIDE, FRAMES = 48, 5


def drawn(kind, color, way=(0, 3), radius=5, start=(20, 14)):
    """Returns a video of one shape on black, and where it is: `(t, h, w, 3)`, `(t, h, w)`."""
    y, x = np.mgrid[:SIDE, :SIDE]
    down, right = ((start[axis] + way[axis] * np.arange(FRAMES)) for axis in (0, 1))
    y, x = y - down[:, None, None], x - right[:, None, None]
    far = np.hypot(y, x) if kind == "circle" else np.maximum(abs(y), abs(x))
    mask = far <= radius + 0.3
    return mask[..., None] * np.array(color, np.uint8), mask


def of(*args, **kwargs):
    return shape_scores.of_video(*drawn(*args, **kwargs))


def kind_of(found):
    shares = shape_scores.shares("kind", np.array([found["kind"]]))
    return max(shares, key=shares.get)


@pytest.mark.parametrize("kind", ["square", "circle"])
@pytest.mark.parametrize("radius", [4, 5, 8])
def test_kinds_are_told_apart(kind, radius):
    assert kind_of(of(kind, (200, 0, 0), radius=radius)) == kind


def test_a_rounded_square_is_neither():
    video, mask = drawn("square", (200, 0, 0))
    for corner in ((15, 9), (15, 19), (25, 9), (25, 19)):
        for frame, step in enumerate(range(0, 3 * FRAMES, 3)):
            mask[frame][
                corner[0] - 1 : corner[0] + 2, corner[1] + step - 1 : corner[1] + step + 2
            ] = False
    assert kind_of(shape_scores.of_video(video, mask)) == "neither"


def test_way_colour_and_size_are_as_drawn():
    across = of("square", (0, 200, 0))
    np.testing.assert_allclose(across["step"], 3.0)
    assert across["horizontal"] == 1.0 and across["one shape"] == 1.0
    assert across["size"] == 11.0
    assert across["hue"] == pytest.approx(1 / 3)
    assert of("square", (0, 200, 0), way=(2, 0))["horizontal"] == 0.0
    assert np.isnan(of("square", (0, 200, 0), way=(0, 0))["horizontal"])


def test_two_shapes_and_specks_are_counted():
    video, mask = drawn("square", (200, 0, 0))
    mask[0, 2:5, 2:5] = True  # A second shape, of 9 pixels.
    mask[1, 2, 2:9] = True  # A speck of 7.
    mask[2] = False
    assert shape_scores.of_video(video, mask)["one shape"] == pytest.approx(3 / 5)


def test_nothing_is_its_own_bin():
    black = shape_scores.of_video(*drawn("square", (0, 0, 0), radius=-1))
    assert black["one shape"] == 0 and np.isnan(black["hue"]) and not len(black["step"])
    assert shape_scores.shares("hue", np.array([np.nan]))["nothing"] == 1.0


def test_collapse_to_one_kind_is_half_a_total_variation():
    real = {name: np.array([0.78, 1.0]) for name in shape_scores.BINS}
    collapsed = {name: np.array([1.0, 1.0]) for name in shape_scores.BINS}
    found = shape_scores.distances(collapsed, real)
    assert found["TV of kind"] == pytest.approx(0.5)
    assert shape_scores.distances(real, real) == dict.fromkeys(found, 0.0)


@pytest.mark.slow
def test_whole_videos_are_described():
    videos = np.stack([drawn("square", (200, 0, 0))[0], drawn("circle", (0, 0, 200))[0]])
    seen = shape_scores.describe(videos)
    summary = shape_scores.summary(seen)
    assert summary["squares"] == 0.5 and summary["neither"] == 0.0
    assert summary["ACD"] == pytest.approx(0.0, abs=1e-3) and summary["one shape"] == 1.0
    assert (summary["step"], summary["step +-"]) == (pytest.approx(3.0), pytest.approx(0.0))
