"""The streams of an open file, and their packets as far as they are whole."""

from tfvgan.data.errors import UnreadableVideo

MAX_PIXELS = 1 << 26  # of a frame: a damaged header may ask for more than the memory holds


def video_stream(path, container):
    """The first video stream that is no cover picture."""
    from av.stream import Disposition

    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            if stream.codec_context is None:
                raise UnreadableVideo(path, "PyAV knows no decoder for its codec")
            return stream
    reason = "it holds sound only" if container.streams.audio else "it holds no picture"
    raise UnreadableVideo(path, reason)


def packets(container, *streams):
    """The streams' packets, and an empty one of each that asks the decoder for what it holds back.

    They end where the file is so damaged that FFmpeg finds none any more.
    """
    import av

    for stream in streams:
        if stream.type == "video":
            context = stream.codec_context
            context.options = {**context.options, "max_pixels": str(MAX_PIXELS)}
    demuxed = container.demux(*streams)
    while True:
        try:
            packet = next(demuxed, None)
        except (av.FFmpegError, MemoryError):
            packet = None
        if packet is None:
            return
        # A transport stream's may have lost something; another's is cut short by the file's end.
        if not (packet.is_corrupt and packet.size) or container.format.name == "mpegts":
            yield packet
