"""Films of known cuts: as long as asked, the same of the same draws, cut where they change."""

import dataclasses

import numpy as np
from moving import texture

from tfvgan.data.transitions import Making, film
from tfvgan.data.transitions.making import SEEN

CLIPS = [texture(30, 32, (0.4, 0.2), seed)[0] for seed in range(4)]
PLAIN = Making(decoys=0.0, again=0.0, noise=0.0, coded=0.0, letterbox=0.0, grey=0.0)


def made(seed=0, making=None, frames=96, size=(9, 16)):
    return film(np.random.default_rng(seed), CLIPS, frames, size, making)


def test_a_film_is_a_function_of_its_draws():
    one, same, other = made(1), made(1), made(2)
    assert one.video.shape == (96, 9, 16, 3) and all(len(each) == 96 for each in one)
    for left, right in zip(one, same):
        np.testing.assert_array_equal(left, right)
    assert (one.video != other.video).any()


def test_pictures_change_at_cuts():
    only_cuts = dataclasses.replace(PLAIN, joins={"cut": 1.0})
    seen = 0
    for seed in range(6):
        found = made(seed, only_cuts)
        assert not found.gradual.any() and not found.cut[0]
        changes = np.abs(np.diff(found.video.astype(int), axis=0)).mean((1, 2, 3))
        assert (changes[found.cut[1:]] > SEEN).all()
        seen += found.cut.sum()
    assert seen > 4


def test_every_kind_of_label_comes_up():
    films = [made(seed) for seed in range(6)]
    for name in ("cut", "gradual", "decoy", "flash"):
        shares = [getattr(each, name).mean() for each in films]
        assert 0 < np.mean(shares) < 0.6, name


def test_flashes_are_decoys():
    flashed = dataclasses.replace(PLAIN, decoys=1.0)
    films = [made(seed, flashed) for seed in range(6)]
    assert not any((each.flash & ~each.decoy).any() for each in films)
    assert sum(each.flash.sum() for each in films) < sum(each.decoy.sum() for each in films)


def test_wear_changes_no_label():
    worn = dataclasses.replace(PLAIN, noise=1.0, coded=1.0, letterbox=1.0, grey=1.0)
    one, other = made(3, PLAIN), made(3, worn)
    np.testing.assert_array_equal(one.cut, other.cut)
    assert (one.video != other.video).any()
