"""Joins: labels say exactly which frames are of which film, and which are mixed."""

import numpy as np
import pytest

from tfvgan.data.transitions.joins import HELD, JOINS, LONGEST, join_films, plain

DARK, BRIGHT = (plain(np.full((40, 6, 8, 3), level, np.uint8)) for level in (40, 200))


def draws(seed):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("kind", JOINS)
def test_what_is_no_transition_is_one_of_the_two_and_nothing_is_mixed_elsewhere(kind):
    lengths = set()
    for seed in range(8):
        made = join_films(draws(seed), DARK, BRIGHT, kind)
        plainly = ~made.gradual
        assert set(np.unique(made.video[plainly])) == {40, 200}
        assert all(len(each) == len(made.video) for each in made)
        lengths.add(int(made.gradual.sum()))
        assert max(lengths) <= 2 * LONGEST + HELD
    assert lengths == {0} if kind == "cut" else len(lengths) > 3


def test_a_cut_is_where_the_second_begins():
    made = join_films(draws(0), DARK, BRIGHT, "cut")
    assert np.flatnonzero(made.cut).tolist() == [40] and made.video[40, 0, 0, 0] == 200
    assert not DARK.cut.any() and not BRIGHT.cut.any(), "what was handed in stays as it was"


@pytest.mark.parametrize("seed", range(4))
def test_a_dissolve_rises_evenly_and_overlaps(seed):
    made = join_films(draws(seed), DARK, BRIGHT, "dissolve")
    count = int(made.gradual.sum())
    assert len(made.video) == 80 - count and not made.cut.any()
    wanted = np.rint(40 + 160 * (np.arange(count) + 1) / (count + 1))
    assert np.abs(made.video[made.gradual][:, 0, 0, 0] - wanted).max() <= 1


def test_a_fade_goes_through_black_or_white_and_keeps_all_frames():
    levels = set()
    for seed in range(12):
        made = join_films(draws(seed), DARK, BRIGHT, "fade")
        fading = made.video[made.gradual][:, 0, 0, 0].astype(int)
        assert 80 <= len(made.video) <= 80 + HELD
        assert fading.min() < 40 or fading.max() > 200
        levels.add(bool(fading.max() > 200))
    assert levels == {True, False}


def test_a_wipe_shows_both_at_once():
    for seed in range(6):
        made = join_films(draws(seed), DARK, BRIGHT, "wipe")
        middle = made.video[np.flatnonzero(made.gradual)[made.gradual.sum() // 2]]
        assert middle.min() < 80 and middle.max() > 160


def test_a_transition_never_reaches_into_the_one_before():
    for seed in range(20):
        random = draws(seed)
        made = join_films(random, DARK, BRIGHT, "cut")
        made = join_films(random, made, plain(DARK.video[:9]), "dissolve")
        made = join_films(random, made, BRIGHT, "dissolve")
        assert made.cut.sum() == 1 and not (made.cut & made.gradual).any()
        first, second = np.flatnonzero(np.diff(made.gradual.astype(int)) == 1)
        assert second > first


def test_decoys_and_flashes_go_along():
    decoy, flash = np.arange(40) >= 38, np.arange(40) == 39
    first = plain(DARK.video, decoy, flash)
    made = join_films(draws(0), first, BRIGHT, "cut")
    assert np.flatnonzero(made.decoy).tolist() == [38, 39]
    assert np.flatnonzero(made.flash).tolist() == [39]
    for kind in JOINS:
        before, behind = (join_films(draws(0), *pair, kind) for pair in _orders(first))
        for made in (before, behind):
            assert made.decoy.sum() == 2 and made.flash.sum() == 1
            assert not (made.flash & ~made.decoy).any()
        assert np.argmax(behind.flash) > np.argmax(before.flash)


def _orders(film):
    """Returns a film before another, and behind it."""
    return (film, BRIGHT), (BRIGHT, film)


def test_other_joins_are_refused():
    with pytest.raises(ValueError, match="`kind` must be one of cut, dissolve, fade, wipe"):
        join_films(draws(0), DARK, BRIGHT, "morph")
