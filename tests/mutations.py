"""Damage that is the same each time: bytes changed, left out, put in, cut off."""


def changed(data, draw):
    """Returns the bytes with one to three changes, as `draw`, a `random.Random`, has it."""
    data = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(data) + 1)
        way = draw.randrange(5)
        if way == 0:
            del data[at : at + draw.randint(1, 8)]
        elif way == 1:
            data[at:at] = draw.randbytes(draw.randint(1, 8))
        elif way == 2 and len(data) > 8:
            del data[max(at, 4) :]
        elif at < len(data):
            data[at] = draw.choice([0, 255, data[at] ^ 1 << draw.randrange(8), draw.randrange(256)])
    return bytes(data)
