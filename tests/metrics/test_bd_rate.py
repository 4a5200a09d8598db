import math
import sys

import numpy as np
import pytest

from tfvgan.metrics.bd_rate import bd_rate

CURVE = [(100, 30.0), (210, 33.5), (390, 36.0), (800, 38.0), (1700, 39.5)]


def scaled(factor, curve=CURVE):
    return [(rate * factor, quality) for rate, quality in curve]


def test_a_codec_saves_nothing_against_itself():
    assert bd_rate(CURVE, CURVE) == (0.0, (30.0, 39.5))


@pytest.mark.parametrize("factor, percent", [(0.5, -50.0), (2.0, 100.0), (0.9, -10.0)])
def test_a_factor_on_every_rate_is_the_change(factor, percent):
    assert bd_rate(CURVE, scaled(factor)).percent == pytest.approx(percent, abs=1e-9)


def test_the_order_of_the_points_and_the_unit_of_the_rate_do_not_matter():
    told = bd_rate(CURVE, scaled(0.7)).percent
    assert bd_rate(CURVE[::-1], scaled(0.7)[::2] + scaled(0.7)[1::2]).percent == told
    kilo = bd_rate(scaled(1e-3), scaled(0.7e-3)).percent
    assert kilo == pytest.approx(told, abs=1e-9)


def test_there_and_back_again_multiply_to_one():
    other = [(120, 31.0), (260, 34.1), (500, 36.9), (900, 38.2)]
    there, back = bd_rate(CURVE, other), bd_rate(other, CURVE)
    assert there.overlap == back.overlap == (31.0, 38.2)
    assert (1 + there.percent / 100) * (1 + back.percent / 100) == pytest.approx(1)


def test_between_straight_lines_it_is_the_mean_gap_over_what_they_share():
    # log R = q / 10 against log R = q / 10 - (q - 30) / 100, over 32 <= q <= 36.
    quality = np.arange(30.0, 37.0)
    reference = np.stack([np.exp(quality / 10), quality], axis=1)
    quality = quality + 2
    test = np.stack([np.exp(quality / 10 - (quality - 30) / 100), quality], axis=1)
    percent, overlap = bd_rate(reference, test)
    assert overlap == (32.0, 36.0)
    assert percent == pytest.approx(100 * (math.exp(-(34 - 30) / 100) - 1))


def test_a_quality_where_lower_is_better_is_negated():
    lpips = [(100, 0.4), (200, 0.3), (400, 0.22), (800, 0.18)]
    negated = [(rate, -value) for rate, value in lpips]
    assert bd_rate(negated, scaled(0.5, negated)).percent == pytest.approx(-50)
    with pytest.raises(ValueError, match="negate a quality where lower is better"):
        bd_rate(lpips, lpips)


@pytest.mark.parametrize(
    "points, sentence",
    [
        (CURVE[:3], r"4 or more points \(rate, quality\), but has the shape \(3, 2\)"),
        ([1.0, 2.0, 3.0, 4.0], r"but has the shape \(4,\)"),
        ([(0, 30), *CURVE], "rates above 0"),
        ([(90, math.inf), *CURVE], "finite numbers"),
        ([(90, 30.0), *CURVE], "More bits must give more quality"),
        ([(100, 29.0), *CURVE], "More bits must give more quality"),
        ([(rate, quality + 9.5) for rate, quality in CURVE], "30 to 39.5 and from 39.5 to 49"),
    ],
)
def test_curves_that_say_nothing_are_told(points, sentence):
    with pytest.raises(ValueError, match=sentence):
        bd_rate(CURVE, points)


def test_without_scipy_the_command_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.interpolate", None)
    with pytest.raises(ValueError, match="pip install 'tfvgan"):
        bd_rate(CURVE, CURVE)
