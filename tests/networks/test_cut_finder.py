"""The finder's network: two logits a frame, decided within its reach, the same backwards and on."""

import keras
import numpy as np

from tfvgan.networks import CutFinder
from tfvgan.networks.cut_finder import (
    OFFSETS,
    REACH,
    SEEN,
    STEPS,
    _alike,
    _apart,
    _around,
    _histogram,
    _onward,
    resemblance,
)

RNG = np.random.default_rng(0)


def network():
    made = CutFinder(8)
    made.build()
    return made


def film(frames=5, batch=2):
    return RNG.uniform(-1, 1, (batch, frames, 27, 48, 3)).astype("float32")


def test_two_logits_a_frame_of_any_number_of_frames():
    net = network()
    for count in (1, 5):
        made = np.asarray(net(film(count)))
        assert made.shape == (2, count, 2) and made.dtype == "float32" and np.isfinite(made).all()


def test_a_film_that_stands_is_alike_everywhere_and_apart_nowhere():
    """Cosines of three kinds, differences of two, directions of two, brightness and contrast."""
    still = np.repeat(film(1, 1), 4, axis=1)
    seen = np.asarray(resemblance(still))[0]
    assert seen.shape == (4, SEEN)
    each = 2 * len(STEPS)
    np.testing.assert_allclose(seen[:, : 3 * each], 1, atol=1e-3)
    np.testing.assert_allclose(seen[:, 3 * each : 6 * each], 0, atol=1e-6)
    small = still[0, 0].reshape(9, 3, 16, 3, 3).mean((1, 3))
    np.testing.assert_allclose(seen[:, -2:], [[small.mean(), small.std()]] * 4, atol=1e-5)


def test_it_is_small():
    made = CutFinder()
    made.build()
    assert made.count_params() < 100_000


def test_frames_beyond_its_reach_decide_nothing():
    net, video = network(), film(2 * REACH + 3, 1)
    first = np.asarray(net(video))[0]
    video[:, -1] = 1.0
    changed = np.flatnonzero(np.abs(np.asarray(net(video))[0] - first).max(-1) > 1e-6)
    assert changed.min() >= len(first) - 1 - REACH and changed.max() == len(first) - 1


def test_what_is_before_the_first_frame_is_that_frame():
    x = np.arange(4.0, dtype="float32").reshape(1, 4, 1)
    found = np.asarray(_around(x, lambda one, other: one[..., 0] + 10 * other[..., 0]))[0]
    assert found[:, OFFSETS.index(-2)].tolist() == [0, 10, 20, 31]
    assert found[:, OFFSETS.index(1)].tolist() == [10, 21, 32, 33]
    assert found[:, OFFSETS.index(32)].tolist() == [30, 31, 32, 33]
    assert found[:, OFFSETS.index(-32)].tolist() == [0, 10, 20, 30]


def test_frames_are_compared_with_those_before_and_behind():
    x = np.eye(3, dtype="float32")[[0, 0, 1]][None]
    alike = np.asarray(_alike(x))[0]
    assert alike.shape == (3, 2 * len(STEPS))
    assert alike[:, 0].tolist() == [1, 1, 0] and alike[:, len(STEPS)].tolist() == [1, 0, 1]
    np.testing.assert_allclose(np.asarray(_apart(x))[0, :, 0], [0, 0, 2 / 3], atol=1e-6)


def test_a_histogram_counts_colours():
    """Of four levels each, -1 is the first and 1 the last."""
    frames = np.full((1, 4, 4, 3), -1.0, "float32")
    frames[:, 2:] = 1.0
    found = np.asarray(_histogram(frames))[0]
    assert np.flatnonzero(found).tolist() == [0, 63] and found[0] == found[63] == 0.5


def test_it_is_the_same_when_it_was_saved(tmp_path):
    net, video = network(), film()
    net.save(tmp_path / "net.keras")
    again = keras.models.load_model(tmp_path / "net.keras")
    assert again.get_config()["width"] == 8
    np.testing.assert_array_equal(np.asarray(again(video)), np.asarray(net(video)))


def test_pictures_go_on_in_a_dissolve_and_back_behind_a_flash():
    rising = np.arange(70.0, dtype="float32")[None, :, None] * np.ones((1, 1, 4), "float32")
    found = np.asarray(_onward(rising))[0]
    assert found.shape == (70, len(STEPS))
    np.testing.assert_allclose(found[32:-32], 1, atol=1e-3)
    np.testing.assert_allclose(found[[0, -1]], 0, atol=1e-6)
    flash = np.zeros((1, 70, 4), "float32")
    flash[:, 35] = 1.0
    found = np.asarray(_onward(flash))[0]
    np.testing.assert_allclose(found[35], -1, atol=1e-3)
    np.testing.assert_allclose(np.delete(found, 35, axis=0), 0, atol=1e-6)
