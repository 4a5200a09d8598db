"""Laplace distributions of whole numbers, the same to the bit on every machine."""

import functools
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from tfvgan.coding.frequencies import WIDEST_ROW, apportioned

DECIMALS = 50  # of decimals; `exp` and `ln` of `decimal` are rounded correctly to the last of them
# Latents are found between these scales.
SMALLEST_SCALE, LARGEST_SCALE = Fraction(1, 32), Fraction(32)
COUNT, LARGEST_SYMBOL = 64, 255


@functools.cache
def laplace_scales(count=COUNT, smallest=SMALLEST_SCALE, largest=LARGEST_SCALE):
    """Returns the scales, a tuple of `count` floats, log-spaced, from the smallest to the largest.

    A scale b is that of the density exp(-|x| / b) / 2b, whose standard deviation is sqrt(2) b.

    Args:
        count: int, at least 1.
        smallest, largest: what `Fraction` takes, `0 < smallest <= largest`.

    Raises:
        ValueError: when there are no such scales.
    """
    with localcontext(Context(prec=DECIMALS)):
        return tuple(float(scale) for scale in _scales(count, smallest, largest))


@functools.cache
def laplace_frequencies(
    count=COUNT, smallest=SMALLEST_SCALE, largest=LARGEST_SCALE, reach=LARGEST_SYMBOL
):
    """Returns the frequencies of symbols -reach to reach, and of the others, int32 `(count, m)`.

    A row is that of a Laplace distribution around 0 whose draws are rounded to whole numbers: of a
    symbol s != 0, `(exp(-(|s| - 1/2) / b) - exp(-(|s| + 1/2) / b)) / 2`; `m = 2 * reach + 2`. The
    array is shared and can't be written to.

    Args:
        count, smallest, largest: see `laplace_scales`.
        reach: int, at least 0.

    Raises:
        ValueError: when there are no such scales, or the row would be too wide.
    """
    if not 0 <= reach <= WIDEST_ROW // 2 - 1:
        raise ValueError(
            f"`reach` should be from 0 to {WIDEST_ROW // 2 - 1}, but is {reach}: symbols beyond "
            "are coded as well, a little longer."
        )
    with localcontext(Context(prec=DECIMALS)):
        rows = [_weights(scale, reach) for scale in _scales(count, smallest, largest)]
    frequencies = apportioned(rows)
    frequencies.setflags(write=False)
    return frequencies


def _scales(count, smallest, largest):
    """Returns the scales as decimals, in the context that is set."""
    if count < 1 or not 0 < Fraction(smallest) <= Fraction(largest):
        raise ValueError(
            f"Scales should be at least one, positive and growing, but {count} from {smallest} to "
            f"{largest} were asked for: give `0 < smallest <= largest`."
        )
    first, last = (_decimal(scale).ln() for scale in (smallest, largest))
    return [(first + (last - first) * n / max(count - 1, 1)).exp() for n in range(count)]


def _decimal(number):
    """Returns what `Fraction` takes as a decimal."""
    fraction = Fraction(number)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _weights(scale, reach):
    """Returns the probabilities of a row in units of 10**-DECIMALS, whole numbers."""
    fall = (-1 / scale).exp()
    beyond = [(-1 / (2 * scale)).exp()]  # beyond[s] is the probability that |x| > s + 1/2.
    for _ in range(reach):
        beyond.append(beyond[-1] * fall)
    side = [(beyond[s - 1] - beyond[s]) / 2 for s in range(1, reach + 1)]
    row = [*reversed(side), 1 - beyond[0], *side, beyond[reach]]
    return [int(weight.scaleb(DECIMALS)) for weight in row]
