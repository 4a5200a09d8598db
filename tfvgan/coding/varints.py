"""Whole numbers in as few bytes as they need, and a place in bytes that reads them."""

LARGEST_NUMBER = (1 << 63) - 1
LARGEST_SIGNED = 1 << 61  # of signed numbers
LONGEST_VARINT = 9  # bytes


def varint(number):
    """Returns a whole number as bytes, 7 bits in each, the lowest first; 1 byte below 128.

    Args:
        number: int, from 0 to `LARGEST_NUMBER`.

    Raises:
        ValueError: when it is another number.
    """
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(
            f"A number should be from 0 to {LARGEST_NUMBER}, but is {number}: give a smaller."
        )
    data = bytearray()
    while number >= 128:
        data.append(number & 127 | 128)
        number >>= 7
    return bytes(data + bytes([number]))


def signed_varint(number):
    """Returns a whole number with a sign as bytes; 1 byte from -64 to 63.

    Args:
        number: int, from `-LARGEST_SIGNED` to `LARGEST_SIGNED`.

    Raises:
        ValueError: when it is another number.
    """
    if abs(number) > LARGEST_SIGNED:
        raise ValueError(
            f"A number should be within {LARGEST_SIGNED} of 0, but is {number}: give a smaller."
        )
    return varint(2 * number if number >= 0 else -2 * number - 1)


class Cursor:
    """A place in bytes, which moves on as numbers are read; never reads past their end.

    Args:
        data: bytes.
    """

    def __init__(self, data):
        self.data = data
        self.place = 0

    def take(self, count):
        """Returns the next `count` bytes.

        Raises:
            ValueError: when there are not so many.
        """
        if count > len(self.data) - self.place:
            raise ValueError(
                f"{count} bytes should follow, but {len(self.data) - self.place} do: these are cut."
            )
        self.place += count
        return self.data[self.place - count : self.place]

    def varint(self):
        """Returns what `varint` wrote, int.

        Raises:
            ValueError: when these bytes are none.
        """
        number = 0
        for digit in range(LONGEST_VARINT):
            byte = self.take(1)[0]
            number |= (byte & 127) << 7 * digit
            if byte < 128:
                return number
        raise ValueError(
            f"A number should take at most {LONGEST_VARINT} bytes, but goes on: it is none."
        )

    def signed(self):
        """Returns what `signed_varint` wrote, int.

        Raises:
            ValueError: when these bytes are none.
        """
        number = self.varint()
        return -(number + 1 >> 1) if number & 1 else number >> 1

    def rest(self):
        """Returns all bytes that follow."""
        return self.take(len(self.data) - self.place)

    def finish(self):
        """Raises ValueError when bytes follow."""
        if self.place < len(self.data):
            raise ValueError(
                f"Nothing should follow, but {len(self.data) - self.place} bytes do: these are not "
                "what was expected."
            )
