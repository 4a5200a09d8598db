import dataclasses
import json

import numpy as np
import pytest
from toy_extractors import features

from tfvgan.metrics.frechet import frechet_distance
from tfvgan.metrics.kernel import kernel_distance
from tfvgan.metrics.precision_recall import precision
from tfvgan.metrics.scores import scores

RANDOM = np.random.default_rng(0)
REAL, GENERATED = RANDOM.normal(size=(2, 20, 3)) + [[[0.0]], [[1.0]]]


def test_of_videos_there_are_four():
    real, generated = features(REAL), features(GENERATED)
    found = {result.score: result for result in scores(real, generated)}
    assert found.keys() == {"fvd", "kvd", "precision_k3", "recall_k3"}
    expected = {
        "fvd": frechet_distance(real.gaussian(), generated.gaussian()),
        "kvd": kernel_distance(real.values, generated.values),
        "precision_k3": precision(real.values, generated.values),
        "recall_k3": precision(generated.values, real.values),
    }
    for name, result in found.items():
        assert result.value == pytest.approx(expected[name])
        assert result.low <= result.value <= result.high
        assert result.name == f"{name}_toy_1f_20v_stride1_none_seed0"
        assert result.warnings == ()
        assert result.higher_is_better == (name in ("precision_k3", "recall_k3"))


def test_of_frames_there_is_one_and_its_interval_draws_videos():
    real, generated = features(REAL, "frame", 2), features(GENERATED, "frame", 2)
    (result,) = scores(real, generated)
    assert result.name == "ffd_toy_2f_10v_stride1_none_seed0"
    assert result.value == pytest.approx(frechet_distance(real.gaussian(), generated.gaussian()))


def test_ends_stay_where_values_can_be():
    for result in scores(features(REAL), features(REAL)):
        if result.score == "kvd":
            assert result.low < 0
        else:
            assert result.low >= 0
        if result.higher_is_better:
            assert (result.value, result.high) == (1, 1)


def test_too_few_samples_are_a_warning_with_the_number():
    few = [features(rows[:, None].repeat(10, 1).reshape(20, 30)) for rows in (REAL, GENERATED)]
    warned = {result.score: result.warnings for result in scores(*few)}
    assert len(warned["fvd"]) == 1
    assert "Too few samples: 20 videos for 30 dimensions" in warned["fvd"][0]
    assert warned["kvd"] == ()
    for result in scores(features(REAL[:6]), features(GENERATED)):
        assert any("for an interval: 6 videos, and 8" in text for text in result.warnings)
        assert np.isnan([result.low, result.high]).all()
        assert result.name.startswith(f"{result.score}_toy_1f_6x20v_")


def test_json_holds_a_result():
    for result in scores(features(REAL), features(GENERATED[:10])):
        read = json.loads(json.dumps(dataclasses.asdict(result)))
        assert read["protocol"]["generated_videos"] == 10
        assert read["level"] == 0.95


@pytest.mark.parametrize("part", [{"seed": 1}, {"frames": 8}, {"extractor": "other"}])
def test_other_protocols_do_not_compare(part):
    other = features(GENERATED)
    other = dataclasses.replace(other, protocol=dataclasses.replace(other.protocol, **part))
    with pytest.raises(ValueError, match=f"must share a protocol, but `{next(iter(part))}` is"):
        scores(features(REAL), other)


def test_three_videos_are_too_few():
    with pytest.raises(ValueError, match="4 videos or more on each side, but have 20 real and 3"):
        scores(features(REAL), features(GENERATED[:3]))


def test_unless_told_intervals_are_of_95_percent_and_of_the_first_seed():
    sides = features(REAL), features(GENERATED)
    assert scores(*sides) == scores(*sides, level=0.95, seed=0)
    assert scores(*sides) != scores(*sides, seed=1)
