"""The mean of a score over videos, and its confidence interval."""

import statistics

import numpy as np

from tfvgan.metrics.bootstrap import FEWEST


def mean_and_interval(values, level):
    """Returns the mean, and the ends of the interval that covers its expectation.

    The interval is normal: the mean plus and minus a quantile of its standard error.

    Args:
        values: floats, one a video; NaN where a video has none.
        level: float, how often such intervals are to cover.

    Returns:
        Three floats; the mean is NaN without a value, and the ends are None with fewer than 8.
    """
    values = np.asarray(values, np.float64)
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), None, None
    mean = float(values.mean())
    if len(values) < FEWEST:
        return mean, None, None
    error = float(values.std(ddof=1)) / len(values) ** 0.5
    reach = statistics.NormalDist().inv_cdf((1 + level) / 2) * error
    return mean, mean - reach, mean + reach
