"""The two files of a network of ncnn's: lines of layers, and numbers one after the other.

Source: https://github.com/Tencent/ncnn/wiki/param-and-model-file-structure.
"""

import math
import re

import numpy as np

MAGIC = "7767517"
MOST_LAYERS = 4096
MOST_WEIGHTS = 1 << 26
HALF = 0x01306B47  # Before weights of 16 bits;
FULL = 0  # and before those of 32.
ARRAYS = -23300  # Keys at and below it have lists of numbers.


class Layer:
    """A line of the text: a kind, the names of what is read and made, and settings by number."""

    def __init__(self, line):
        words = line.split()
        if len(words) < 4 or not all(re.fullmatch(r"\d{1,4}", word) for word in words[2:4]):
            raise ValueError(f"a line is not of a layer: {line[:60]!r}")
        self.kind, self.name = words[:2]
        reads, makes = int(words[2]), int(words[3])
        names = words[4 : 4 + reads + makes]
        if len(names) < reads + makes:
            raise ValueError(f"layer {self.name!r} names fewer tensors than it counts")
        self.reads, self.makes = names[:reads], names[reads:]
        self.told = dict(_setting(word) for word in words[4 + reads + makes :])

    def take(self, key, default=None):
        """Returns a whole setting, which is then taken."""
        value = self.told.pop(key, default)
        if not isinstance(value, int):
            raise ValueError(f"layer {self.name!r} has {value} where a whole number belongs")
        return value

    def expect(self, **wanted):
        """Takes settings, which must have these values if they are there: `_4=1`."""
        for key, value in wanted.items():
            found = self.told.pop(int(key[1:]), value)
            if found != value:
                raise ValueError(
                    f"layer {self.name!r} has {found} for setting {key[1:]}, where {value} is read"
                )


def _setting(word):
    """Returns a setting's key and value: an int, a float, or a list of floats."""
    key, _, text = word.partition("=")
    key = int(key)
    values = [_number(part) for part in text.split(",")]
    if key <= ARRAYS:
        if values[0] != len(values) - 1:
            raise ValueError(f"a list has not as many numbers as it says: {word[:40]!r}")
        return key, [float(value) for value in values[1:]]
    if len(values) != 1:
        raise ValueError(f"a setting has several numbers: {word[:40]!r}")
    return key, values[0]


def _number(text):
    """Returns an int, or a float where the text says so."""
    number = int(text) if re.fullmatch(r"-?\d{1,9}", text) else float(text)
    if not math.isfinite(number):
        raise ValueError(f"a setting is {text[:20]!r}")
    return number


def layers_of(lines):
    """Returns the layers of a text, a list of `Layer`.

    Args:
        lines: list of its lines that are not empty.

    Raises:
        ValueError: when it is no such text.
    """
    if not lines or lines[0].strip() != MAGIC:
        raise ValueError("the text does not begin with its number")
    count = int(lines[1].split()[0])
    if not 0 < count <= MOST_LAYERS or count != len(lines) - 2:
        raise ValueError(f"the text has {len(lines) - 2} layers and says {count}")
    return [Layer(line) for line in lines[2:]]


class Numbers:
    """The numbers of the second file, taken one after the other."""

    def __init__(self, content):
        self.content, self.at, self.taken = content, 0, 0

    def weights(self, count):
        """Returns as many weights, float16 or float32, as their own mark says."""
        mark = int.from_bytes(self._bytes(4), "little")
        if mark not in (HALF, FULL):
            raise ValueError(f"weights have the mark {mark:#x}, which is neither of 16 nor 32 bits")
        kind = "<f2" if mark == HALF else "<f4"
        made = self._array(count, kind)
        self._bytes(-made.nbytes % 4)
        return made

    def plain(self, count):
        """Returns as many numbers, float32."""
        return self._array(count, "<f4")

    def check_end(self):
        if self.at != len(self.content):
            raise ValueError(f"{len(self.content) - self.at} bytes follow the last layer")

    def _array(self, count, kind):
        self.taken += count
        if not 0 < count <= MOST_WEIGHTS or self.taken > MOST_WEIGHTS:
            raise ValueError(f"a layer has {count} numbers")
        made = np.frombuffer(self._bytes(count * np.dtype(kind).itemsize), kind)
        if not np.isfinite(made).all():
            raise ValueError("a number is infinite, or none")
        return made

    def _bytes(self, count):
        part = self.content[self.at : self.at + count]
        if len(part) != count:
            raise ValueError("the numbers end before the layers do")
        self.at += count
        return part
