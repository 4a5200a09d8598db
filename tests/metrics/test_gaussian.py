import numpy as np
import pytest

from tfvgan.metrics.gaussian import Gaussian

ROWS = np.random.default_rng(0).normal(3.0, 2.0, (50, 4)) @ np.diag([1, 5, 0.1, 2])


def same(gaussian, rows, tolerance=1e-12):
    assert gaussian.count == len(rows)
    np.testing.assert_allclose(gaussian.mean, rows.mean(axis=0), rtol=tolerance)
    np.testing.assert_allclose(gaussian.covariance, np.cov(rows.T), rtol=tolerance, atol=1e-13)


@pytest.mark.parametrize("chunks", [[], [1], [1, 2, 3], [0, 10, 10], list(range(50))])
def test_any_chunking_gives_numpys_covariance(chunks):
    gaussian = Gaussian(4)
    for part in np.split(ROWS, chunks):
        assert gaussian.update(part) is gaussian
    same(gaussian, ROWS)


@pytest.mark.parametrize("at", [0, 1, 25, 50])
def test_merged_parts_are_the_whole(at):
    same(Gaussian.of(ROWS[:at]).merge(Gaussian.of(ROWS[at:])), ROWS)


def test_a_large_mean_cancels_nothing():
    far = ROWS.astype(np.float64) + 1e8
    gaussian = Gaussian(4)
    for part in np.split(far, 10):
        gaussian.update(part)
    np.testing.assert_allclose(gaussian.covariance, np.cov((far - far[0]).T), rtol=1e-6)


def test_sums_give_the_same():
    same(Gaussian.of_sums(50.0, ROWS.sum(axis=0), ROWS.T @ ROWS), ROWS, 1e-10)
    assert Gaussian.of_sums(0.0, np.zeros(4), np.zeros((4, 4))).count == 0


def test_float32_is_summed_in_float64():
    rows = ROWS.astype(np.float32)
    same(Gaussian.of(rows), rows.astype(np.float64))


def test_saved_and_loaded_it_goes_on(tmp_path):
    path = Gaussian.of(ROWS[:20]).save(tmp_path / "real.npz")
    same(Gaussian.load(path).update(ROWS[20:]), ROWS)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Gaussian.of(ROWS[:1]).covariance, "needs 2 rows of features or more, but has"),
        (lambda: Gaussian(3).update(ROWS), r"must have the shape \(n, 3\), but have \(50, 4\)"),
        (lambda: Gaussian(4).update(ROWS[0]), r"must have the shape \(n, 4\), but have \(4,\)"),
        (lambda: Gaussian(1).update([[np.nan]]), "must be finite"),
        (lambda: Gaussian(4).merge(Gaussian(3)), "same dimension to be merged, but have 4 and 3"),
    ],
)
def test_what_is_wrong_is_said(act, message):
    with pytest.raises(ValueError, match=message):
        act()
