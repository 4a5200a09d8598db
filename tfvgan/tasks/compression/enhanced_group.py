"""The payload of the enhanced codec's group: its base layer, and a few bytes before that."""

from typing import NamedTuple

from tfvgan.coding import heads, obus
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base

FINEST = 4  # Steps of the quantiser in one of FFmpeg's.
# Of the first byte: packets are as `tfvgan.coding.obus` reads them, in files from before; frames
# have half the size; the sharpness is said; packets are as `tfvgan.coding.heads` packs them; the
# base layer's colours lie level with the left pixels, as they don't in files from before.
CLOSE, HALF, SHARP, HEADS, LEVEL = 0x80, 0x40, 0x20, 0x10, 0x08
FLAGS = CLOSE | HALF | SHARP | HEADS | LEVEL


class EncodedGroup(NamedTuple):
    """A group of frames, encoded: the base layer's standard, whether it has half of the width and
    the height, its quantiser's step, the network's blend weight, in 255ths, the base layer's
    packets, the sharpness of the output, in 256ths, from -128 to 127, see
    `tfvgan.tasks.compression.sharpness`, where 0 changes nothing, and `Base.level`."""

    standard: str
    half: bool
    step: int
    strength: int
    packets: list
    sharpness: int = 0
    level_colours: bool = True

    @property
    def mended(self):
        """Returns whether the network changes the base layer's frames."""
        return bool(self.strength or self.sharpness)

    @property
    def amounts(self):
        """Returns strength, level and sharpness, floats, for `Enhancer.with_settings`."""
        return self.strength / 255, self.level, self.sharpness / 256

    @property
    def base(self):
        """Returns the `Base` that decodes the packets."""
        return Base(self.standard, half=self.half, level=self.level_colours)

    @property
    def level(self):
        """Returns the coarseness that the network is conditioned on, float in [0, 2]."""
        return STANDARDS[self.standard].level(self.step / FINEST, self.half)

    @property
    def size(self):
        """Returns the number of bytes that the group takes."""
        return len(self._with(heads.pack(self.packets, self.standard, check=False)))

    def packed(self):
        """Returns the bytes of the group."""
        return self._with(heads.pack(self.packets, self.standard))

    def _with(self, body):
        """Returns the bytes of the group, given those of its packets, or None."""
        first = list(STANDARDS).index(self.standard) | HALF * self.half
        first |= SHARP * (self.sharpness != 0) | HEADS * (body is not None)
        first |= LEVEL * self.level_colours
        begin = bytes([first, self.step, self.strength])
        if self.sharpness:
            begin += self.sharpness.to_bytes(1, signed=True)
        if body is not None:
            return begin + body
        return b"".join([begin, *(varint(len(packet)) for packet in self.packets), *self.packets])


def unpacked(payload, count):
    """Returns the `EncodedGroup` of bytes that `EncodedGroup.packed` returned.

    Args:
        payload: bytes.
        count: int, frames.

    Raises:
        ValueError: when it is no such group.
    """
    cursor = Cursor(payload)
    first, step, strength = cursor.take(3)
    number = first & ~FLAGS
    if number >= len(STANDARDS):
        raise ValueError(
            f"A group names base layer {number} of {len(STANDARDS)}: update tfvgan, or fetch "
            "the file anew."
        )
    sharpness = int.from_bytes(cursor.take(1), signed=True) if first & SHARP else 0
    standard, half = list(STANDARDS)[number], bool(first & HALF)
    if first & HEADS:
        packets = list(heads.unpack(cursor, standard, count))
    elif first & CLOSE:
        packets = list(obus.unpack_plain(cursor))
    else:
        sizes = [cursor.varint() for _ in range(count)]
        packets = [cursor.take(size) for size in sizes]
    cursor.finish()
    if len(packets) != count:
        raise ValueError(f"{count} packets should be in a group, but {len(packets)} are: copy it.")
    return EncodedGroup(standard, half, step, strength, packets, sharpness, bool(first & LEVEL))
