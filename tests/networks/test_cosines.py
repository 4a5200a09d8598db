"""Waves that pictures are made of."""

import numpy as np

from tfvgan.layers import fold_pixels
from tfvgan.networks.cosines import cosines


def test_all_waves_of_a_square_are_orthonormal():
    waves = cosines(48, 2)
    assert waves.shape == (48, 48) and waves.dtype == np.float32
    np.testing.assert_allclose(waves @ waves.T, np.eye(48), atol=1e-6)


def test_the_coarsest_wave_is_even_and_grey_and_the_next_run_across_and_down():
    first, second, third = cosines(3, 4)
    np.testing.assert_allclose(first, 1 / np.sqrt(3 * 256), atol=1e-6)
    ramp = np.broadcast_to(np.linspace(1, -1, 16), (16, 16))
    for wave, picture in ((second, ramp), (third, ramp.T)):
        picture = np.repeat(picture[None, :, :, None], 3, -1).astype("float32")
        folded = np.asarray(fold_pixels(picture, 4))[0, 0, 0]
        assert folded @ wave / np.linalg.norm(folded) > 0.98
