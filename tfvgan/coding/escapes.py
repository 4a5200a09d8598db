"""Whole numbers that no table lists, coded in full: Exp-Golomb codes in a range coder's stream."""

import functools

import numpy as np

from tfvgan.coding.frequencies import apportioned
from tfvgan.coding.tables import categorical

LONGEST_ESCAPE = 32  # bits behind the first 1; two symbols of int32 are less than 2**32 apart
BITS_AT_ONCE = 16  # bits that are coded at once


def encode_escaped(encoder, offsets, escape):
    """Codes numbers that are not among those from 0 to `escape - 1`.

    They become n >= 1 by their distance from those, alternately above and below. Of each n of
    k + 1 bits, first all k are coded, and then, k by k, the bits behind the first.

    Args:
        encoder: constriction's `RangeEncoder`.
        offsets: int64 `(count,)`, less than 2**32 away from those.
        escape: int.
    """
    distances = np.where(offsets < 0, -2 * offsets - 1, 2 * (offsets - escape))
    numbers = distances + 1
    lengths = (np.frexp(numbers.astype(np.float64))[1] - 1).astype(np.int32)  # Exact below 2**53.
    encoder.encode(lengths, _lengths())
    for length in np.unique(lengths):
        bits = numbers[lengths == length] - (1 << int(length))
        for shift, width in _shifts_and_widths(int(length)):
            part = (bits >> shift) & ((1 << width) - 1)
            encoder.encode(part.astype(np.int32), _uniform_bits(width))


def decode_escaped(decoder, count, escape):
    """Returns what `encode_escaped` coded, int64 `(count,)`; any numbers where data is damaged.

    Args:
        decoder: constriction's `RangeDecoder`.
        count: int.
        escape: int.

    Raises:
        AssertionError: constriction's, when data can't be what was coded.
    """
    lengths = decoder.decode(_lengths(), count)
    numbers = np.left_shift(np.int64(1), lengths.astype(np.int64))
    for length in np.unique(lengths):
        there = lengths == length
        for shift, width in _shifts_and_widths(int(length)):
            part = decoder.decode(_uniform_bits(width), int(there.sum()))
            numbers[there] += part.astype(np.int64) << shift
    distances = numbers - 1
    return np.where(distances % 2, -1 - distances // 2, escape + distances // 2)


def _shifts_and_widths(length):
    """Returns the `(shift, width)` of the parts that so many bits are coded in."""
    parts = [(0, min(length, BITS_AT_ONCE)), (BITS_AT_ONCE, length - BITS_AT_ONCE)]
    return [(shift, width) for shift, width in parts if width > 0]


@functools.cache
def _lengths():
    """Returns the model of k: each half as likely as the one before, as far as precision goes."""
    return categorical(
        apportioned([[1 << (LONGEST_ESCAPE - k) for k in range(LONGEST_ESCAPE + 1)]])[0]
    )


@functools.cache
def _uniform_bits(width):
    """Returns the model of so many bits, each as likely to be 0 as 1."""
    import constriction

    return constriction.stream.model.Uniform(1 << width)
