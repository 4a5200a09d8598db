"""Where colours that several pixels share lie among these: their location, as FFmpeg names it.

H.264 and most others put them level with the left one of two pixels, JPEG and MPEG-1 between them.
FFmpeg's scaler goes by what a frame says, and takes what doesn't say it for "center".
"""

LEFT, CENTRE, TOP_LEFT = "left", "center", "topleft"
BY_FOUR = "yuv420p"  # Of 8 bits, where two pixels by two share a colour, as in most videos.
LOCATIONS = (LEFT, CENTRE, TOP_LEFT, "top", "bottomleft", "bottom")
CENTRED = (
    *("amv", "ljpeg", "mjpeg", "speedhq", "webp", "libwebp", "images"),
    *("flv", "h261", "h263", "h263i", "h263p", "mpeg1video", "rv10"),
)  # Codecs, as FFmpeg names decoders and encoders, whose colours lie amid the pixels.
TOP = ("dvvideo",)  # And those whose colours lie in the first of them.
STRICT = 1 << 11  # FFmpeg's flag to refuse what a frame doesn't say: SWS_STRICT.
TINY = 16  # Pixels of a side that are enough to ask.
SHARED_BY_4 = 4  # 4:1:0 shares a colour among four pixels across and down: the middle of a block.


def usual_location(codec="", across=2, down=2, full=False):
    """Returns the location of colours of a video that doesn't say it, as players take it.

    Args:
        codec: FFmpeg's name of the decoder or encoder; "" where it is unknown.
        across, down: int, pixels that share a colour.
        full: bool, whether colours use 0 to 255, as JPEG's do.
    """
    if codec in TOP:
        return TOP_LEFT
    amid = codec in CENTRED or full or across == down == SHARED_BY_4
    return CENTRE if amid else LEFT


def says_location(frame):
    """Returns whether PyAV's frame says where its colours lie, or every pixel has its own.

    PyAV up to 18.1 doesn't tell it of frames, but FFmpeg's scaler can be told to refuse those that
    don't say it.

    Args:
        frame: `av.VideoFrame`, of YUV.
    """
    import av
    from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

    tiny = frame.reformat(width=TINY, height=TINY, format=BY_FOUR)
    # All else is said, so that nothing else is refused.
    tiny.color_trc, tiny.color_primaries = ColorTrc.BT709, ColorPrimaries.BT709
    matrix, span = Colorspace.ITU709, ColorRange.MPEG
    try:
        tiny.reformat(
            format="yuv444p",
            interpolation=STRICT,
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=span,
            dst_color_range=span,
            dst_color_trc=ColorTrc.BT709,
            dst_color_primaries=ColorPrimaries.BT709,
        )
    except av.ArgumentError:
        return False
    return True


def lies_left(frame):
    """Returns whether a frame says that colours lie level with the left one of two pixels.

    What it says can't be read, but FFmpeg goes by it: a slope of colours tells whether the frame
    and one that does say so become the same.

    Args:
        frame: `av.VideoFrame`, of YUV.
    """
    import numpy as np
    from av.video.reformatter import Interpolation

    tiny = frame.reformat(width=TINY, height=TINY, format=BY_FOUR)
    steps = np.arange(TINY // 2, dtype=np.uint8)
    for plane in tiny.planes[1:]:
        rows = np.zeros((TINY // 2, plane.line_size), np.uint8)
        rows[:, : TINY // 2] = 64 + 4 * steps + 8 * steps[:, None]
        plane.update(rows.tobytes())
    how = {"format": "yuv444p", "interpolation": Interpolation.BICUBIC | Interpolation.ACCURATE_RND}
    own, left = (each.reformat(**how).to_ndarray() for each in (tiny, Placer(LEFT)(tiny)))
    return np.array_equal(own, left)


class Placer:
    """Gives PyAV's frames a location of their colours; their pixels are not copied.

    Args:
        location: of `LOCATIONS`.
    """

    def __init__(self, location):
        self._location, self._like = location, None

    def __call__(self, frame):
        """Returns the frame, which says the location."""
        like = frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range
        if like != self._like:
            self._make(frame)
            self._like = like
        self._into.push(frame)
        placed = self._out.pull()
        if frame.time_base is not None:
            placed.time_base = frame.time_base
        return placed

    def _make(self, frame):
        """Makes FFmpeg's filter for frames like this one."""
        from fractions import Fraction

        import av

        self._graph = graph = av.filter.Graph()
        self._into = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25)
        )
        placing = graph.add("setparams", f"chroma_location={self._location}")
        self._out = graph.add("buffersink")
        graph.link_nodes(self._into, placing, self._out).configure()
