"""What no table lists: coded in full, and in few bits where it is near."""

import constriction
import numpy as np
import pytest

from tfvgan.coding.escapes import LONGEST_ESCAPE, decode_escaped, encode_escaped

FARTHEST = 2**32 - 2  # Above or below the table; two symbols of int32 are less than 2**32 apart.


def coded(offsets, escape):
    """Returns the words that offsets become."""
    encoder = constriction.stream.queue.RangeEncoder()
    encode_escaped(encoder, np.array(offsets), escape)
    return encoder.get_compressed()


@pytest.mark.parametrize("escape", [1, 10, 511])
def test_offsets_come_back(escape):
    near = np.arange(300)
    powers = 2 ** np.arange(32, dtype=np.int64)
    above = np.concatenate([near, powers, powers - 1, [FARTHEST]])
    offsets = np.random.default_rng(0).permutation(np.concatenate([escape + above, -1 - above]))
    decoder = constriction.stream.queue.RangeDecoder(coded(offsets, escape))
    np.testing.assert_array_equal(decode_escaped(decoder, len(offsets), escape), offsets)


@pytest.mark.parametrize(
    ("offset", "bits"),
    [(8, 1), (-1, 3), (9, 3), (-2, 5), (10, 5), (11, 5), (-4, 7), (8 + 500, 19), (-(2**9), 21)],
)
def test_a_number_of_k_bits_takes_2_k_and_1(offset, bits):
    words = coded([offset] * 3200, escape=8)
    assert len(words) == pytest.approx(100 * bits, abs=2)


def test_no_length_is_longer_than_the_farthest_needs():
    assert (2 * FARTHEST + 2).bit_length() - 1 == LONGEST_ESCAPE


def test_bytes_are_the_same_for_ever():
    offsets = [8, 9, -1, 70_000, -70_001, 8 + 2**20, -(2**31), 8 + FARTHEST, -1 - FARTHEST]
    data = coded(offsets, escape=8).astype(">u4").tobytes()
    assert data.hex() == "57ffe66000afa055c76cd2fffffffffffecc70cb7baa0029400149fd6bfd6c0149ffffff"
