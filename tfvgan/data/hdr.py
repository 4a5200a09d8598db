"""HDR metadata of frames: the mastering display and the light levels."""

import struct

DISPLAY, LIGHT = "MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL"  # FFmpeg's names.
OTHERS = ("DYNAMIC_HDR_PLUS", "DOVI_METADATA", "DYNAMIC_HDR_VIVID")  # What is not taken along.
CHROMA, NITS = 50000, 10000  # In one: of places in the plane of colours, and of candelas a m2.
BRIGHT = 100_000  # Candelas a m2, of which no screen has more.


def static(frame):
    """Returns the HDR metadata of a whole film from one frame: `(name, text)`, options of x265."""
    side_data = {part.type.name: bytes(part) for part in frame.side_data}
    options = []
    if len(side_data.get(DISPLAY, b"")) >= 88 and (display := _display(side_data[DISPLAY])):
        options.append(("master-display", display))
    if len(side_data.get(LIGHT, b"")) >= 8:
        options.append(("max-cll", "{},{}".format(*struct.unpack("2I", side_data[LIGHT][:8]))))
    return tuple(options)


def others(frame):
    """Returns the names of a frame's other HDR metadata."""
    return [part.type.name for part in frame.side_data if part.type.name in OTHERS]


def _display(data):
    """Returns primaries, white point and luminance range, as x265 takes them.

    It is "" where they are not all there, or can't be such.
    """
    *numbers, places, lights = struct.unpack("22i", data[:88])
    parts = [top / bottom if bottom else -1 for top, bottom in zip(numbers[::2], numbers[1::2])]
    if not (places and lights and min(parts) >= 0 and max(parts[:8]) <= 1 and parts[9] <= BRIGHT):
        return ""
    red, green, blue, white = (
        tuple(round(CHROMA * part) for part in parts[place : place + 2]) for place in (0, 2, 4, 6)
    )
    least, most = (round(NITS * part) for part in parts[8:])
    pairs = zip(("G", "B", "R", "WP", "L"), (green, blue, red, white, (most, least)))
    return "".join(f"{name}({first},{second})" for name, (first, second) in pairs)
