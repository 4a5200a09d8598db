"""Whole numbers as bytes."""

import pytest

from tfvgan.coding.varints import LARGEST_NUMBER, LARGEST_SIGNED, Cursor, signed_varint, varint

NUMBERS = [0, 1, 63, 64, 127, 128, 16383, 16384, 2**32, LARGEST_NUMBER]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_come_back_in_as_few_bytes_as_7_bits_each_need(number):
    data = varint(number)
    assert len(data) == max(1, -(-number.bit_length() // 7))
    cursor = Cursor(data + b"more")
    assert (cursor.varint(), cursor.rest()) == (number, b"more")


@pytest.mark.parametrize("number", [*range(-70, 70), LARGEST_SIGNED, -LARGEST_SIGNED])
def test_signed_numbers_come_back(number):
    data = signed_varint(number)
    assert Cursor(data).signed() == number
    assert (len(data) == 1) == (-64 <= number < 64)


def test_bytes_are_known():
    assert varint(300) == b"\xac\x02" and signed_varint(-3) == b"\x05"


@pytest.mark.parametrize("number", [-1, LARGEST_NUMBER + 1])
def test_other_numbers_are_refused(number):
    with pytest.raises(ValueError, match=f"should be from 0 to {LARGEST_NUMBER}, but is {number}"):
        varint(number)


@pytest.mark.parametrize("number", [LARGEST_SIGNED + 1, -LARGEST_SIGNED - 1])
def test_signed_numbers_that_are_too_far_are_refused(number):
    with pytest.raises(ValueError, match=f"but is {number}"):
        signed_varint(number)


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 8])
def test_cut_numbers_are_refused(data):
    with pytest.raises(ValueError, match="1 bytes should follow, but 0 do"):
        Cursor(data).varint()


def test_numbers_that_go_on_are_refused():
    with pytest.raises(ValueError, match="should take at most 9 bytes"):
        Cursor(b"\x80" * 1000).varint()


def test_a_cursor_reads_no_further_than_there_is():
    cursor = Cursor(b"abc")
    assert cursor.take(2) == b"ab"
    with pytest.raises(ValueError, match="Nothing should follow, but 1 bytes do"):
        cursor.finish()
    with pytest.raises(ValueError, match="2 bytes should follow, but 1 do"):
        cursor.take(2)
    assert cursor.take(1) == b"c"
    cursor.finish()
