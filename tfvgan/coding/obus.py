"""The packets of an AV1 stream, closer together than a stream has them.

AV1 says what each of its parts (OBUs) is in a byte, nearly always the same three, and how long it
is; and which frames are shown, of which a packet holds one. So a packet needs no length of its own,
and the kind of a part no byte.

Source: AV1 Bitstream & Decoding Process Specification, https://aomediacodec.github.io/av1-spec/,
sec. 5.3 (OBUs), 5.9.2 (the first bits of a frame's header), 7.5 (one shown frame a temporal unit).
"""

from tfvgan.coding.varints import Cursor, varint

FRAME_HEADER, TILE_GROUP, FRAME = 3, 4, 6  # Kinds of OBUs.
USUAL = bytes([0x0A, 0x32, 0x1A])  # First bytes: a sequence, a frame, a frame shown once more.
OTHER = len(USUAL)
SIZED, EXTENDED = 0x02, 0x04  # Of the bits of a first byte.


def pack(packets):
    """Returns the packets as bytes, or None when they are not as usual, and can't be found again.

    Args:
        packets: list of bytes, temporal units without their delimiters.
    """
    try:
        data = _packed([part for packet in packets for part in _parts(packet)])
        return data if list(unpack(Cursor(data))) == list(packets) else None
    except ValueError:
        return None


def _packed(parts):
    kinds = [USUAL.find(first) % (OTHER + 1) for first, _ in parts]
    fours = [kinds[place : place + 4] for place in range(0, len(kinds), 4)]
    together = bytes(sum(kind << 2 * n for n, kind in enumerate(four)) for four in fours)
    data = [varint(len(parts)), together]
    for kind, (first, body) in zip(kinds, parts):
        data += [bytes([first])] if kind == OTHER else []
        data += [varint(len(body)), body]
    return b"".join(data)


def unpack(cursor):
    """Yields the packets.

    Args:
        cursor: `tfvgan.coding.varints.Cursor` at what `pack` returned.

    Raises:
        ValueError: when it is none of that.
    """
    count = cursor.varint()
    together = cursor.take(-(-count // 4))
    packet, promised = [], False  # A shown frame's header has come, and its tiles will.
    for number in range(count):
        kind = together[number // 4] >> 2 * (number % 4) & 3
        first = cursor.take(1)[0] if kind == OTHER else USUAL[kind]
        body = cursor.take(cursor.varint())
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


def _parts(packet):
    """Yields the first byte and the body of each OBU; ValueError when one has no size."""
    cursor = Cursor(packet)
    while cursor.place < len(packet):
        first = cursor.take(1)[0]
        if first & EXTENDED or not first & SIZED:
            raise ValueError("An OBU should say its size, and be of no layer, but is not so.")
        yield first, cursor.take(cursor.varint())
