"""Textures and grounds: their ranges, that they vary, and which of them stand still."""

import numpy as np

from tfvgan.data.composites import textures


def draws(seed):
    return np.random.default_rng(seed)


def test_noise_is_about_as_strong_whatever_its_size():
    for cells in (2, 4, 16):
        made = [textures.noise(draws(seed), (32, 24), cells) for seed in range(12)]
        assert made[0].shape == (32, 24) and 0.5 < np.std(made) < 1.3


def test_textures_are_levels_that_differ():
    made = [textures.texture(draws(seed), 16) for seed in range(20)]
    for each in made:
        assert each.shape == (16, 16, 3) and each.dtype == np.float32
        assert each.min() >= 0 and each.max() <= 255 and each.std() > 0.5
    assert np.std([each.mean() for each in made]) > 20
    np.testing.assert_array_equal(made[3], textures.texture(draws(3), 16))


def test_who_is_dressed_wears_a_coat_from_where_it_begins():
    made = textures.dressed(draws(0), 64, (-0.5, 0.0, 0.5))
    rows = made.mean((1, 2))
    steps = np.abs(np.diff(rows))
    assert made.shape == (64, 64, 3) and set(np.argsort(steps)[-3:]) == {15, 31, 47}


def test_a_piece_is_of_the_picture_in_other_colours():
    flat = np.full((20, 30, 3), (100, 50, 10), "uint8")
    made = textures.piece(draws(0), flat, 8)
    assert made.shape == (8, 8, 3) and np.ptp(made, axis=(0, 1)).max() < 1e-3
    x = np.arange(30, dtype="uint8")[None, :, None] * np.ones((30, 1, 3), "uint8")
    ways = {np.ptp(textures.piece(draws(seed), x, 8), axis=0).max() < 1e-3 for seed in range(12)}
    assert ways == {True, False}, "turned or not"
    assert textures.piece(draws(0), flat[:4, :4], 8).shape == (8, 8, 3)


def test_grounds_stand_or_ripple():
    made = [textures.ground(draws(seed), 3, (16, 24)) for seed in range(10)]
    assert {each.shape for each in made} == {(3, 16, 24, 3)}
    still = [(each == each[:1]).all() for each in made]
    assert 0 < sum(still) < 10
    for each in made:
        assert each.dtype == np.uint8 and each.std() > 1
