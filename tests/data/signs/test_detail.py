"""A picture that was enlarged or blurred is found to lack detail."""

import numpy as np
import pytest

from tfvgan.data.degrade import blur, gaussian_kernel, resize
from tfvgan.data.signs import detail_share


def pink(side=256, seed=0):
    """Returns a picture whose power falls with the square of the frequency, float in [0, 255]."""
    draws = np.random.default_rng(seed)
    y, x = np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)[None]
    far = np.hypot(y, x)
    far[0, 0] = 1
    # Of two dimensions: along a line it falls by one power less.
    picture = np.fft.ifft2(np.fft.fft2(draws.normal(size=(side, side))) / far**1.5).real
    return (128 + 35 * picture / picture.std()).clip(0, 255)


def enlarged(picture, times):
    side = len(picture)
    film = np.rint(picture)[None, ..., None].repeat(3, -1).astype("uint8")
    small = resize(film, (side // times,) * 2)
    return resize(small, (side, side))[0, ..., 0].astype("float32")


def test_a_sharp_picture_fills_its_pixels():
    assert detail_share(np.rint(pink())) > 0.9


@pytest.mark.parametrize("times, low, high", [(2, 0.4, 0.7), (4, 0.2, 0.45)])
def test_an_enlarged_picture_lacks_detail(times, low, high):
    assert low < detail_share(enlarged(pink(), times)) < high


def test_blur_takes_detail_away():
    film = np.rint(pink())[None, ..., None].repeat(3, -1).astype("uint8")
    shares = [
        detail_share(blur(film, gaussian_kernel(deviation))[0, ..., 0]) for deviation in (0.4, 1, 2)
    ]
    assert 0.95 > shares[0] > shares[1] > shares[2]


def test_noise_is_no_detail():
    soft = enlarged(pink(), 4)
    noisy = soft + np.random.default_rng(0).normal(0, 6, soft.shape)
    assert detail_share(noisy) > detail_share(noisy, 6) + 0.2
    assert detail_share(noisy, 6) < 0.6


def test_nothing_has_no_detail():
    assert detail_share(np.full((80, 80), 3.0)) == 0
    assert detail_share(pink().T) == pytest.approx(detail_share(pink()), abs=1e-5)
