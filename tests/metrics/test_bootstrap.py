import numpy as np
import pytest

from tfvgan.metrics.bootstrap import estimate
from tfvgan.metrics.frechet import frechet_distance_of_rows
from tfvgan.metrics.kernel import kernel_distance
from tfvgan.metrics.precision_recall import precision

RANDOM = np.random.default_rng(0)


def difference(real, generated):
    return real.mean() - generated.mean()


def test_a_mean_has_the_deviation_of_the_textbook():
    real, generated = RANDOM.normal(5, 3, (60, 1, 1)), RANDOM.normal(1, 1, (40, 1, 1))
    value, low, high = estimate(difference, real, generated, replicates=2000)
    expected = 1.96 * np.sqrt(real.var(ddof=1) / 60 + generated.var(ddof=1) / 40)
    assert value == difference(real, generated)
    assert high - value == pytest.approx(expected, rel=0.05)
    assert value - low == pytest.approx(high - value)


def test_rows_of_one_video_are_one_draw():
    real, generated = RANDOM.normal(size=(2, 30, 1, 1))
    alone = estimate(difference, real, generated)
    repeated = estimate(difference, np.repeat(real, 9, axis=1), np.repeat(generated, 9, axis=1))
    np.testing.assert_allclose(repeated, alone)


def test_the_seed_decides_and_the_level_widens():
    videos = RANDOM.normal(size=(2, 20, 1, 2))
    assert estimate(difference, *videos, seed=1) == estimate(difference, *videos, seed=1)
    assert estimate(difference, *videos, seed=1) != estimate(difference, *videos, seed=2)
    _, low, high = estimate(difference, *videos, level=0.99)
    _, inner_low, inner_high = estimate(difference, *videos, level=0.5)
    assert low < inner_low < inner_high < high


def test_few_videos_have_a_value_and_no_interval():
    value, low, high = estimate(difference, np.ones((7, 1, 1)), np.zeros((20, 1, 1)))
    assert value == 1
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match=r"must be between 0 and 1, such as 0.95, but is"):
        estimate(difference, np.ones((9, 1, 1)), np.ones((9, 1, 1)), level=level)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("score", "videos", "dimension"),
    [
        (frechet_distance_of_rows, 64, 100),
        (frechet_distance_of_rows, 64, 16),
        (kernel_distance, 64, 16),
        (precision, 64, 16),
    ],
)
@pytest.mark.parametrize("decay", [0.0, 1.5])
@pytest.mark.parametrize(("shift", "scale"), [(0.0, 1.0), (0.5, 1.0), (1.0, 1.2)])
def test_intervals_cover_what_other_videos_score_on_average(
    score, videos, dimension, decay, shift, scale
):
    """Of Gaussians with a flat or a steep spectrum, the same or moved, with rank or without."""
    random = np.random.default_rng(0)
    deviations = np.arange(1, dimension + 1) ** (-decay / 2)

    def draw():
        real, generated = random.normal(size=(2, videos, 1, dimension)) * deviations
        return real, generated * scale + shift * deviations

    truth = np.mean(
        [score(real[:, 0], generated[:, 0]) for real, generated in (draw() for _ in range(400))]
    )
    covered = []
    for _ in range(200):
        _, low, high = estimate(score, *draw())
        covered.append(low <= truth <= high)
    assert np.mean(covered) >= 0.88


def test_scores_are_handed_rows_and_halves_of_the_videos():
    shapes = []

    def score(real, generated):
        shapes.append((real.shape, generated.shape))
        return 0.0

    estimate(score, np.zeros((8, 3, 2)), np.zeros((11, 3, 2)), replicates=2)
    assert shapes == [((24, 2), (33, 2)), ((12, 2), (15, 2)), ((12, 2), (15, 2))]
