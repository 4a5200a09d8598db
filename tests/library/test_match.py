"""Stretches that two videos share, of vectors that drift as videos do."""

import numpy as np
import pytest
from drifting import walk, whole_numbers

from tfvgan.library.embedding import Vectors
from tfvgan.library.match import changes_together, lasting, matches, similarity
from tfvgan.library.windows import LENGTH


def film(seconds, seed=0):
    """Returns the `Vectors` of a film, and the function that they are of."""
    at, times = walk(seconds, seed), np.arange(0, seconds, 0.5, dtype=np.float32)
    return Vectors(times, at(times)), at


def excerpt(at, begin, seconds, speed=1.0, hop=0.5, noise=0.4):
    """Returns the `Vectors` of a part of a film, so many times as fast."""
    times = np.arange(0, seconds / speed - 0.4, hop, dtype=np.float32)
    return Vectors(times, at(begin + speed * times, noise))


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("begin", [0.0, 7.2, 41.13])
def test_an_excerpt_is_found_to_half_a_second_however_fast(begin, speed):
    whole, at = film(60)
    found = matches(excerpt(at, begin, 15, speed), whole)
    assert len(found) == 1
    best = found[0]
    assert best.begin == 0 and abs(best.end - 15 / speed) < 0.6
    assert abs(best.start - begin) < 0.5 and abs(best.stop - begin - 15) < 0.5 + 0.5 * speed
    assert best.speed == pytest.approx(speed, rel=0.03) and 0.7 < best.score <= 1.02
    assert best.alike <= best.end and best.evidence < best.alike


@pytest.mark.parametrize("hop", [0.25, 0.5])
def test_two_seconds_are_found_to_half_a_second(hop):
    whole, at = film(120, 1)
    for begin in (3.1, 50.25, 100.4):
        best = matches(excerpt(at, begin, 2, hop=hop), whole)[0]
        assert abs(best.start - begin) < 0.5 and best.speed == pytest.approx(1, abs=0.25)


def before_a_wall(seconds, seed, wall=3.0):
    """Returns `Vectors` of somebody who moves before a wall, which all have in common."""
    times = np.arange(0, seconds, 0.5, dtype=np.float32)
    return Vectors(times, whole_numbers(wall * np.eye(64)[0] + walk(seconds, seed)(times) / LENGTH))


def test_two_people_before_one_wall_are_alike_but_no_copies():
    one, same, other = (before_a_wall(20, seed) for seed in (0, 0, 1))
    assert similarity(one.numbers, other.numbers).min() > 0.75
    assert matches(one, same)[0].together == 1
    found = matches(one, other)[0]
    assert found.alike == 20 and found.together < 0.5 and found.evidence < 5


def test_stills_of_the_same_are_copies_though_nothing_changes_together():
    still = before_a_wall(20, 0, wall=60.0), before_a_wall(20, 1, wall=60.0)
    best = matches(*still)[0]
    assert 0.9 < best.together < 1 and best.evidence == pytest.approx(20, rel=0.1)


def test_changes_are_together_as_far_as_they_correlate():
    draws = np.random.default_rng(0)
    one, noise = draws.normal(size=(2, 400, 64)) / 8
    assert changes_together(one, one) == pytest.approx(1)
    assert changes_together(one + 1, 2 * one) == pytest.approx(1)  # Neither mean nor size count.
    assert changes_together(one, -one) == pytest.approx(0.003 / 1.003, rel=0.05)
    half = 0.25 * one + np.sqrt(1 - 0.25**2) * noise  # A correlation of a quarter: half of it all.
    assert changes_together(one, half) == pytest.approx(0.5, abs=0.03)
    assert changes_together(one[:2], noise[:2]) == 1


def test_others_are_not_found():
    whole, _ = film(120, 2)
    for seed in range(3, 9):
        assert matches(film(60, seed)[0], whole) == []


def test_the_part_that_is_shared_is_told_from_what_is_around_it():
    whole, at = film(60)
    own = film(10, 7)[0]
    shared = excerpt(at, 20, 12)
    times = np.concatenate([own.times, 10 + shared.times, 22 + own.times]).astype(np.float32)
    both = Vectors(times, np.concatenate([own.numbers, shared.numbers, own.numbers]))
    best = matches(both, whole)[0]
    assert abs(best.begin - 10) < 0.6 and abs(best.end - 22) < 1.1
    assert abs(best.start - 20) < 0.6 and abs(best.stop - 32) < 1.1


def test_what_was_cut_out_leaves_two_stretches():
    whole, at = film(60)
    first, second = excerpt(at, 5, 10), excerpt(at, 40, 10)
    both = Vectors(
        np.concatenate([first.times, 10 + second.times]).astype(np.float32),
        np.concatenate([first.numbers, second.numbers]),
    )
    found = sorted(matches(both, whole))
    assert len(found) == 2
    assert abs(found[0].start - 5) < 0.5 and abs(found[1].start - 40) < 0.6
    assert found[0].end <= found[1].begin + 0.5


def test_flat_stretches_are_passed_over():
    whole, at = film(40)
    part = excerpt(at, 10, 20)
    dark = (part.times > 6) & (part.times < 12)
    lacking = (whole.times > 24) & (whole.times < 27)
    found = matches(
        Vectors(part.times[~dark], part.numbers[~dark]),
        Vectors(whole.times[~lacking], whole.numbers[~lacking]),
    )
    assert len(found) == 1 and found[0].begin == 0 and abs(found[0].end - 20) < 0.6


def test_a_picture_that_stands_has_the_same_speed():
    whole, at = film(30)
    still = at(np.full(20, 3.0), 0.1)
    numbers = np.concatenate([still, whole.numbers])
    times = np.arange(len(numbers), dtype=np.float32) / 2
    found = matches(Vectors(times, numbers), Vectors(times, numbers))
    assert found[0].speed == 1 and abs(found[0].start - found[0].begin) < 0.1


def test_what_is_alike_may_differ_from_window_to_window():
    whole, at = film(40)
    part = excerpt(at, 10, 20, noise=0.8)
    strict = np.where(part.times < 10, np.float32(0.6), np.float32(0.99))
    usual, less = matches(part, whole)[0], matches(part, whole, strict)[0]
    assert usual == matches(part, whole, 0.6)[0] and usual.end > 19
    assert less.end < 12 and less.start == pytest.approx(usual.start, abs=0.3)


def test_nothing_is_like_nothing():
    whole, _ = film(10)
    nothing = Vectors(whole.times[:0], whole.numbers[:0])
    assert matches(nothing, whole) == matches(whole, nothing) == []


def test_cosines_are_those_of_vectors():
    whole, _ = film(10)
    alike = similarity(whole.numbers, whole.numbers[:3])
    lengths = np.linalg.norm(whole.numbers.astype(float), axis=1)
    wanted = whole.numbers.astype(float) @ whole.numbers[:3].astype(float).T
    wanted /= lengths[:, None] * lengths[:3]
    np.testing.assert_allclose(alike, wanted, atol=0.02)


def test_a_window_stands_for_half_a_second_or_less():
    assert lasting(np.array([0, 0.25, 0.5, 3], np.float32)).tolist() == [0.25, 0.25, 0.5, 0.5]
