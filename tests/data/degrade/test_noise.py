import numpy as np
import pytest

from tfvgan.data.degrade import gaussian_noise, poisson_noise

GREY = np.full((4, 64, 64, 3), 128, "uint8")


def draws():
    return np.random.default_rng(5)


@pytest.mark.parametrize("grain", [0.0, 0.7])
def test_noise_has_its_deviation_and_no_bias(grain):
    noise = gaussian_noise(GREY, draws(), 20.0, grain=grain).astype(float) - 128
    assert noise.std() == pytest.approx(20, rel=0.03) and abs(noise.mean()) < 0.5
    near = np.mean(noise[:, :, 1:] * noise[:, :, :-1]) / noise.var()
    assert near == pytest.approx(grain / (1 + grain**2), abs=0.03)
    frames = np.mean(noise[1:] * noise[:-1]) / noise.var()
    assert abs(frames) < 0.03, "every frame has noise of its own"


def test_grey_noise_is_equal_in_all_channels():
    for noisy in (gaussian_noise(GREY, draws(), 9.0, True), poisson_noise(GREY, draws(), 99, True)):
        assert np.ptp(noisy, axis=-1).max() == 0 and np.ptp(noisy) > 0


def test_photons_make_bright_places_noisier():
    for level in (40, 160):
        noisy = poisson_noise(np.full_like(GREY, level), draws(), 100.0).astype(float)
        assert noisy.std() == pytest.approx(255 * np.sqrt(level / 255 / 100), rel=0.05)
        assert noisy.mean() == pytest.approx(level, abs=1)


def test_equal_draws_give_equal_noise():
    again = [gaussian_noise(GREY, draws(), 5.0) for _ in range(2)]
    np.testing.assert_array_equal(*again)
