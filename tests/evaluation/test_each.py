"""What is measured of each set alone: closed forms, both sides, no more memory than a batch."""

import numpy as np
import pytest

from tfvgan.data import moving_shapes
from tfvgan.evaluation import each
from tfvgan.evaluation.attempts import Attempts
from tfvgan.evaluation.each import OF_EACH, numbers_of_each, score_diversity, score_each
from tfvgan.evaluation.sampling import Sampling
from tfvgan.evaluation.sources import open_source
from tfvgan.evaluation.store import stored

STILL = np.repeat(moving_shapes(9, 1, 16)["video"], 4, axis=1)
MOVING = moving_shapes(9, 4, 16)["video"]


@pytest.fixture
def clips():
    """Stills for real ones, moving shapes for generated ones."""
    sampling = Sampling(frames=4, size=16, videos=9)
    sources = [open_source(STILL, "real"), open_source(MOVING, "generated")]
    with stored(sources[0], sampling, False) as a, stored(sources[1], sampling, False) as b:
        yield [a, b]


def test_each_side_has_its_numbers(clips, monkeypatch):
    names = [name for name in OF_EACH if name != "warping_error"]
    attempts = Attempts(names)
    numbers = numbers_of_each(names, clips, attempts, False)
    assert not attempts.missing and "diversity" not in numbers
    expected = np.abs(np.diff(MOVING.astype(float), axis=1)).mean(axis=(1, 2, 3, 4))
    np.testing.assert_allclose(numbers["motion"]["generated"], expected, rtol=1e-5)
    assert not numbers["motion"]["real"].any() and not numbers["acd_motion"]["real"].any()
    np.testing.assert_allclose(numbers["brightness"]["real"], STILL.mean(axis=(1, 2, 3, 4)), 1e-5)
    assert {"acd", "acd_presence", "acd_area"} <= set(numbers)
    monkeypatch.setattr(each, "VALUES", 1)
    again = numbers_of_each(["motion"], clips, Attempts(["motion"]), False)
    np.testing.assert_allclose(again["motion"]["generated"], expected, rtol=1e-5)


def test_scores_stand_beside_the_real_value_and_are_named_in_full(clips):
    attempts = Attempts(["motion", "acd"])
    numbers = numbers_of_each(["motion", "acd"], clips, attempts, False)
    scores = {
        s.metric: s for s in score_each(numbers, Sampling(4, 16, 2, videos=9), attempts, 0.95)
    }
    assert list(scores) == ["motion", "acd", "acd_presence", "acd_area", "acd_motion"]
    motion = scores["motion"]
    assert motion.name == "motion_4f_9v_stride2_16x16_seed0"
    assert motion.real == 0 and motion.low < motion.value < motion.high
    assert motion.value == pytest.approx(numbers["motion"]["generated"].mean())
    paced = score_each(numbers, Sampling(4, 16, 1, 12.5, videos=9), attempts, 0.95)[0]
    assert paced.name == "motion_4f_9v_12.5fps_16x16_seed0"


def test_diversity_is_the_mean_over_pairs(clips):
    attempts = Attempts(["diversity"])
    (score,) = score_diversity(clips, Sampling(4, 16, 1, videos=9), attempts)
    flat = MOVING.reshape(9, -1).astype(float)
    apart = np.sqrt(np.square(flat[:, None] - flat[None]).mean(axis=-1))
    assert score.value == pytest.approx(apart.sum() / (9 * 8), rel=1e-5)
    assert score.real > 0 and score.low is None


def test_clips_that_are_too_short_leave_a_metric_out(clips):
    sampling = Sampling(frames=2, size=16, videos=9)
    source = open_source(MOVING, "real")
    attempts = Attempts(["motion", "roughness"])
    with stored(source, sampling, False) as short:
        numbers = numbers_of_each(["motion", "roughness"], [short, short], attempts, False)
    assert (
        set(numbers) == {"brightness", "motion"}
        and "roughness needs" in attempts.missing["roughness"]
    )
