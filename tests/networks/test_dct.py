"""The basis of the discrete cosine transform."""

import numpy as np

from tfvgan.layers import fold_pixels
from tfvgan.networks.dct import dct_basis


def test_the_whole_basis_of_a_block_is_orthonormal():
    basis = dct_basis(48, 2)
    assert basis.shape == (48, 48) and basis.dtype == np.float32
    np.testing.assert_allclose(basis @ basis.T, np.eye(48), atol=1e-6)


def test_the_lowest_frequency_is_even_and_grey_and_the_next_run_across_and_down():
    first, second, third = dct_basis(3, 4)
    np.testing.assert_allclose(first, 1 / np.sqrt(3 * 256), atol=1e-6)
    ramp = np.broadcast_to(np.linspace(1, -1, 16), (16, 16))
    for function, picture in ((second, ramp), (third, ramp.T)):
        picture = np.repeat(picture[None, :, :, None], 3, -1).astype("float32")
        folded = np.asarray(fold_pixels(picture, 4))[0, 0, 0]
        assert folded @ function / np.linalg.norm(folded) > 0.98
