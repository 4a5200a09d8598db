"""The last packets of an encoder, with the stamps that libx265 leaves out of a few frames."""

DELAY = 2  # Frames that libx265 holds back for those in between.


def flush(stream, count):
    """Returns the packets that an encoder still holds.

    Of so few frames libx265 never sets its clock, and times of decoding are whatever was in memory
    (github.com/Multicorewareinc/x265, issue 781): frames are decoded when they are shown then.

    Args:
        stream: PyAV's, which was given all frames.
        count: int, how many these were.
    """
    packets = stream.encode()
    if stream.codec_context.codec.name == "libx265" and count <= DELAY:
        for packet in packets:
            packet.dts = packet.pts
    return packets
