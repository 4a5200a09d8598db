"""Symbols become bytes and come back, in as few bytes as their entropy says."""

import hashlib

import constriction
import numpy as np
import pytest

from tfvgan.coding import DamagedData, Decoder, SymbolTables, encode, laplace_scales
from tfvgan.coding.frequencies import TOTAL
from tfvgan.coding.tables import categorical

INT32 = np.iinfo(np.int32)
TABLES = SymbolTables.counted(
    np.random.default_rng(5).integers(0, 1000, (64, 40)) ** 2, np.arange(-40, 24)
)


def drawn(tables, indexes, seed=0):
    """Returns symbols that are distributed as the tables say, but for escapes."""
    draws = np.random.default_rng(seed).integers(0, TOTAL, indexes.shape)
    ends = np.cumsum(tables.frequencies, axis=1)
    ends[:, -2] = TOTAL
    codes = (draws[..., None] >= ends[indexes]).sum(axis=-1)
    return (tables.least[indexes] + codes).astype(np.int32)


def entropy(symbols, indexes, tables):
    """Returns how many bytes the tables say that the symbols need; none is escaped."""
    frequencies = tables.frequencies[indexes, symbols - tables.least[indexes]]
    return -np.log2(frequencies / TOTAL).sum() / 8


def back(data, blocks, tables):
    """Fails unless the blocks come back."""
    decoder = Decoder(data, tables)
    for symbols, indexes in blocks:
        found = decoder.decode(indexes)
        assert found.dtype == np.int32 and found.shape == np.shape(symbols)
        np.testing.assert_array_equal(found, symbols)


@pytest.mark.parametrize("most", [3, 60, 1000, 2**31 - 1])
def test_symbols_of_all_ranges_come_back(most):
    draws = np.random.default_rng(1)
    blocks = []
    for shape in [(7,), (0,), (3, 5, 2), (2000,), (0, 4), (1,), ()]:
        symbols = draws.integers(-most - 1, most, shape, endpoint=True)
        blocks.append((symbols, draws.integers(0, 64, shape)))
    back(encode(blocks, TABLES), blocks, TABLES)


@pytest.mark.parametrize("least", [INT32.min, -3, INT32.max - 1])
def test_symbols_at_both_ends_of_int32_come_back(least):
    tables = SymbolTables([[5, 7, TOTAL - 12]], least)
    symbols = np.array([INT32.min, INT32.max, 0, -1, INT32.min + 2, INT32.max - 2], np.int32)
    blocks = [(symbols, np.zeros(6, np.uint8))]
    back(encode(blocks, tables), blocks, tables)


def test_nothing_takes_no_bytes():
    assert encode([], TABLES) == encode([(np.zeros((0, 3), int), np.zeros((0, 3), int))], TABLES)
    assert encode([], TABLES) == b""


def test_a_block_may_depend_on_those_before():
    draws = np.random.default_rng(2)
    first, indexes = draws.integers(0, 64, 500), np.zeros(500, int)
    second = draws.integers(-9, 9, 500)
    decoder = Decoder(encode([(first, indexes), (second, first)], TABLES), TABLES)
    np.testing.assert_array_equal(decoder.decode(decoder.decode(indexes)), second)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.uint32, np.int64])
def test_bytes_do_not_depend_on_dtypes(dtype):
    symbols, indexes = np.arange(60) % 7, np.arange(60)
    expected = encode([(symbols, indexes)], TABLES)
    assert encode([(symbols.astype(dtype), indexes.astype(dtype))], TABLES) == expected


@pytest.mark.parametrize("count", [1, 30, 1000, 100000])
def test_bytes_are_as_many_as_the_entropy_says(count):
    for seed in range(8):
        indexes = np.random.default_rng(seed).integers(0, 64, count)
        symbols = drawn(TABLES, indexes, seed)
        size, least = len(encode([(symbols, indexes)], TABLES)), entropy(symbols, indexes, TABLES)
        assert least - 1 <= size <= 1.0001 * least + 2


@pytest.mark.parametrize("row", [0, 20, 40, 63])
def test_rounded_laplace_draws_take_the_bytes_of_their_entropy(row):
    tables, scale = SymbolTables.laplace(), laplace_scales()[row]
    symbols = np.rint(np.random.default_rng(row).laplace(0, scale, 50000)).astype(np.int32)
    away = np.arange(1, 2000)
    side = (np.exp(-(away - 0.5) / scale) - np.exp(-(away + 0.5) / scale)) / 2
    p = np.array([1 - np.exp(-0.5 / scale), *side, *side])
    p = p[p > 0]
    source = -(p * np.log2(p)).sum() * len(symbols) / 8
    size = len(encode([(symbols, np.full(len(symbols), row))], tables))
    assert source * 0.98 - 32 <= size <= source * 1.01 + 32


def test_escaped_symbols_near_the_table_take_few_bytes():
    tables = SymbolTables([[TOTAL - 2**12, 2**12]], 0)  # An escape takes 12 bits.
    assert len(encode([([1, -1] * 500, np.zeros(1000, int))], tables)) <= 1000 * (12 + 2) / 8 + 4


def test_words_that_carry_come_back():
    tables = SymbolTables([[TOTAL // 2, TOTAL // 2 - 1, 1], [TOTAL - 2, 1, 1]], 0)
    for seed in range(300):
        draws = np.random.default_rng(seed)
        symbols = (draws.random(seed % 60) < draws.random()).astype(int)
        blocks = [(symbols[n : n + 7], draws.integers(0, 2, len(symbols[n : n + 7])))
                  for n in range(0, len(symbols), 7)]  # fmt: skip
        data = encode(blocks, tables)
        back(data, blocks, tables)
        assert not data.endswith(b"\0")


def row_across(encoder, end, width):
    """Returns a row whose symbol 1 has a range across this end, and codes it; None where it can't.

    It begins less than a 2**24th of the range so far before the end, and is `width` of those long.
    """
    lower, size = encoder.pos()[1]
    begin = (end - 1 - lower) // (size >> 24)
    if not 0 < begin < TOTAL - width:
        return None
    row = [begin, width, TOTAL - begin - width]
    encoder.encode(1, categorical(row))
    return row


def test_a_last_range_just_below_a_carry_comes_back():
    uneven, found = [6_000_000, 9_000_000, TOTAL - 15_000_000], 0
    for seed in range(100):
        bits = np.random.default_rng(seed).integers(0, 2, 20).astype(np.int32)
        encoder = constriction.stream.queue.RangeEncoder()
        encoder.encode(bits, categorical(uneven))
        lower, size = encoder.pos()[1]
        if size > 2**47:
            continue
        word = row_across(encoder, -(-lower // 2**32) * 2**32, 2)
        below = word and row_across(encoder, 2**64, 2**33 // (encoder.pos()[1][1] >> 24))
        if below:
            assert encoder.pos()[1][0] > 2**64 - 2**32
            tables = SymbolTables([uneven, word, below], 0)
            blocks = [(bits, np.zeros(20, int)), ([1], [1]), ([1], [2])]
            back(encode(blocks, tables), blocks, tables)
            found += 1
    assert found > 10


def test_bytes_are_the_same_on_every_machine():
    symbols = (np.arange(20000, dtype=np.int64) * 7919 % 101 - 50) ** 3 // 25
    indexes = np.arange(20000) * 31 % 64
    data = encode([(symbols[:5000], indexes[:5000]), (symbols[5000:], indexes[5000:])],
                  SymbolTables.laplace())  # fmt: skip
    assert (len(data), hashlib.sha256(data).hexdigest()) == (
        86643,
        "5998ed341b5b2a5b0f752c63ec30093d12447fbf71d9727e19679b37991175a2",
    )


def test_damaged_data_gives_numbers_or_an_error():
    draws = np.random.default_rng(3)
    indexes = draws.integers(0, 64, 400)
    symbols = np.where(draws.random(400) < 0.2, 10**6, drawn(TABLES, indexes))
    data = encode([(symbols, indexes)], TABLES)
    damaged = [bytes(draws.integers(0, 256, draws.integers(0, 3000), np.uint8)) for _ in range(300)]
    damaged += [data[:length] for length in range(0, len(data), 7)]
    for place in range(0, len(data), 3):
        damaged.append(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
    damaged += [b"", b"\xff" * 5000, b"\0" * 5000]
    errors = 0
    for content in damaged:
        try:
            decoder = Decoder(content, TABLES)
            for _ in range(3):
                assert decoder.decode(indexes).shape == (400,)
        except DamagedData:
            errors += 1
    assert 0 < errors < len(damaged)


def test_a_symbol_beyond_int32_is_damage():
    wide = SymbolTables([[1, TOTAL - 1]], INT32.min)
    data = encode([([INT32.max] * 4, np.zeros(4, int))], wide)
    with pytest.raises(DamagedData, match="they are damaged, or another model's"):
        Decoder(data, SymbolTables([[1, TOTAL - 1]], INT32.max)).decode(np.zeros(4, int))


@pytest.mark.parametrize(
    ("symbols", "said"),
    [
        ([2**31], "Symbols should be whole numbers of int32"),
        ([-(2**31) - 1], "Symbols should be whole numbers of int32"),
        ([0.0], "some of this float64 array are not: round"),
        ([0, 0], r"shapes are \(2,\) and \(1,\)"),
    ],
)
def test_other_symbols_are_refused(symbols, said):
    with pytest.raises(ValueError, match=said):
        encode([(symbols, [0])], TABLES)


@pytest.mark.parametrize("indexes", [[-1], [64], [0.0], [2**16]])
def test_other_indexes_are_refused(indexes):
    said = "Indexes should be whole numbers from 0 to 63"
    with pytest.raises(ValueError, match=said):
        encode([([0], indexes)], TABLES)
    with pytest.raises(ValueError, match=said):
        Decoder(b"", TABLES).decode(indexes)
