import numpy as np
import pytest

from tfvgan.layers import GapCode, MotionPath, anchors_needed
from tfvgan.layers.motion import spline_weights

NOISE = np.random.default_rng(0).normal(size=(2, 12, 5)).astype("float32")


def at(path, noise, *times):
    """Returns the codes at these times of each of the sequences."""
    return np.asarray(path(noise, np.full((len(noise), len(times)), times, "float32")))


def test_the_weights_of_every_place_sum_to_one_and_are_smooth():
    places = np.linspace(0, 2, 401, dtype="float32")
    weights = np.asarray(spline_weights(places, 4))
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-6)
    assert weights.min() >= -1e-6
    assert np.abs(np.diff(weights, 2, axis=0)).max() < 1e-4  # A corner would be of order 1e-2.


def test_the_spline_of_a_line_is_the_line():
    places = np.linspace(0, 3, 31, dtype="float32")
    line = np.asarray(spline_weights(places, 5)) @ (np.arange(5) - 0.5)
    np.testing.assert_allclose(line, places, atol=1e-5)


@pytest.mark.parametrize(
    ("first", "last", "count"), [(0, 0, 5), (0, 15, 5), (0, 16, 6), (15, 16, 6), (40.5, 64, 7)]
)
def test_a_window_of_anchors_gives_what_the_whole_sequence_gives(first, last, count):
    path = MotionPath(6, waves=3, spacing=16)
    assert anchors_needed(first, last, 16) == count
    begin = int(first // 16)
    whole = at(path, NOISE, 0, first, last)[:, 1:]
    part = at(path, NOISE[:, begin : begin + count], first, last)
    np.testing.assert_allclose(part, whole, atol=1e-5)
    other = NOISE + np.isin(np.arange(12), range(begin, begin + count))[:, None] - 1.0
    np.testing.assert_allclose(at(path, other, 0, first, last)[:, 1:], whole, atol=1e-5)


def test_neighbouring_times_have_neighbouring_codes_across_an_anchor():
    path = MotionPath(6, waves=3, spacing=16)
    codes = at(path, NOISE, *np.arange(30, 34, 0.125))
    assert np.abs(np.diff(codes, 2, axis=1)).max() < 0.03


def test_the_code_of_gaps_knows_no_place_in_time():
    layer = GapCode(4)
    times = np.array([[0.0, 3.0, 4.0]], "float32")
    np.testing.assert_allclose(layer(times), layer(times + 8), atol=1e-6)
    assert np.abs(np.asarray(layer(times)) - np.asarray(layer(2 * times))).max() > 0


@pytest.mark.parametrize("layer", [MotionPath(6, 3, 8), GapCode(4)])
def test_config_round_trip(layer):
    assert type(layer).from_config(layer.get_config()).get_config() == layer.get_config()
    assert layer.compute_dtype == "float32"
