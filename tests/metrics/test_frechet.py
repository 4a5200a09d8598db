import numpy as np
import pytest
from toy_extractors import Colours, ColoursOfFrames, videos

from tfvgan import weights
from tfvgan.metrics.frechet import FVD, FrameFrechet, frechet_distance, frechet_distance_of_rows
from tfvgan.metrics.gaussian import Gaussian

RANDOM = np.random.default_rng(0)
ROTATION = np.linalg.qr(RANDOM.normal(size=(6, 6)))[0]


def gaussian(mean, covariance):
    made = Gaussian(len(mean))
    made.count, made.mean, made.scatter = 2, np.asarray(mean, float), np.asarray(covariance)
    return made


def rotated(variances):
    return ROTATION @ np.diag(variances) @ ROTATION.T


def test_shifted_gaussians_are_the_squared_shift_apart():
    rows, shift = RANDOM.normal(size=(30, 6)), np.arange(6.0)
    assert frechet_distance(Gaussian.of(rows), Gaussian.of(rows + shift)) == pytest.approx(55)
    assert frechet_distance_of_rows(rows, rows + shift) == pytest.approx(55)
    assert frechet_distance_of_rows(rows[:4], rows[:4] + shift) == pytest.approx(55)


@pytest.mark.parametrize("second", [[4.0, 1, 1, 9, 2, 5], [0.0, 0, 1, 0, 3, 0]])
def test_commuting_covariances_have_a_closed_form(second):
    first = np.array([1.0, 2, 3, 4, 5, 6])
    distance = frechet_distance(
        gaussian(np.zeros(6), rotated(first)), gaussian(np.ones(6), rotated(second))
    )
    expected = 6 + np.square(np.sqrt(first) - np.sqrt(second)).sum()
    assert distance == pytest.approx(expected, rel=1e-9)


def test_covariances_that_do_not_commute_have_one_in_two_dimensions():
    """tr((A B)^(1/2)) of 2x2 matrices is sqrt(tr(A B) + 2 sqrt(det(A B)))."""
    a, b = (part.T @ part for part in RANDOM.normal(size=(2, 3, 2)))
    root = np.sqrt(np.trace(a @ b) + 2 * np.sqrt(np.linalg.det(a @ b)))
    expected = np.trace(a) + np.trace(b) - 2 * root
    assert frechet_distance(gaussian([0, 0], a), gaussian([0, 0], b)) == pytest.approx(expected)


@pytest.mark.parametrize("rows", [3, 20, 80])
def test_without_rank_it_is_symmetric_and_zero_for_the_same(rows):
    a, b = (RANDOM.normal(size=(rows, 40)) * 10 ** np.linspace(2, -6, 40) for _ in range(2))
    one, two = Gaussian.of(a), Gaussian.of(b)
    size = np.trace(one.covariance)
    assert abs(frechet_distance(one, one)) < 1e-12 * size
    assert frechet_distance(one, two) > 0
    assert frechet_distance(one, two) == pytest.approx(frechet_distance(two, one), rel=1e-9)
    assert frechet_distance_of_rows(a, b) == pytest.approx(frechet_distance(one, two), rel=1e-6)


def test_one_point_repeated_is_a_gaussian_too():
    point = Gaussian.of(np.ones((5, 6)))
    spread = gaussian(np.zeros(6), rotated([1, 2, 3, 4, 5, 6]))
    assert frechet_distance(point, spread) == pytest.approx(6 + 21)


def test_dimensions_and_rows_that_do_not_fit_are_said():
    with pytest.raises(ValueError, match="same dimension, but they have 6 and 2"):
        frechet_distance(Gaussian(6), Gaussian(2))
    with pytest.raises(ValueError, match="needs 2 rows"):
        frechet_distance(Gaussian(6), Gaussian(6))


def expected_fvd(real, generated):
    return frechet_distance_of_rows(Colours()(real), Colours()(generated))


def test_fvd_streams_to_the_distance_of_all():
    real, generated = videos(12, seed=1), videos(8, seed=2, brightest=99)
    metric = FVD(Colours())
    assert np.isnan(metric.result())
    for start in range(0, 8, 4):
        metric.update_state(real[start : start + 4], generated[start : start + 4])
    metric.update_state(real[8:], None)
    assert float(metric.result()) == pytest.approx(expected_fvd(real, generated), rel=1e-5)
    assert metric.name == "fvd_colours"
    assert [side.count for side in metric.gaussians()] == [12, 8]
    assert frechet_distance(*metric.gaussians()) == pytest.approx(float(metric.result()), rel=1e-6)
    metric.reset_state()
    assert np.isnan(metric.result())


def test_frames_are_a_distribution_of_their_own():
    clips = videos(12)
    metric = FrameFrechet(ColoursOfFrames())
    metric.update_state(clips, clips[:, ::-1])
    assert metric.name == "ffd_frames"
    assert metric.gaussians()[0].count == 24
    assert float(metric.result()) == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
def test_all_black_against_all_white_is_as_published():
    """The authors' example, 16 videos of 15 frames a side, gives about 131; ports of I3D 134."""
    weights.fetch("i3d")
    metric = FVD()
    for _ in range(2):
        black = np.zeros((8, 15, 224, 224, 3), np.uint8)
        metric.update_state(black, black + np.uint8(255))
    assert 131 < float(metric.result()) < 135
