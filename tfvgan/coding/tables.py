"""Frequency tables of symbols, which an encoder and a decoder share."""

import functools
import hashlib
from collections.abc import Mapping
from fractions import Fraction
from typing import Self

import numpy as np

from tfvgan.coding.frequencies import TOTAL, WIDEST_ROW, apportioned
from tfvgan.coding.laplace import (
    COUNT,
    LARGEST_SCALE,
    LARGEST_SYMBOL,
    SMALLEST_SCALE,
    laplace_frequencies,
)

SMOOTHING = 16  # One of so many parts of a count is added to every entry.
MOST_ROWS = 1 << 16


class SymbolTables:
    """Rows of frequencies, each for symbols that are distributed alike; immutable.

    Entry j of a row is the frequency of the symbol `least + j`, and the last entry that of an
    escape, behind which any other symbol of int32 is coded in full.

    Args:
        frequencies: whole numbers >= 1, `(n, m)`, `n <= 2**16`, `2 <= m <= 2**16`; each row sums
            to 2**24, which is the precision of the range coder: what is rounded is rounded here.
        least: int, or one for each row, `(n,)`; the symbols of a row lie within int32.

    Attributes:
        frequencies: int32 `(n, m)`.
        least: int32 `(n,)`.

    Raises:
        ValueError: when these are no tables.
    """

    def __init__(self, frequencies: np.ndarray, least: int | np.ndarray):
        frequencies = _whole(frequencies, "frequencies")
        shape = frequencies.shape
        if len(shape) != 2 or not (1 <= shape[0] <= MOST_ROWS and 2 <= shape[1] <= WIDEST_ROW):
            raise ValueError(
                f"`frequencies` should be up to {MOST_ROWS} rows of 2 to {WIDEST_ROW} entries, but "
                f"their shape is {shape}: give `(n, m)`."
            )
        positive = frequencies.min() >= 1 and frequencies.max() <= TOTAL
        if not positive or (frequencies.sum(axis=1) != TOTAL).any():
            raise ValueError(
                f"Frequencies should be at least 1 and sum to {TOTAL} in each row, but some do "
                "not: make them by `SymbolTables.counted`."
            )
        self.frequencies = frequencies.astype(np.int32)
        least = _whole(least, "least")
        bounds = np.iinfo(np.int32).min, np.iinfo(np.int32).max - (shape[1] - 2)
        if (
            least.shape not in ((), shape[:1])
            or (least < bounds[0]).any()
            or (least > bounds[1]).any()
        ):
            raise ValueError(
                f"`least` should be one number, or one a row, from {bounds[0]} to {bounds[1]}, but "
                f"is {least}: symbols are int32."
            )
        self.least = np.broadcast_to(least, shape[:1]).astype(np.int32)
        for array in (self.frequencies, self.least):
            array.setflags(write=False)
        self._models = {}

    @classmethod
    def counted(cls, counts: np.ndarray, least: int | np.ndarray) -> Self:
        """Returns tables of what was counted.

        A sixteenth of a count is added to each, so that what was never seen can come.

        Args:
            counts: whole numbers >= 0, `(n, m)`; the last of a row counts all other symbols.
            least: see `SymbolTables`.

        Raises:
            ValueError: when these are no counts.
        """
        return cls.weighted(_whole(counts, "counts").astype(object) * SMOOTHING + 1, least)

    @classmethod
    def weighted(cls, weights: np.ndarray, least: int | np.ndarray) -> Self:
        """Returns tables as near to the weights as can be.

        Args:
            weights: whole numbers >= 0 of any size, `(n, m)`, not all 0 in a row.
            least: see `SymbolTables`.

        Raises:
            ValueError: when these are no weights.
        """
        return cls(apportioned(weights), least)

    @classmethod
    def laplace(
        cls,
        count: int = COUNT,
        smallest: Fraction = SMALLEST_SCALE,
        largest: Fraction = LARGEST_SCALE,
        reach: int = LARGEST_SYMBOL,
    ) -> Self:
        """Returns tables of rounded Laplace distributions, of the scales in `laplace_scales`.

        Args:
            count, smallest, largest, reach: see `tfvgan.coding.laplace.laplace_frequencies`.

        Raises:
            ValueError: when there are no such scales.
        """
        return cls(laplace_frequencies(count, smallest, largest, reach), -reach)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Self:
        """Returns the tables of what `to_arrays` returned.

        Raises:
            ValueError: when an array is missing or they are no tables.
        """
        if missing := {"frequencies", "least"} - set(arrays):
            raise ValueError(
                f"Tables are made of `frequencies` and `least`, but {sorted(missing)} is missing: "
                "give what `to_arrays` returned."
            )
        return cls(arrays["frequencies"], arrays["least"])

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Returns `{"frequencies": int32 (n, m), "least": int32 (n,)}`."""
        return {"frequencies": self.frequencies, "least": self.least}

    def __len__(self):
        """Returns the number of rows."""
        return len(self.frequencies)

    @property
    def escape(self) -> int:
        """Returns the number of the entry that stands for all other symbols."""
        return self.frequencies.shape[1] - 1

    @functools.cached_property
    def identity(self) -> str:
        """Returns the sha256 of the numbers, in hexadecimal: equal tables code alike."""
        digest = hashlib.sha256(repr(self.frequencies.shape).encode())
        for array in (self.frequencies, self.least):
            digest.update(array.astype("<i4").tobytes())
        return digest.hexdigest()

    def model(self, row: int) -> object:
        """Returns the row as the range coder reads it, a model of constriction."""
        if row not in self._models:
            self._models[row] = categorical(self.frequencies[row])
        return self._models[row]


def categorical(frequencies):
    """Returns the model of constriction that has these frequencies, int `(m,)`, to the last bit."""
    import constriction

    # constriction turns probabilities p into whole numbers by adding 1 to each, after it has scaled
    # them to sum to 2**24 - m: the cumulative ones become `int(cumsum(p) * (2**24 - m) / sum(p))
    # + j`. If p are the frequencies less 1, that scale is 1 exactly, and all sums are whole numbers
    # below 2**53: no operation rounds, whatever the machine and its order of summation.
    probabilities = np.asarray(frequencies, np.float64) - 1
    return constriction.stream.model.Categorical(probabilities, lazy=False, perfect=False)


def _whole(numbers, name):
    """Returns an array of whole numbers, int64."""
    array = np.asarray(numbers)
    if array.dtype.kind not in "iu":
        raise ValueError(f"`{name}` should be whole numbers, but are {array.dtype}: round them.")
    return array.astype(np.int64)
