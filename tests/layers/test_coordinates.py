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


def test_waves_are_the_formula():
    """Place by place: `sin(f . q + phase) exp(-a |q|^2)` with `q = (1 + s) * p + o`."""
    side, channels, groups = 3, 8, 4
    layer = MovingWaves(side, channels, groups)
    layer(MOTION)
    found = np.asarray(layer(3 * MOTION))
    frequency, phase, fading = (
        np.asarray(each, "float64") for each in (layer.frequency, layer.phase, layer.fading)
    )
    own = np.asarray(layer.transform(3 * MOTION), "float64").reshape(2, groups - 1, 4)
    own = own * [1.0, 1.0, 0.25, 0.25]
    moved = np.zeros((2, groups, 4))
    moved[:, 0] = own[:, 0]  # The body,
    moved[:, 1:3] = own[:, :1] + 0.25 * own[:, 1:]  # its parts, and what stays.
    for n, y, x, c in np.ndindex(2, side, side, channels):
        o, s = np.split(moved[n, c // (channels // groups)], 2)
        q = (1 + s) * (2 * (np.array([y, x]) + 0.5) / side - 1) + o
        wave = np.sin(frequency[:, c] @ q + phase[c]) * np.exp(-np.exp(fading[c]) * (q @ q))
        assert abs(found[n, y, x, c] - wave) < 1e-4


def test_first_weights_are_drawn_from_what_is_said():
    layer = MovingWaves(4, 4000, groups=4)
    layer(MOTION)
    kernel, frequency, phase, fading = (
        np.asarray(each)
        for each in (layer.transform.kernel, layer.frequency, layer.phase, layer.fading)
    )
    assert abs(kernel.mean()) < 0.06 and 0.05 < kernel.std() < 0.15
    assert abs(frequency.mean()) < 0.15 and 2.85 < frequency.std() < 3.15
    for drawn, low, high in (
        (phase, -np.pi, np.pi),
        (fading[:3000], -1.0, 3.0),
        (fading[3000:], -4.0, 0.0),
    ):
        assert low <= drawn.min() < low + 0.02 and high - 0.02 < drawn.max() <= high
    assert {layer.compute_dtype, layer.transform.compute_dtype} == {"float32"}
    mixed = MovingWaves(4, 8, dtype="mixed_float16")
    assert (mixed.compute_dtype, mixed.groups) == ("float32", 4)
