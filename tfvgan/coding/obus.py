"""The parts that packets of an AV1 stream are made of.

AV1 says what each of its parts (OBUs) is in a byte, nearly always the same three, and how long it
is; and which frames are shown, of which a packet holds one. So a packet needs no length of its own.

Source: AV1 Bitstream & Decoding Process Specification, https://aomediacodec.github.io/av1-spec/,
sec. 5.3 (OBUs), 5.9.2 (the first bits of a frame's header), 7.5 (one shown frame a temporal unit).
"""

from tfvgan.coding.varints import Cursor, varint

FRAME_HEADER, TILE_GROUP, FRAME = 3, 4, 6  # Kinds of OBUs.
USUAL = bytes([0x0A, 0x32, 0x1A])  # First bytes: a sequence, a frame, a frame shown once more.
OTHER = len(USUAL)
SIZED, EXTENDED = 0x02, 0x04  # Of the bits of a first byte.


def unpack_plain(cursor):
    """Yields the packets of bytes as files had them before `tfvgan.coding.heads`.

    Args:
        cursor: `tfvgan.coding.varints.Cursor` at the number of the parts, two bits for the kind of
            each, and the parts: a first byte where the kind is `OTHER`, a length, a body.

    Raises:
        ValueError: when it is none of that.
    """
    count = cursor.varint()
    together = cursor.take(-(-count // 4))

    def read():
        for number in range(count):
            kind = together[number // 4] >> 2 * (number % 4) & 3
            first = cursor.take(1)[0] if kind == OTHER else USUAL[kind]
            yield first, cursor.take(cursor.varint())

    return joined(read())


def joined(parts):
    """Yields the packets of parts, each of a first byte, int, and a body.

    Raises:
        ValueError: when the last packet shows no frame.
    """
    packet, promised = [], False  # A shown frame's header has come, and its tiles will.
    for first, body in parts:
        packet += [bytes([first]), varint(len(body)), body]
        kind, begin = first >> 3 & 15, body[0] if body else 0
        again, shown = begin & 0x80, begin & 0x10
        whole = (kind == FRAME and shown) or (kind == FRAME_HEADER and again)
        if whole or (promised and kind == TILE_GROUP):
            yield b"".join(packet)
            packet = []
        promised = kind == FRAME_HEADER and bool(shown)
    if packet:
        raise ValueError("A packet should end with a shown frame, but does not: it is damaged.")


def split_obus(packet):
    """Yields the first byte and the body of each OBU; ValueError when one has no size."""
    cursor = Cursor(packet)
    while cursor.place < len(packet):
        first = cursor.take(1)[0]
        if first & EXTENDED or not first & SIZED:
            raise ValueError("An OBU should say its size, and be of no layer, but is not so.")
        yield first, cursor.take(cursor.varint())
