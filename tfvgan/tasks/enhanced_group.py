"""What the enhanced codec writes of a group of frames: a base layer, and a few bytes about it."""

from typing import NamedTuple

from tfvgan.coding import obus
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base

FINEST = 4  # Steps of the quantiser in one of FFmpeg's.
# Of the first byte: packets are as `tfvgan.coding.obus` packs them; frames have half the size.
CLOSE, HALF = 0x80, 0x40


class Group(NamedTuple):
    """A group of frames, encoded: the base layer's standard, whether it has half of the width and
    the height, its quantiser's step, how much of what the network changes is taken, in 255ths, and
    the base layer's packets."""

    standard: str
    half: bool
    step: int
    strength: int
    packets: list

    @property
    def base(self):
        """Returns the `Base` that decodes the packets."""
        return Base(self.standard, half=self.half)

    @property
    def level(self):
        """Returns what the network is told of how coarse it is, float in [0, 2]."""
        return STANDARDS[self.standard].level(self.step / FINEST, self.half)

    @property
    def size(self):
        """Returns the bytes of the packets."""
        return sum(map(len, self.packets))

    def packed(self):
        """Returns the bytes of it."""
        number = list(STANDARDS).index(self.standard) | HALF * self.half
        close = obus.pack(self.packets) if self.standard == "av1" else None
        if close is not None:
            return bytes([number | CLOSE, self.step, self.strength]) + close
        sizes = [varint(len(packet)) for packet in self.packets]
        return b"".join([bytes([number, self.step, self.strength]), *sizes, *self.packets])


def unpacked(payload, count):
    """Returns the `Group` of bytes that `Group.packed` returned.

    Args:
        payload: bytes.
        count: int, frames.

    Raises:
        ValueError: when it is no such group.
    """
    cursor = Cursor(payload)
    first, step, strength = cursor.take(3)
    number = first & ~(CLOSE | HALF)
    if number >= len(STANDARDS):
        raise ValueError(
            f"A group names base layer {number} of {len(STANDARDS)}: update tfvgan, or fetch "
            "the file anew."
        )
    if first & CLOSE:
        packets = list(obus.unpack(cursor))
    else:
        sizes = [cursor.varint() for _ in range(count)]
        packets = [cursor.take(size) for size in sizes]
    cursor.finish()
    if len(packets) != count:
        raise ValueError(f"{count} packets should be in a group, but {len(packets)} are: copy it.")
    return Group(list(STANDARDS)[number], bool(first & HALF), step, strength, packets)
