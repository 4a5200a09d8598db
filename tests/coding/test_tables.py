"""Tables: what they hold, and that the range coder reads them to the last bit."""

import constriction
import numpy as np
import pytest

from tfvgan.coding.frequencies import TOTAL
from tfvgan.coding.tables import SymbolTables, categorical

INT32 = np.iinfo(np.int32)


def random_frequencies(rows, width, seed=0):
    """Returns frequencies between which there are gaps of all sizes."""
    draws = np.random.default_rng(seed)
    cuts = [np.sort(draws.choice(TOTAL - 1, width - 1, replace=False)) + 1 for _ in range(rows)]
    return np.diff(np.array(cuts), prepend=0, append=TOTAL)


@pytest.mark.parametrize("width", [2, 3, 50, 700])
def test_the_range_coder_has_these_frequencies_exactly(width):
    frequencies = random_frequencies(1, width)[0]
    if width == 50:  # Most of them as rare as can be.
        frequencies = np.array([1] * 24 + [TOTAL - 49] + [1] * 25)
    model, step = categorical(frequencies), (2**64 - 1) // TOTAL
    ends = np.cumsum(frequencies)[:-1]
    for symbol, end in enumerate(ends.tolist()):
        for point, expected in ((end * step - 1, symbol), (end * step, symbol + 1)):
            words = np.array([point >> 32, point & 0xFFFFFFFF], np.uint32)
            assert constriction.stream.queue.RangeDecoder(words).decode(model) == expected


def test_tables_keep_what_they_are_given():
    frequencies = random_frequencies(3, 5)
    tables = SymbolTables(frequencies, [-2, 0, 7])
    np.testing.assert_array_equal(tables.frequencies, frequencies)
    assert tables.frequencies.dtype == tables.least.dtype == np.int32
    assert tables.least.tolist() == [-2, 0, 7] and len(tables) == 3 and tables.escape == 4
    assert SymbolTables(frequencies, -1).least.tolist() == [-1, -1, -1]
    frequencies[0, 0] += 1
    assert tables.frequencies[0].sum() == TOTAL
    for array in (tables.frequencies, tables.least):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_arrays_make_equal_tables():
    tables = SymbolTables(random_frequencies(3, 5), [-2, 0, 7])
    arrays = tables.to_arrays()
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.int32)}
    assert SymbolTables.from_arrays(arrays).identity == tables.identity
    with pytest.raises(ValueError, match=r"but \['least'\] is missing"):
        SymbolTables.from_arrays({"frequencies": arrays["frequencies"]})


def test_an_identity_is_that_of_all_numbers():
    frequencies = random_frequencies(2, 6)
    tables = [
        SymbolTables(frequencies, 0),
        SymbolTables(frequencies, 1),
        SymbolTables(frequencies[::-1], 0),
        SymbolTables(frequencies[:1], 0),
        SymbolTables([[TOTAL - 1, 1]], 0),
    ]
    assert len({table.identity for table in tables}) == 5
    known = "c6969a6e32506e3b92a38c42c012c9ad3070aacdeff56fbee4c6c91885de4c8d"
    assert tables[4].identity == known


def test_counted_rows_follow_the_counts_and_what_was_never_seen_can_come():
    counts = np.array([[1000, 0, 3000, 0], [0, 0, 0, 0]])
    tables = SymbolTables.counted(counts, -1)
    added = (16 * counts + 1) / (16 * counts + 1).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(tables.frequencies / TOTAL, added, atol=1e-6)
    assert tables.frequencies.min() >= 1
    assert SymbolTables.counted([[2**62, 0]], 0).frequencies.tolist() == [[TOTAL - 1, 1]]


def test_laplace_rows_are_around_zero():
    tables = SymbolTables.laplace(3, 1, 4, reach=20)
    assert tables.frequencies.shape == (3, 42) and tables.least.tolist() == [-20] * 3
    assert (tables.frequencies.argmax(axis=1) == 20).all()


@pytest.mark.parametrize(
    ("frequencies", "least", "said"),
    [
        ([[0, TOTAL]], 0, "at least 1 and sum to 16777216"),
        ([[1, TOTAL]], 0, "at least 1 and sum to 16777216"),
        ([[-(2**32) + 1, TOTAL - 1]], 0, "at least 1"),
        ([[2**32 + 1, TOTAL - 1]], 0, "at least 1"),
        ([[TOTAL]], 0, "rows of 2 to 65536 entries"),
        ([1, TOTAL - 1], 0, "rows of 2 to 65536 entries"),
        (np.ones((0, 2), int), 0, "rows of 2 to 65536 entries"),
        ([[1.0, TOTAL - 1]], 0, "`frequencies` should be whole numbers, but are float64"),
        ([[1, TOTAL - 1]], 0.0, "`least` should be whole numbers, but are float64"),
        ([[1, TOTAL - 1]], [0, 0], "`least` should be one number, or one a row"),
        ([[1, TOTAL - 1]], INT32.max + 1, "`least` should be one number"),
        ([[1, 1, TOTAL - 2]], INT32.max, "`least` should be one number"),
        ([[1, TOTAL - 1]], INT32.min - 1, "`least` should be one number"),
    ],
)
def test_what_are_no_tables_is_refused(frequencies, least, said):
    with pytest.raises(ValueError, match=said):
        SymbolTables(frequencies, least)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="Weights should be at least 0"):
        SymbolTables.counted([[1, -1]], 0)


def test_weighted_rows_are_in_proportion():
    tables = SymbolTables.weighted([[1, 3], [2**80, 0]], [0, 5])
    assert tables.frequencies.tolist() == [[TOTAL // 4 + 1, 3 * TOTAL // 4 - 1], [TOTAL - 1, 1]]
    with pytest.raises(ValueError, match="not all 0 in a row"):
        SymbolTables.weighted([[0, 0]], 0)
