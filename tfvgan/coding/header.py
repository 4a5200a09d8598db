"""The header of a compressed video: facts of the whole file, in its first bytes."""

import zlib
from dataclasses import dataclass
from fractions import Fraction

from tfvgan.coding.errors import DamagedFile, NewerTvg, NotATvg
from tfvgan.coding.varints import Cursor, varint

MAGIC = b"\x89TVG"
VERSION = 1
LONGEST_BODY = 8192  # bytes of a header's body
LARGEST_SIDE = 16384  # pixels
IDENTITY = 8  # bytes of a model's sha256
LONGEST_CODEC, LONGEST_MORE = 32, 4096
LARGEST_TERM = (1 << 31) - 1  # of fractions
UNKNOWN_COLOUR = (0, 2, 2, 2)


@dataclass(frozen=True)
class Header:
    """The facts of a whole compressed video.

    Args:
        codec: str, the short name of what the groups are coded by: 1 to 32 printable ASCII
            characters.
        model: bytes, the first 8 of the sha256 of the model's weights.
        width, height: int, 1 to 16384 pixels.
        time_base: Fraction, seconds a tick.
        colour: four int from 0 to 255: range, primaries, transfer and matrix as FFmpeg numbers
            them.
        pixel_aspect: Fraction, a pixel's width over its height.
        more: bytes, up to 4096, what the codec needs beside.

    Raises:
        ValueError: when one of these is not so.
    """

    codec: str
    model: bytes
    width: int
    height: int
    time_base: Fraction
    colour: tuple = UNKNOWN_COLOUR
    pixel_aspect: Fraction = Fraction(1)
    more: bytes = b""

    def __post_init__(self):
        codec, sides = self.codec, (self.width, self.height)
        _expect(
            codec.isascii() and codec.isprintable() and 1 <= len(codec) <= LONGEST_CODEC,
            f"`codec` should be 1 to {LONGEST_CODEC} printable ASCII characters, but is {codec!r}",
        )
        _expect(
            len(self.model) == IDENTITY,
            f"`model` should be {IDENTITY} bytes, but {len(self.model)} came",
        )
        _expect(
            all(1 <= side <= LARGEST_SIDE for side in sides),
            f"Width and height should be from 1 to {LARGEST_SIDE} pixels, but are {sides}",
        )
        for name in ("time_base", "pixel_aspect"):
            value = getattr(self, name)
            _expect(
                value > 0 and max(value.numerator, value.denominator) <= LARGEST_TERM,
                f"`{name}` should be a positive fraction of numbers below 2**31, but is {value}",
            )
        _expect(
            len(self.colour) == 4 and all(0 <= number <= 255 for number in self.colour),
            f"`colour` should be four numbers from 0 to 255, but is {self.colour}",
        )
        _expect(
            len(self.more) <= LONGEST_MORE,
            f"`more` should be at most {LONGEST_MORE} bytes, but {len(self.more)} came",
        )

    def to_bytes(self) -> bytes:
        """Returns the first bytes of a file, with their checksum."""
        body = varint(len(self.codec)) + self.codec.encode("ascii") + self.model
        body += varint(self.width) + varint(self.height)
        body += varint(self.time_base.numerator) + varint(self.time_base.denominator)
        body += bytes(self.colour)
        square = self.pixel_aspect == 1
        terms = [0] if square else [self.pixel_aspect.numerator, self.pixel_aspect.denominator]
        body += b"".join(map(varint, terms)) + varint(len(self.more)) + self.more
        data = MAGIC + bytes([VERSION]) + varint(len(body)) + body
        return data + zlib.crc32(data).to_bytes(4, "little")


def read_header(file, path):
    """Returns the `Header` at the beginning of a file, and its bytes.

    Args:
        file: binary file, read from where it is.
        path: how messages call it.

    Raises:
        NotATvg: when the file does not begin as one.
        NewerTvg: when its version is not known yet.
        DamagedFile: when the header is damaged.
    """
    data = file.read(LONGEST_BODY + 64)
    if data[: len(MAGIC)] != MAGIC:
        begin = f"it begins with {data[:4].hex()}" if data else "it is empty"
        raise NotATvg(
            f"`{path}` should be a .tvg, which begins with {MAGIC.hex()}, but {begin}: name a file "
            "that was compressed by tfvgan."
        )
    if data[4:5] > bytes([VERSION]):
        raise NewerTvg(
            f"`{path}` was made by a newer tfvgan, in version {data[4]} of the format, of which "
            f"this one reads {VERSION} at most: update tfvgan."
        )
    try:
        header, length = _parsed_header(data)
    except ValueError as error:
        raise DamagedFile(
            f"The header of `{path}` is damaged, without which nothing can be read: fetch or "
            "compress the file anew."
        ) from error
    return header, data[:length]


def seed_of(begin):
    """Returns what the checksums of a file's records begin with, int, from its header's bytes.

    It is the header's own checksum, so that a record of another file is none of this one.
    """
    return int.from_bytes(begin[-4:], "little")


def _parsed_header(data):
    """Returns the header and its length; ValueError when it is none."""
    cursor = Cursor(data)
    cursor.take(len(MAGIC) + 1)
    body = Cursor(cursor.take(cursor.varint()))
    length = cursor.place
    if zlib.crc32(data[:length]) != int.from_bytes(cursor.take(4), "little"):
        raise ValueError("The checksum should be that of the header, but is another: it changed.")
    codec, model = body.take(body.varint()).decode("ascii"), body.take(IDENTITY)
    width, height = body.varint(), body.varint()
    time_base = _fraction(body.varint(), body)
    colour = tuple(body.take(4))
    numerator = body.varint()
    aspect = _fraction(numerator, body) if numerator else Fraction(1)
    more = body.take(body.varint())
    body.finish()
    return Header(codec, model, width, height, time_base, colour, aspect, more), length + 4


def _fraction(numerator, cursor):
    """Returns the fraction whose denominator follows; ValueError when that is 0."""
    denominator = cursor.varint()
    _expect(denominator > 0, "A denominator should be positive, but is 0")
    return Fraction(numerator, denominator)


def _expect(holds, what):
    """Raises ValueError with what should be, unless it holds."""
    if not holds:
        raise ValueError(f"{what}: no header can say that.")
