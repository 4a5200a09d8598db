"""The simulation of many machines: what is fitted, what a step takes, when the last file ends."""

import numpy as np
import pytest

from benchmarks.scaling import simulate
from benchmarks.scaling.simulate import Sums, Worker


def test_a_worker_is_fitted_to_what_was_measured():
    worker = simulate.fitted_worker([(4, 0.5), (8, 0.9)], (8, 0.6), [1.0])
    assert (worker.fixed, worker.clip) == pytest.approx((0.1, 0.1))
    assert worker.seconds(4) == pytest.approx(0.5)
    assert worker.seconds(8, cores=2) == pytest.approx(0.6)
    assert worker.seconds(16, cores=2) == pytest.approx(1.7 * 2 / 3)


def test_sums_are_fitted_to_what_was_measured():
    """Of two workers each byte is sent once each way, and a sum of nothing takes two hops."""
    sums = simulate.fitted_sums([0, 1000, 3000], [0.002, 0.012, 0.032], rest=0.01)
    assert sums == pytest.approx((0.001, 1e-5, 5.0))
    assert sums.seconds(2, 0) == pytest.approx(0.002 * (2 + 5))
    assert sums.seconds(2, 1000) - sums.seconds(2, 0) == pytest.approx(0.01)
    four = simulate.fitted_sums([0, 1000], [0.006, 0.021], rest=0.0, workers=4)
    assert four == pytest.approx((0.001, 1e-5, 0.0))


def test_a_ring_sends_twice_at_most_and_goes_round_twice():
    sums = Sums(hop=1e-3, byte=0.0, small=0.0)
    ten = sums.seconds(10, 1e9 / 8, bandwidth=1e9)
    assert ten == pytest.approx(18 * 2e-3 + 1.8)
    assert Sums(0.0, 1e-9, 0.0).seconds(1000, 1e9) == pytest.approx(2, rel=0.01)


def test_a_step_waits_for_the_slowest():
    worker = Worker(0.0, 0.1, 1.0, (0.5, 1.5))
    sums = Sums(0.001, 0.0, 0.0)
    alone = simulate.steps(worker, sums, 1, 2, 0, count=2000)
    assert set(alone.round(6)) == {0.1, 0.3} and alone.mean() == pytest.approx(0.2, rel=0.05)
    many = simulate.steps(worker, sums, 20, 2, 0)
    assert many == pytest.approx(0.3 + 0.001 * 2 * 19 * 2)
    beside = simulate.steps(worker, sums, 20, 2, 0, cores=2, crowd=1.5)
    assert beside == pytest.approx(0.3 / 2 * 1.5 + 0.076)


def test_each_job_goes_to_the_first_who_is_free():
    assert simulate.makespan([3, 1, 1, 1], 2) == 3
    assert simulate.makespan([3, 1, 1, 1, 1], 2, start=10) == 14
    assert simulate.makespan([1], 5) == 1


def test_shares_are_equal_on_average_only():
    shares = simulate.by_share(np.ones(1000), 64)
    assert shares.sum() == 1000 and len(shares) == 64
    assert shares.max() > 1.3 * 1000 / 64
