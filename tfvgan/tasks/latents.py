"""The order in which latents are coded, and which table each is coded by: whole numbers alone.

A decoder knows of a frame what it has read so far. So latents come group of channels by group of
channels, and each in two passes, like the squares of a checkerboard; what is known before a part
chooses its tables. It is what `tfvgan.networks.codec.contexts` says of a whole frame, to the last
number, and no network takes part in it: every machine reads the same latents.

Source: He et al. 2021, https://arxiv.org/abs/2103.15306, sec. 3.2, for the two passes.
"""

import numpy as np

from tfvgan.networks.contexts import GROUPS, PAST, PRESENT

WAYS = (len(PAST) + 1) * (len(PRESENT) + 1)  # Contexts of a channel, in a frame's kind and pass.


def table_count(channels):
    """Returns the number of tables: for first frames and others, passes, channels and contexts."""
    return 2 * 2 * channels * WAYS


class Latents:
    """The latents of frames of one size, part by part.

    Args:
        height, width: int, of the latents.
        channels: int, a multiple of 4.
    """

    def __init__(self, height, width, channels):
        self.shape = (height, width, channels)
        places = np.add.outer(np.arange(height), np.arange(width)) % 2
        self._passes = [np.nonzero(places == each) for each in (0, 1)]

    def visit(self, before, take):
        """Returns the latents of a frame, int32 `(height, width, channels)`, as they were taken.

        Args:
            before: int32, those of the frame before; None for a first one.
            take: function that is called for each part in order with its place in that shape, which
                numpy takes for an index, and the tables, int32 `(n, channels / 4)`, row by row as
                `((frame * 2 + pass) * channels + channel) * WAYS + context`, `frame` 0 for a first
                one, else 1. It returns the part, int in the shape of the tables.
        """
        channels = self.shape[-1]
        each, latents = channels // GROUPS, np.zeros(self.shape, np.int32)
        tables, known = self._tables(before), np.zeros(self.shape[:2], np.int32)
        for group in range(GROUPS):
            own = slice(group * each, (group + 1) * each)
            around = (2 * known + _around(known))[..., None]
            for number, places in enumerate(self._passes):
                if number:
                    around = around + 3 * _beside(np.abs(latents[..., own]))
                part = (*places, own)
                chosen = tables[part] + number * channels * WAYS
                latents[part] = take(part, chosen + _bucket(around[places], PRESENT))
            known += np.abs(latents[..., own]).sum(axis=-1, dtype=np.int32)
        return latents

    def tables(self, before, latents):
        """Returns the table of each latent of a frame, int32 in its shape.

        Args:
            before: as of `visit`.
            latents: int32 `(height, width, channels)`.
        """
        found = np.empty(self.shape, np.int32)

        def take(part, chosen):
            found[part] = chosen
            return latents[part]

        self.visit(before, take)
        return found

    def _tables(self, before):
        """Returns the table of each latent if it were in the first pass and nothing was known."""
        tables = np.arange(self.shape[-1], dtype=np.int32) * WAYS
        if before is None:
            return np.broadcast_to(tables, self.shape)
        sizes = np.abs(before)
        past = _bucket(2 * sizes + _beside(sizes), PAST)
        return 2 * self.shape[-1] * WAYS + tables + past * (len(PRESENT) + 1)


def _bucket(numbers, thresholds):
    """Returns how many of the thresholds a number reaches, int32."""
    found = np.zeros(thresholds[-1] + 1, np.int32)
    for threshold in thresholds:
        found[threshold:] += 1
    return found[np.minimum(numbers, thresholds[-1])]


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
