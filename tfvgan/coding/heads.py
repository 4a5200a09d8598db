"""Packets of a base layer, whose first bytes are coded by the packets before.

Of a few hundredths of a bit per pixel most packets have some dozens of bytes, and begin with what
the one before began with, nearly. How long they are, and their first bytes, are said by
`tfvgan.coding.mixing`; what follows is as it was. An AV1 packet is of several parts (OBUs), a shown
frame the last of them; of the other standards a packet is one.

Source: AV1 Bitstream & Decoding Process Specification, https://aomediacodec.github.io/av1-spec/,
sec. 5.3 (OBUs), 5.9.2 (the first bits of a frame's header), 7.5 (one shown frame a temporal unit).
"""

import functools
from pathlib import Path

import numpy as np

from tfvgan.coding import mixing, obus
from tfvgan.coding.varints import Cursor, varint

STANDARD_NAMES = ("av1", "hevc", "h264")  # Their numbers are those of the contexts.
HEAD = 24  # First bytes of a part, which are coded by contexts.
FIRST_HEAD = 96  # Those of a group's first part, which say what is true of all of it.
NONE = 256  # The byte that there is not.
NO_BYTES = NONE, NONE, NONE
# Kinds of parts beside those of `tfvgan.coding.obus.USUAL`: others, and none any more.
OTHER_PART, NO_PART = obus.OTHER, obus.OTHER + 1
WHOLE_PACKET = 1  # The kind of all parts of standards that have one a packet.
MOST_BITS = 27  # Of a length.
MOST_PARTS = 4  # Of a packet, in the mean.
HIGH_BITS = 3  # Of a length, below its first: those that have contexts.
MODEL_FILE = Path(__file__).with_name("heads.npz")


class _Heads:
    """Writes or reads the beginnings of parts, in order.

    Args:
        coder: `mixing.BitEncoder`, or a `mixing.BitDecoder`, which does not care what it is given.
        standard: of `STANDARD_NAMES`.
    """

    def __init__(self, coder, standard):
        self._coder, self._standard = coder, STANDARD_NAMES.index(standard)
        self._before = NO_BYTES  # The first bytes of the last parts.
        self._alike = {}  # Of a kind and a first byte: the last two heads, and bits of a length.

    @property
    def most(self):
        """Returns how many bytes of the next part are coded by contexts."""
        return FIRST_HEAD if self._before == NO_BYTES else HEAD

    def kind(self, kind=0):
        """Writes the kind of the next part; returns it."""
        one, two, three = self._before
        contexts = self._contexts((0, one, 0), (1, one, two), (2, two, three))
        return self._number(contexts, 0, kind, 3)

    def part(self, kind, length=0, head=b""):
        """Writes a part's length, and its first bytes; returns both."""
        one, two, _ = self._before
        place = kind << 8
        contexts = self._contexts((3, one, 0), (4, one, two), (5, two, 0), place=place)
        first = self._number(contexts, 1, head[0] if head else 0, 8)
        place |= first
        head_1, head_2, bits = self._alike.get(place, (b"", b"", 0))
        length, bits = self._length(place, bits, length)
        written = bytearray([first])
        for number in range(1, min(length, self.most)):
            written.append(self._byte(place, number, written, head_1, head_2, head))
        head = bytes(written[:length])
        self._alike[place] = head, head_1, bits
        self._before = (first, *self._before[:2])
        return length, head

    def _byte(self, place, number, written, head_1, head_2, head):
        """Writes one of the first bytes, from the second on; returns it."""
        now = written[-1], written[-2] if number > 1 else NONE
        last = head_1[number] if number < len(head_1) else NONE
        same = head_1[max(number - 2, 0) : number] == written[max(number - 2, 0) :]
        contexts = self._contexts(
            (6, self._before[0], 0),
            (7, last, 0),
            (8, now[0], 0),
            (9, last, head_2[number] if number < len(head_2) else NONE),
            (10, last, now[0]),
            (11, *now),
            place=place | number << 11,
        )
        byte = head[number] if number < len(head) else 0
        return self._number(contexts, 8 + 2 * number + same, byte, 8)

    def _length(self, place, before, length):
        """Writes a length; returns it, and how many bits it has."""
        bits = length.bit_length()
        contexts = self._contexts(
            (12, before, 0), (13, self._before[0], 0), (14, 0, 0), place=place
        )
        bits = min(self._number(contexts, 2, bits, 5), MOST_BITS)
        value = 1 if bits else 0
        for low in range(bits - 2, -1, -1):
            high = bits - 2 - low < HIGH_BITS
            node = bits, value if high else 0
            contexts = self._contexts((15, *node), place=place) + self._contexts((16, *node))
            value = value << 1 | self._coder.code(contexts, 3 + high, length >> low & 1)
        return value, bits

    def _contexts(self, *keys, place=0):
        """Returns numbers of contexts: each of a kind and two numbers below 512."""
        return [
            ((((kind << 2 | self._standard) << 18 | place) << 9 | one) << 9 | two) << 8
            for kind, one, two in keys
        ]

    def _number(self, contexts, trust, number, bits):
        """Writes a number of some bits, the highest first; returns it."""
        code, node = self._coder.code, 1
        trust |= self._standard << 8
        for low in range(bits - 1, -1, -1):
            bit = code([context + node for context in contexts], trust, number >> low & 1)
            node = node << 1 | bit
        return node - (1 << bits)


def pack(packets, standard, check=True):
    """Returns the packets as bytes, or None when they can't be found again.

    Args:
        packets: list of bytes: of AV1 temporal units without their delimiters.
        standard: of `STANDARD_NAMES`.
        check: bool, whether to look if they are found again, which takes as long once more; where
            it is only asked how many bytes they are.
    """
    try:
        coder = mixing.BitEncoder(mixing.Model(shipped_model()))
        tails = read(coder, standard, packets)
        coded = coder.finish()
        data = b"".join([varint(len(coded)), coded, *tails])
        decoded = list(unpack(Cursor(data), standard, len(packets))) if check else packets
        return data if decoded == list(packets) else None
    except ValueError:
        return None


def read(coder, standard, packets):
    """Returns the bytes of packets behind their heads, a list; a coder codes the heads.

    Args:
        coder: `tfvgan.coding.mixing.BitEncoder`, or what learns like one.
        standard, packets: as of `pack`.
    """
    heads, tails = _Heads(coder, standard), []
    for kind, first, body in _split_packets(packets, standard):
        heads.kind(kind)
        most = heads.most
        heads.part(kind, len(body), body[:most])
        tails += [bytes([first]) if kind == OTHER_PART else b"", body[most:]]
    heads.kind(NO_PART)
    return tails


def unpack(cursor, standard, count):
    """Yields the packets.

    Args:
        cursor: `tfvgan.coding.varints.Cursor` at what `pack` returned.
        standard: of `STANDARD_NAMES`.
        count: int, how many they are.

    Raises:
        ValueError: when it is none of that.
    """
    coded = cursor.take(cursor.varint())
    heads = _Heads(mixing.BitDecoder(mixing.Model(shipped_model()), coded), standard)

    def written():
        for _ in range(MOST_PARTS * (count + 1)):
            kind = heads.kind()
            if kind >= NO_PART:
                return
            first = cursor.take(1)[0] if kind == OTHER_PART else obus.USUAL[kind]
            length, head = heads.part(kind)
            yield first, head + cursor.take(length - len(head))
        raise ValueError(f"Of {count} packets there are too many parts: they are damaged.")

    return obus.joined(written()) if standard == "av1" else (body for _, body in written())


def _split_packets(packets, standard):
    """Yields the kind, the first byte and the body of each part."""
    for packet in packets:
        if standard != "av1":
            yield WHOLE_PACKET, 0, packet
            continue
        for first, body in obus.split_obus(packet):
            yield obus.USUAL.find(first) % (OTHER_PART + 1), first, body


def write_model(file, model, least):
    """Writes what a model knows, as `shipped_model` reads it.

    Args:
        file: path or binary file.
        model: `tfvgan.coding.mixing.Model`.
        least: int, how often a context must have been seen.
    """
    counters = {key: value for key, value in model.counters.items() if value & 255 >= least}
    contexts = sorted(counters)
    numbers = np.array([counters[key] for key in contexts])
    weights = model.weights.items()
    np.savez_compressed(
        file,
        contexts=np.diff(np.array(contexts, np.uint64), prepend=np.uint64(0)),
        probabilities=np.clip(numbers >> 16, 1, 255).astype(np.uint8),
        counts=(numbers & 255).astype(np.uint8),
        trusts=np.array([trust for trust, own in weights for _ in own], np.int32),
        weights=np.concatenate([own for _, own in weights]).astype(np.int32),
    )


@functools.cache
def shipped_model():
    """Returns what `mixing.Model` begins with: counts from other videos' base layers."""
    with np.load(MODEL_FILE) as kept:
        contexts = np.cumsum(kept["contexts"]).tolist()
        counters = kept["probabilities"].astype(int) << 16 | kept["counts"]
        counters = dict(zip(contexts, counters.tolist()))
        weights = {}
        for trust, weight in zip(kept["trusts"].tolist(), kept["weights"].tolist()):
            weights[trust] = (*weights.get(trust, ()), weight)
    return counters, weights
