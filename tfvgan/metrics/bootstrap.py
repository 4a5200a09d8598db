"""How far a score moves with the draw of videos.

Scores of distributions break under the usual bootstrap: a video drawn twice is its own nearest
neighbour, and takes rank from a covariance. So the halves are drawn without replacement, the
m-out-of-n bootstrap with m = n / 2, where the spread of the halves' scores is that of the
whole's without a factor: var(whole) = m / (n - m) var(halves).

Source: Shao and Wu 1989, A General Theory for Jackknife Variance Estimation (the delete-d
jackknife, with d = n / 2); Politis, Romano and Wolf 1999, Subsampling.
"""

import statistics

import numpy as np

FEWEST = 8  # Videos of each side that an interval needs.


def estimate(score, real, generated, level=0.95, replicates=50, seed=0):
    """Returns `(value, low, high)`: the score, and its interval.

    The interval is the value, plus and minus a normal quantile times the deviation of the halves'
    scores. It is meant to cover what other videos, as many and from the same sources, would score
    on average. It says nothing of the score's bias, which the number of videos decides: a Fréchet
    distance of few videos is too high, for all who use as many. On Gaussians, equal and not, 95 %
    intervals cover in 88 % of the draws or more (tests/metrics/test_bootstrap.py); between equal
    distributions, where a distance moves least, they are wider than need be.

    Args:
        score: function of real and generated features, `(n, dimension)` each; gives a number.
        real: array `(videos, rows, dimension)`; rows of one video stay together.
        generated: likewise.
        level: float in (0, 1), how often the interval is to cover.
        replicates: int, pairs of halves; the deviation is known to 1 / sqrt(2 replicates).
        seed: int, chooses the halves.

    Returns:
        Three floats; low and high are NaN when a side has fewer than `FEWEST` videos.

    Raises:
        ValueError: when the level is none.
    """
    if not 0 < level < 1:
        raise ValueError(f"`level` must be between 0 and 1, such as 0.95, but is {level!r}.")
    value = float(score(_flattened(real), _flattened(generated)))
    if min(len(real), len(generated)) < FEWEST:
        return value, float("nan"), float("nan")
    random = np.random.default_rng(seed)

    # Videos are drawn, not rows: frames of one video are alike, and would count as many.
    def half(videos):
        return _flattened(videos[random.permutation(len(videos))[: len(videos) // 2]])

    # A half leaves out as many as it takes: its deviation is the whole's, without a factor.
    scores = [score(half(real), half(generated)) for _ in range(replicates)]
    reach = statistics.NormalDist().inv_cdf((1 + level) / 2) * float(np.std(scores, ddof=1))
    return value, value - reach, value + reach


def _flattened(videos):
    return videos.reshape(-1, videos.shape[-1])
