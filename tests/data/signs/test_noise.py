"""Noise that was added is measured as strong as it is; what has none shows none."""

import numpy as np
import pytest

from tfvgan.data.signs import grain_deviation, noise_deviation

SIDE = 128


def scene():
    """Returns a picture with flat places, slopes and edges, float `(SIDE, SIDE, 3)`."""
    y, x = np.mgrid[:SIDE, :SIDE]
    grey = 110 + 30 * np.sin(x / 31) + 25 * np.cos(y / 23) + 60 * ((x // 40 + y // 56) % 2)
    return np.stack([grey, 0.8 * grey, 0.9 * grey + 10], -1)


def noisy(deviation, seed=0):
    draws = np.random.default_rng(seed)
    return np.rint(scene() + draws.normal(0, deviation, scene().shape)).clip(0, 255).astype("uint8")


@pytest.mark.parametrize("deviation", [2, 5, 10, 25])
def test_added_noise_is_measured(deviation):
    assert noise_deviation(noisy(deviation)) == pytest.approx(deviation, rel=0.15)


def test_a_clean_picture_has_none():
    assert noise_deviation(noisy(0)) < 0.5
    assert noise_deviation(np.full((64, 64, 3), 90, "uint8")) == 0


def test_channels_count_alike_and_bars_do_not():
    picture = noisy(8)
    picture[..., 0] = np.rint(scene()[..., 0])
    assert noise_deviation(picture) == pytest.approx(8 * 2 / 3, rel=0.15)
    barred = noisy(8)
    barred[:48] = 0
    assert noise_deviation(barred) == pytest.approx(8, rel=0.15)
    assert noise_deviation(np.zeros((64, 64), "uint8")) == 0


def test_grain_is_what_changes_from_frame_to_frame():
    for deviation in (3, 10):
        pair = noisy(deviation), noisy(deviation, 1)
        assert grain_deviation(*pair) == pytest.approx(deviation, rel=0.15)
    assert grain_deviation(noisy(10), noisy(10)) == 0


def test_coarse_grain_is_seen_where_fine_noise_is_not():
    """Noise of 2x2 pixels has no diagonal coefficients on their grid, and changes all the same."""
    draws = np.random.default_rng(0)
    coarse = [
        draws.normal(0, 6, (SIDE // 2, SIDE // 2, 1)).repeat(2, 0).repeat(2, 1) for _ in range(2)
    ]
    frames = [np.rint(scene() + each).clip(0, 255) for each in coarse]
    assert noise_deviation(frames[0]) < 1
    assert grain_deviation(*frames) == pytest.approx(12, rel=0.15)  # Four pixels add up to twice.


def test_a_fade_is_no_grain():
    assert grain_deviation(scene(), scene() + 12) < 0.1
