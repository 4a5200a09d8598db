"""The order in which latents are coded, and which table each is coded by: whole numbers alone.

A decoder knows of a frame what it has read so far. So latents come group of channels by group of
channels, and each in two passes, like the squares of a checkerboard; what is known before a part
chooses its tables. It is what `tfvgan.networks.contexts` says of a whole frame, to the last number,
and no network takes part in it: every machine reads the same latents.

Most places have nothing in a group of channels. So before its latents a flag tells of each place
whether there is any, and only then do its latents follow. Codecs from before that are read, too.

Source: He et al. 2021, https://arxiv.org/abs/2103.15306, sec. 3.2, for the two passes.
"""

from typing import NamedTuple

import numpy as np

from tfvgan.networks.contexts import CHANNEL_GROUPS, PAST, PRESENT

KINDS = 2 * 2  # First frames and others, first pass and second.
WAYS = (len(PAST) + 1) * (len(PRESENT) + 1)  # Contexts of a channel, in a frame's kind and pass.


def table_count(channels, flagged=True):
    """Returns the number of tables: for kinds of frame and pass, channels and contexts.

    Behind them come those of flags, to each group of channels as to a channel.
    """
    return KINDS * (channels + CHANNEL_GROUPS * flagged) * WAYS


class LatentSlice(NamedTuple):
    """Places of a frame, `(n,)` rows and columns, and a slice of channels. It holds flags, one for
    each place, or the latents there."""

    rows: np.ndarray
    columns: np.ndarray
    channels: slice
    flags: bool

    def of(self, latents):
        """Returns the slice's numbers in a frame's latents: int32 `(n,)`, or `(n, channels)`."""
        values = latents[self.rows, self.columns, self.channels]
        return values.any(axis=-1).astype(np.int32) if self.flags else values


class Latents:
    """The latents of frames of one size, part by part.

    Args:
        height, width: int, of the latents.
        channels: int, a multiple of 4.
        flagged: bool, whether flags tell where there are any.
    """

    def __init__(self, height, width, channels, flagged=True):
        self.shape, self.flagged = (height, width, channels), flagged
        places = np.add.outer(np.arange(height), np.arange(width)) % 2
        self._passes = [np.nonzero(places == each) for each in (0, 1)]

    def visit(self, before, code):
        """Returns the latents of a frame, int32 `(height, width, channels)`, as they were coded.

        Args:
            before: int32, those of the frame before; None for a first one.
            code: function that is called with each `LatentSlice` in order, and its tables, int32 in
                the shape of the slice. It returns the slice's numbers, int in that shape. Tables of
                latents are `((frame * 2 + pass) * channels + channel) * WAYS + context`, `frame`
                0 for a first one, else 1; those of flags are numbered behind them, likewise.
        """
        channels = self.shape[-1]
        each, latents = channels // CHANNEL_GROUPS, np.zeros(self.shape, np.int32)
        past, sizes = _past(before, self.shape), np.zeros(self.shape[:2], np.int32)
        for group in range(CHANNEL_GROUPS):
            own = slice(group * each, (group + 1) * each)
            around, beside = 2 * sizes + _around(sizes), np.zeros((*self.shape[:2], 1), np.int32)
            for number, (rows, columns) in enumerate(self._passes):
                kind = 2 * (before is not None) + number
                if number:
                    beside = 3 * _beside(np.abs(latents[..., own]))
                if self.flagged:
                    first = (KINDS * channels + kind * CHANNEL_GROUPS + group) * WAYS
                    context = _context(past[..., own].sum(axis=-1), around + beside.sum(axis=-1))
                    flags = code(
                        LatentSlice(rows, columns, own, True), first + context[rows, columns]
                    )
                    rows, columns = rows[flags != 0], columns[flags != 0]
                first = (kind * channels + np.arange(own.start, own.stop, dtype=np.int32)) * WAYS
                present = around[rows, columns, None] + beside[rows, columns]
                context = _context(past[rows, columns, own], present)
                part = LatentSlice(rows, columns, own, False)
                latents[rows, columns, own] = code(part, first + context)
            sizes += np.abs(latents[..., own]).sum(axis=-1, dtype=np.int32)
        return latents

    def symbols(self, before, latents):
        """Returns a frame's symbols in coding order: pairs of arrays, numbers and their tables.

        Args:
            before: as of `visit`.
            latents: int32 `(height, width, channels)`.
        """
        pairs = []

        def code(part, tables):
            pairs.append((part.of(latents), tables))
            return pairs[-1][0]

        self.visit(before, code)
        return pairs


def _past(before, shape):
    """Returns the sizes of the latents of the frame before, at each place and beside it."""
    if before is None:
        return np.zeros(shape, np.int32)
    sizes = np.abs(before)
    return 2 * sizes + _beside(sizes)


def _context(past, present):
    """Returns the context of sums, int32."""
    return _bucket(past, PAST) * (len(PRESENT) + 1) + _bucket(present, PRESENT)


def _bucket(numbers, thresholds):
    """Returns how many of the thresholds a number reaches, int32."""
    buckets = np.zeros(thresholds[-1] + 1, np.int32)
    for threshold in thresholds:
        buckets[threshold:] += 1
    return buckets[np.minimum(numbers, thresholds[-1])]


def _beside(numbers):
    """Returns the sum of the four next places, of `(height, width, ...)`."""
    wide = _wide(numbers)
    return wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]


def _around(numbers):
    """Returns the sum of the eight places around, of `(height, width)`."""
    wide = _wide(numbers)
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] - numbers


def _wide(numbers):
    """Returns the numbers with zeros around."""
    height, width = numbers.shape[:2]
    wide = np.zeros((height + 2, width + 2, *numbers.shape[2:]), numbers.dtype)
    wide[1:-1, 1:-1] = numbers
    return wide
