"""Whole numbers to bytes and back, the same on every machine: range coding by tables."""

from collections.abc import Iterable

import numpy as np

from tfvgan.coding.errors import DamagedData
from tfvgan.coding.escapes import decode_escaped, encode_escaped
from tfvgan.coding.tables import SymbolTables

_DAMAGED = (
    "Bytes should be what symbols were coded to by these tables, but are not: they are damaged, or "
    "another model's."
)


def encode(blocks: Iterable[tuple[np.ndarray, np.ndarray]], tables: SymbolTables) -> bytes:
    """Returns bytes, about as many as the entropy of the symbols under the tables asks for.

    Within a block, symbols of one row are coded together; what no table lists comes behind them.
    Bytes at the end that are 0 are left out, so no bytes may be what many likely symbols become.

    Args:
        blocks: pairs `(symbols, indexes)` of arrays of one shape: int symbols of int32, and to each
            the number of its row, from 0 to `len(tables) - 1`.
        tables: `SymbolTables`.

    Raises:
        ValueError: when symbols or indexes are others.
    """
    import constriction

    encoder = constriction.stream.queue.RangeEncoder()
    for symbols, indexes in blocks:
        symbols, indexes = _checked_symbols(symbols), np.asarray(indexes)
        if symbols.shape != indexes.shape:
            raise ValueError(
                f"Each symbol should have an index, but shapes are {symbols.shape} and "
                f"{indexes.shape}: give arrays of one shape."
            )
        order, counts = _grouped(indexes, tables)
        offsets = symbols.reshape(-1)[order].astype(np.int64)
        offsets -= np.repeat(tables.least, counts)
        # As unsigned numbers, what is below the least symbol is above all others.
        codes = np.minimum(offsets.view(np.uint64), np.uint64(tables.escape)).astype(np.int32)
        for row, begin, end in _row_spans(counts):
            encoder.encode(codes[begin:end], tables.model(row))
        escaped = offsets[codes == tables.escape]
        if len(escaped):
            encode_escaped(encoder, escaped, tables.escape)
    return _ended(encoder)


class Decoder:
    """Reads what `encode` wrote, block by block, as the indexes become known.

    Args:
        data: bytes.
        tables: `SymbolTables`, those that it was written by.
    """

    def __init__(self, data: bytes, tables: SymbolTables):
        import constriction

        words = np.frombuffer(bytes(data) + bytes(-len(data) % 4), ">u4").astype(np.uint32)
        self._decoder = constriction.stream.queue.RangeDecoder(words)
        self._tables = tables

    def decode(self, indexes: np.ndarray) -> np.ndarray:
        """Returns the symbols of the next block, int32 in the shape of the indexes.

        Damaged data gives any symbols, or an error; time and memory depend on the indexes alone.

        Args:
            indexes: int array, the numbers of the rows that the block was written by.

        Raises:
            DamagedData: when no symbols could have been coded to this.
            ValueError: when there are no such rows.
        """
        indexes, tables = np.asarray(indexes), self._tables
        order, counts = _grouped(indexes, tables)
        offsets = np.empty(len(order), np.int64)
        try:
            for row, begin, end in _row_spans(counts):
                offsets[begin:end] = self._decoder.decode(tables.model(row), end - begin)
            escaped = np.flatnonzero(offsets == tables.escape)
            if len(escaped):
                offsets[escaped] = decode_escaped(self._decoder, len(escaped), tables.escape)
        except AssertionError as error:  # constriction's word for it
            raise DamagedData(_DAMAGED) from error
        offsets += np.repeat(tables.least, counts)
        # An escape can say more than int32 holds, which was never coded.
        if len(escaped) and (offsets != offsets.astype(np.int32)).any():
            raise DamagedData(_DAMAGED)
        symbols = np.empty(len(order), np.int32)
        symbols[order] = offsets
        return symbols.reshape(indexes.shape)


def _checked_symbols(symbols):
    """Returns the symbols as int32."""
    symbols = np.asarray(symbols)
    if symbols.dtype == np.int32:
        return symbols
    whole = symbols.dtype.kind in "iu"
    if not whole or (symbols != symbols.astype(np.int32)).any():
        raise ValueError(
            f"Symbols should be whole numbers of int32, but some of this {symbols.dtype} array are "
            "not: round and clip them."
        )
    return symbols.astype(np.int32)


def _grouped(indexes, tables):
    """Returns the order that puts equal indexes together, and how many there are of each row."""
    flat = indexes.reshape(-1)
    whole = flat.dtype.kind in "iu"
    if not whole or (flat.size and not 0 <= flat.min() <= flat.max() < len(tables)):
        raise ValueError(
            f"Indexes should be whole numbers from 0 to {len(tables) - 1}, but some of this "
            f"{flat.dtype} array are not: name rows of the tables."
        )
    rows = flat.astype(np.uint16)  # numpy sorts these by their digits, in linear time.
    return np.argsort(rows, kind="stable"), np.bincount(rows, minlength=len(tables))


def _row_spans(counts):
    """Yields `(row, begin, end)` of each row that occurs, among the ordered symbols."""
    rows = np.flatnonzero(counts)
    ends = np.cumsum(counts[rows]).tolist()
    yield from zip(rows.tolist(), [0, *ends], ends)


def _ended(encoder):
    """Returns the bytes of an encoder: of all numbers in its last range, the shortest.

    All bytes behind count as 0 when they are read.
    """
    words = encoder.get_compressed()
    position, (lower, size) = encoder.pos()
    data = words.astype(">u4").tobytes()
    for zeros in (56, 48, 40, 32):
        point = -(-lower >> zeros) << zeros  # the first number from `lower` on with so many zeros
        if point < min(lower + size, 1 << 64):  # Beyond, it is carried to the words before.
            data = data[: 4 * position] + point.to_bytes(8, "big")
            break
    return data.rstrip(b"\0")
