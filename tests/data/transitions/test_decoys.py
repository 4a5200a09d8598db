"""Decoys: they change what they mark, and nothing else, but for light that stays changed."""

import numpy as np
import pytest
from moving import texture

from tfvgan.data.transitions.decoys import DECOYS, letterbox

VIDEO, OTHER = (texture(40, 16, (1.0, 0.0), seed)[0] for seed in (0, 1))


@pytest.mark.parametrize("name", DECOYS)
def test_what_is_marked_changes(name):
    for seed in range(5):
        made, where = DECOYS[name](np.random.default_rng(seed), VIDEO, OTHER)
        assert made.dtype == np.uint8 and made.shape == VIDEO.shape and where.shape == (40,)
        changed = (made != VIDEO).any((1, 2, 3))
        if name == "exposure":
            assert (changed | ~where).all() and not changed[: np.argmax(where)].any()
        else:
            assert (where | ~changed).all() and changed.any()
        again, _ = DECOYS[name](np.random.default_rng(seed), VIDEO, OTHER)
        np.testing.assert_array_equal(made, again)


def test_a_flash_is_one_to_three_frames_of_more_light():
    counts = set()
    for seed in range(12):
        made, where = DECOYS["flash"](np.random.default_rng(seed), VIDEO, OTHER)
        counts.add(int(where.sum()))
        assert (made >= VIDEO).all() and made[where].mean() > VIDEO[where].mean() + 20
    assert counts == {1, 2, 3}


def test_bars_are_black_and_the_rest_as_it_was():
    for seed in range(6):
        made = letterbox(np.random.default_rng(seed), VIDEO)
        changed = (made != VIDEO).any((0, 3))
        assert 0 < changed.mean() < 0.5 and made[:, changed].max() <= 16
