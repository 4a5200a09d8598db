import numpy as np
import pytest

from tfvgan.data.degrade import covered, moving_mask, scratches


def test_a_hole_is_of_its_size_stands_or_moves_and_stays_inside():
    for seed in range(20):
        draws = np.random.default_rng(seed)
        mask = moving_mask(draws, 12, (40, 60), 12, speed=3.0 * (seed % 2))
        assert mask.shape == (12, 40, 60, 1) and set(np.unique(mask)) == {0.0, 1.0}
        area = mask.sum((1, 2, 3))
        assert area.min() > 0.4 * 12**2 * 0.78 and area.max() < 1.8 * 12**2
        moved = np.abs(np.diff(mask, axis=0)).max()
        assert moved == seed % 2


def test_scratches_are_upright_and_thin():
    mask = scratches(np.random.default_rng(1), 5, (50, 80), count=2, dust=0)
    assert mask.shape == (5, 50, 80, 1) and 0 < mask.max() <= 1 and mask.min() == 0
    assert ((mask[..., 0] > 0).any(1).sum(-1) <= 8).all()


def test_what_is_covered_has_the_colour_and_the_rest_is_as_it_was():
    video = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 3)).astype("uint8")
    mask = np.zeros((3, 8, 8, 1), "float32")
    mask[:, 2:4] = 1.0
    found = covered(video, mask, (1, 2, 3))
    assert (found[:, 2:4] == (1, 2, 3)).all()
    np.testing.assert_array_equal(found[:, 4:], video[:, 4:])
    assert covered(video, 0.5 * mask, 0)[0, 2, 0, 0] == pytest.approx(
        video[0, 2, 0, 0] / 2, abs=0.5
    )
