"""Small compressed videos, made of whole numbers."""

import io
from fractions import Fraction

from tfvgan.coding import Header, Writer

HEADER = Header("still", bytes(range(8)), 64, 48, Fraction(1001, 30000))
TIMES = [range(0, 5), (5, 6, 8, 9, 20), (21,)]
PAYLOADS = [b"first", b"\xd7Gsecond\xd7", bytes(20)]
SOUND = bytes(n * n % 251 for n in range(100))


def write(path, header=HEADER, sound=SOUND):
    """Returns the path of a file of three groups, and of a sound unless it is None."""
    with Writer(path, header) as writer:
        for times, payload in zip(TIMES, PAYLOADS):
            writer.write_group(times, payload)
        if sound is not None:
            writer.attach("sound.opus", io.BytesIO(sound))
    return path


def check(group, number):
    """Fails unless this is the group of that number."""
    assert group.times == tuple(TIMES[number]) and group.payload == PAYLOADS[number]


def heard(reader):
    """Returns the sound in a file."""
    out = io.BytesIO()
    assert reader.attachment("sound.opus", out) == len(out.getvalue())
    return out.getvalue()
