import numpy as np

from tfvgan.layers import MovingWaves
from tfvgan.layers.coordinates import STRETCH

MOTION = np.random.default_rng(0).normal(size=(2, 4)).astype("float32")


def moved(offset, stretch, side=8):
    """Returns the waves when every moving group is shifted and stretched by so much."""
    layer = MovingWaves(side, 6, groups=2)
    layer(MOTION)
    layer.transform.kernel.assign(np.zeros((4, 4)))
    layer.frequency.assign(np.linspace(-1, 1, 12).reshape(2, 6))
    layer.phase.assign(np.zeros(6))
    layer.fading.assign(np.zeros(6))
    still = np.asarray(layer(MOTION))
    layer.transform.bias.assign([offset, 0.0, stretch / STRETCH, 0.0])
    return still, np.asarray(layer(MOTION))


def test_an_offset_of_a_pixel_shifts_the_moving_groups_by_a_pixel():
    still, shifted = moved(offset=2 / 8, stretch=0.0)
    np.testing.assert_allclose(shifted[:, :-1, :, :3], still[:, 1:, :, :3], atol=1e-5)
    assert np.abs(shifted[..., :3] - still[..., :3]).max() > 0.01
    np.testing.assert_array_equal(shifted[..., 3:], still[..., 3:])


def test_a_stretch_leaves_the_middle_where_it_is():
    still, stretched = moved(offset=0.0, stretch=1.0)
    middle = slice(3, 5)
    outer = np.asarray(stretched[:, middle, :, :3]).mean(1)
    np.testing.assert_allclose(outer, still[:, middle, :, :3].mean(1), atol=0.02)
    assert np.abs(stretched[..., :3] - still[..., :3]).max() > 0.01


def test_waves_are_waves_and_config_round_trip():
    layer = MovingWaves(4, 16, groups=4)
    y = np.asarray(layer(MOTION))
    assert y.shape == (2, 4, 4, 16) and np.abs(y).max() <= 1.0
    assert np.abs(y[0] - y[1]).max() > 0 and np.abs(y[0] - y[1])[..., 12:].max() == 0
    assert MovingWaves.from_config(layer.get_config()).get_config() == layer.get_config()
