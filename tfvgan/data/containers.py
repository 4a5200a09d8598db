"""Whether a file holds all the bytes that its container's header promises."""

import os
import struct

# The top-level boxes of .mp4 and .mov; what stands behind the last may be anything.
BOXES = frozenset([b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"sidx", b"mfra"])

OPEN = (1 << 32) - 1  # Bytes of a RIFF file that went through a pipe: nobody knew.


def missing_bytes(path):
    """Returns how many bytes were cut off the end of a file; 0 when none, or when none can tell.

    Knows ISO media (.mp4, .mov), Matroska (.mkv, .webm), RIFF (.avi); of a .gif that lacks its end
    mark it says 1.
    """
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(64)
        if head[4:8] in BOXES:
            return max(0, _iso_end(file, size) - size)
        if head[:4] == b"\x1aE\xdf\xa3":
            return max(0, _matroska_end(head) - size)
        if head[:4] == b"RIFF" and len(head) >= 12:
            length = struct.unpack("<I", head[4:8])[0]
            return 0 if length == OPEN else max(0, length + 8 - size)
        if head[:4] == b"GIF8":
            file.seek(max(0, size - 1024))
            return int(not file.read().rstrip(b"\0").endswith(b";"))
    return 0


def _iso_end(file, size):
    """Where the last box ends, as their sizes say."""
    end = 0
    while end + 8 <= size:
        file.seek(end)
        head = file.read(16).ljust(16, b"\0")
        length, kind, long_length = struct.unpack(">I4sQ", head)
        length = long_length if length == 1 else length
        if kind not in BOXES or length < 8:  # a length of 0 runs to the end of the file
            break
        end += length
    return end


def _matroska_end(head):
    """Where the segment behind the EBML header ends; 0 when the header leaves it open."""
    header, start = _variable_integer(head, 4)
    segment = start + (header or 0)
    if head[segment : segment + 4] != b"\x18S\x80g":
        return 0
    length, start = _variable_integer(head, segment + 4)
    return 0 if length is None else start + length


def _variable_integer(data, at):
    """EBML's integer at a place, None when it means unknown; and the place behind it."""
    if at >= len(data) or data[at] == 0:
        return None, at
    width = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), at + width
