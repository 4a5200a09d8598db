"""How many bits one codec saves against another at equal quality: the Bjøntegaard delta rate."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

LEAST_POINTS = 4


class BDRate(NamedTuple):
    """A saving in bits, and the qualities over which it holds.

    Attributes:
        percent: float, the mean change of the rate at equal quality: -50 spends half of the bits,
            100 twice as many. Lower is better.
        overlap: `(low, high)`, the qualities that both curves reach: nothing is known outside.
    """

    percent: float
    overlap: tuple


def bd_rate(
    reference: Sequence[tuple[float, float]], test: Sequence[tuple[float, float]]
) -> BDRate:
    """Returns the `BDRate` of `test` against `reference`.

    The logarithm of the rate is interpolated over the quality by PCHIP, which keeps the curve
    monotonic where a cubic polynomial swings, and the two curves' difference is averaged over the
    qualities that both reach:

        percent = 100 * (exp(mean over [low, high] of log R_test(q) - log R_ref(q)) - 1)

    Equal curves give 0; halving every rate gives -50.

    Args:
        reference: four or more points `(rate, quality)` of one video at different settings, in any
            order. Rates are above 0, in any unit that both share; quality is higher-is-better, in
            any unit that both share (PSNR in dB, VMAF; for LPIPS pass its negative).
        test: likewise, of the codec that is judged.

    Raises:
        ValueError: when there are fewer points, a rate is not above 0, more bits don't give more
            quality, the two curves share no quality, or scipy is missing.

    Source: G. Bjøntegaard, "Calculation of average PSNR differences between RD-curves", ITU-T
        VCEG-M33, 2001; with the piecewise cubic interpolation of ITU-T HSTP-VID-WPOM, 2020.
    """
    reference, test = _curve("reference", reference), _curve("test", test)
    # Where one curve ends, a cubic goes anywhere: nothing is read beyond what both reach.
    low = max(reference[0][0], test[0][0])
    high = min(reference[0][-1], test[0][-1])
    if not low < high:
        raise ValueError(
            "The two curves must share a range of quality, but reach from "
            f"{reference[0][0]:g} to {reference[0][-1]:g} and from {test[0][0]:g} to "
            f"{test[0][-1]:g}: code at more rates."
        )
    means = [_integral(*curve, low, high) / (high - low) for curve in (reference, test)]
    # A mean of logarithms is that of ratios: half and double cancel, which percents do not.
    return BDRate(100 * float(np.expm1(means[1] - means[0])), (low, high))


def _curve(name, points):
    """Returns the qualities, rising, and the logarithms of their rates."""
    points = np.asarray(points, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < LEAST_POINTS:
        raise ValueError(
            f"`{name}` must hold {LEAST_POINTS} or more points (rate, quality), but has the shape "
            f"{points.shape}: code at more rates."
        )
    if not (np.isfinite(points).all() and (points[:, 0] > 0).all()):
        raise ValueError(
            f"`{name}` must hold finite numbers and rates above 0, but is {points.tolist()}."
        )
    rate, quality = points[np.argsort(points[:, 0])].T
    if not (np.diff(rate) > 0).all() or not (np.diff(quality) > 0).all():
        raise ValueError(
            f"More bits must give more quality, but `{name}` is {points.tolist()}: leave out the "
            "points that cost more and show less, or negate a quality where lower is better."
        )
    return quality, np.log(rate)


def _integral(quality, log_rate, low, high):
    try:
        from scipy.interpolate import PchipInterpolator
    except ImportError as error:
        raise ValueError("BD-rate needs scipy: `pip install 'tfvgan[metrics]'`.") from error
    return float(PchipInterpolator(quality, log_rate).integrate(low, high))
