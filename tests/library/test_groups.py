import numpy as np
import pytest
from drifting import walk, whole_numbers

from tfvgan.library.embedding import Vectors
from tfvgan.library.groups import Relation, covered_share, grouped, relations
from tfvgan.library.windows import LENGTH


def film(*parts):
    """Returns the vectors of a film that is put together from `(seed, begin, seconds)`."""
    numbers = [walk(60, seed)(begin + np.arange(0, long, 0.5)) for seed, begin, long in parts]
    numbers = np.concatenate(numbers)
    return Vectors(np.arange(len(numbers), dtype=np.float32) / 2, numbers)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (film((0, 0, 40)), "copy"),
        (film((0, 4, 36)), "copy"),
        (film((0, 2, 22)), "copy"),
        (film((0, 20, 10)), "excerpt"),
        (film((0, 0, 4), (1, 0, 36)), "part"),  # The same first frames are no duplicate.
        (film((1, 0, 10), (0, 10, 8), (1, 20, 20)), "part"),
        (film((1, 0, 40)), None),
    ],
)
def test_what_two_videos_are_to_each_other(other, kind):
    found = relations([film((0, 0, 40)), other])
    assert [relation.kind for relation in found] == [kind] * (kind is not None)
    for relation in found:
        shares = relation.shares
        length = len(other.times) / 80
        assert shares[0] == pytest.approx(1 if kind != "part" else shares[0])
        if kind != "part":
            assert shares[1] == pytest.approx(length, abs=0.03)


def before_a_wall(seed, wall, seconds=20):
    """Returns the vectors of somebody who moves before a wall, the more alike the larger it is."""
    times = np.arange(0, seconds, 0.5, dtype=np.float32)
    numbers = wall * np.eye(64)[0] + walk(seconds, seed)(times) / LENGTH
    return Vectors(times, whole_numbers(numbers))


def test_two_people_before_one_wall_are_nothing_to_each_other():
    assert relations([before_a_wall(0, 3.0), before_a_wall(1, 3.0)]) == []
    assert relations([before_a_wall(0, 3.0), before_a_wall(0, 3.0)])[0].kind == "copy"


def test_what_is_hardly_alike_is_no_copy():
    one, noisy = film((0, 0, 40)), film((0, 0, 40))
    noise = np.random.default_rng(0).normal(0, 14, noisy.numbers.shape)
    noisy = Vectors(noisy.times, whole_numbers(noisy.numbers + noise))
    assert relations([one, noisy])[0].kind == "part"


def test_copies_of_copies_are_of_one_group():
    def relation(one, other, kind="copy"):
        return Relation(one, other, kind, (1.0, 1.0), [])

    related = [relation(0, 4), relation(4, 2), relation(1, 5), relation(3, 1, "part")]
    assert grouped(7, related) == [[0, 2, 4], [1, 5]]
    assert grouped(3, []) == []


def test_shares_are_of_windows_by_the_seconds_that_they_stand_for():
    times = np.array([0, 0.5, 1, 1.5, 10], np.float32)
    assert covered_share(times, [(0, 1)]) == pytest.approx(2 / 5)
    assert covered_share(times, [(0, 1), (0.5, 2)]) == pytest.approx(4 / 5)
    assert covered_share(times, []) == 0
