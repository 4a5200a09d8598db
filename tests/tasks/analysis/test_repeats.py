"""Repeats: what comes again in another shot, with where and for how long; nothing within a shot."""

import numpy as np

from tfvgan.tasks.analysis.repeats import Repeat, picture_hash, repeats

RNG = np.random.default_rng(0)
HASHES = list(RNG.integers(0, 2, (40, 64)).astype(bool))


def times(count):
    return [0.5 * number for number in range(count)]


def test_a_stretch_that_comes_again_is_found_once():
    hashes = [*HASHES[:20], *HASHES[4:12], *HASHES[30:36]]
    shots = [0] * 20 + [1] * 8 + [2] * 6
    assert repeats(hashes, times(34), shots) == [Repeat(2.0, 6.0, 10.0)]


def test_a_few_bits_are_the_same():
    noisy = [hash_.copy() for hash_ in HASHES[:6]]
    for each in noisy:
        each[:5] ^= True
    hashes, shots = [*HASHES[:6], *noisy], [0] * 6 + [1] * 6
    assert repeats(hashes, times(12), shots) == [Repeat(0.0, 3.0, 3.0)]


def test_a_shot_that_stands_repeats_nothing_and_short_ones_do_not_count():
    assert repeats([HASHES[0]] * 20, times(20), [0] * 20) == []
    assert repeats([*HASHES[:3], *HASHES[:3]], times(6), [0] * 3 + [1] * 3) == []
    assert repeats([None] * 9, times(9), range(9)) == [] == repeats([], [], [])


def test_two_still_shots_of_one_picture_are_one_repeat():
    hashes = [HASHES[0]] * 10 + [HASHES[1]] * 5 + [HASHES[0]] * 10
    found = repeats(hashes, times(25), [0] * 10 + [1] * 5 + [2] * 10)
    assert found == [Repeat(0.0, 5.0, 7.5)]


def test_plain_pictures_have_no_hash():
    assert picture_hash(np.full((8, 9), 50.0)) is None
    rising = np.tile(np.arange(9.0) * 10, (8, 1))
    assert picture_hash(rising).all() and picture_hash(rising[:, ::-1]).sum() == 0
