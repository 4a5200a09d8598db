"""How coarse a codec was, as its decoder tells."""

import struct
from typing import Any

import numpy as np

HEADER = struct.Struct("@INNii")  # Blocks, where they begin, bytes of each; kind, quantiser.
BLOCK = struct.Struct("@iiiii")  # x, y, width, height, and by how much the block's differs.
H264, MPEG2 = 1, 2  # FFmpeg's numbers of what the quantisers mean.
ASKED = {"export_side_data": "venc_params"}  # Options of a decoder that is to tell.


def coarseness(frame: Any) -> float | None:
    """Returns the step of a frame's quantiser as a power of two of levels, None where untold.

    FFmpeg's decoders of H.264, and of MPEG-2, MPEG-4 and their like, tell it where they are opened
    with the options `ASKED`. A step of 2 ** 4 levels, which is about H.264's 28, shows a little;
    one of 2 ** 6, its 40, does plainly.

    Args:
        frame: `av.VideoFrame`.
    """
    for side in frame.side_data:
        if "VIDEO_ENC_PARAMS" in str(side.type):
            return _step(bytes(side))
    return None


def _step(data):
    """Returns the step that FFmpeg's AVVideoEncParams tells."""
    count, offset, size, kind, base = HEADER.unpack_from(data)
    blocks = np.frombuffer(data, np.uint8)[offset : offset + count * size]
    more = 0.0
    if count and size >= BLOCK.size:
        rows = np.ascontiguousarray(blocks.reshape(count, size)[:, : BLOCK.size])
        more = float(rows.view("<i4")[:, 4].mean())
    quantiser = base + more
    if kind == H264:  # A step of 1 at 4, and twice that every 6.
        return (quantiser - 4) / 6
    if kind == MPEG2:  # Told in levels already.
        return float(np.log2(max(quantiser, 1)))
    return None
