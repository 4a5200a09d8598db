import numpy as np

from tfvgan.data.order import draw, permutation, shuffle_window


def test_a_permutation_is_one_and_depends_on_seed_and_epoch():
    order = permutation(50, 1, 0)
    assert sorted(order) == list(range(50))
    np.testing.assert_array_equal(order, permutation(50, 1, 0))
    assert (order != permutation(50, 1, 1)).any()
    assert (order != permutation(50, 2, 0)).any()


def test_draws_differ_by_sample_epoch_and_seed_and_are_even():
    draws = [draw(0, 0, sample) for sample in range(400)]
    assert draws[3] == draw(0, 0, 3)
    assert len({*draws, draw(0, 1, 0), draw(1, 0, 0)}) == 402
    for numbers in zip(*draws):
        assert abs(np.mean(numbers) - 0.5) < 5 * np.sqrt(1 / 12 / 400)
        assert min(numbers) >= 0 and max(numbers) < 1


def test_a_window_shuffle_keeps_every_item_and_holds_few():
    taken = []
    items = (taken.append(item) or item for item in range(100))
    out = []
    for item in shuffle_window(items, 8, seed=0, epoch=0):
        out.append(item)
        assert len(taken) - len(out) <= 8
    assert sorted(out) == list(range(100))
    assert out != list(range(100))
    assert out == list(shuffle_window(range(100), 8, seed=0, epoch=0))
    assert out != list(shuffle_window(range(100), 8, seed=0, epoch=1))
    assert sorted(shuffle_window(range(3), 8, seed=0, epoch=0)) == [0, 1, 2]
