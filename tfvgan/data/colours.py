"""From FFmpeg's frames to RGB and back: matrices, ranges, colours of half the size.

Every reader and writer asks here, so that all see the same colours.
"""

import functools

from tfvgan.data.siting import LEFT, Placer, says_location, usual_location

UNSAID = 2  # FFmpeg's number of matrices, transfers and primaries that a file doesn't tell.
RESERVED = 3  # And of those that mean nothing.
RGB, BT709, BT601, BT2020 = 0, 1, 6, 9  # FFmpeg's numbers of matrices.
MATRIX_NAMES = {
    BT709: "bt709",
    BT601: "smpte170m",
    BT2020: "bt2020nc",
}  # What its encoders call those.
SD_WIDTH, SD_HEIGHT = 1279, 576  # Pixels that BT.601 is for, at most.
ALWAYS_601 = ("amv", "ljpeg", "mjpeg", "speedhq")  # Codecs whose frames can't say another matrix.
DEEP = 8  # Bits of a colour, more than which are kept in 16.
YUV420 = (2, 2)  # Pixels that share a colour, across and down: 4:2:0, as all players take it.
YUV444 = (1, 1)
ALONE = 1  # Threads of a conversion: it is so short that more cost what they save.
HDR = (16, 18)  # FFmpeg's numbers of the transfers of HDR: PQ, and HLG.
FULL = 2  # FFmpeg's number of the range from 0 to 255.


def usual_matrix(height, width, codec=None):
    """Returns FFmpeg's number of the matrix of a video that doesn't say it, as players take it.

    That is BT.709 for HD and BT.601 below, as mpv and libplacebo have it. A writer says it, too.

    Args:
        height, width: of the video, in pixels.
        codec: FFmpeg's name of the encoder that writes it, if any.
    """
    hd = height > SD_HEIGHT or width > SD_WIDTH
    return BT709 if hd and codec not in ALWAYS_601 else BT601


def matrix_of(frame):
    """Returns FFmpeg's number of the matrix that a frame of PyAV is read by; `RGB` is none."""
    if is_rgb(frame.format):
        return RGB
    matrix = int(frame.colorspace)
    if matrix in (RGB, UNSAID, RESERVED):
        return usual_matrix(frame.height, frame.width)
    return matrix


def is_full_range(frame):
    """Returns whether a frame uses 0 to 255 for colours, where its format's name doesn't say so."""
    name = frame.format.name
    by_flag = matrix_of(frame) != RGB and not name.startswith(("yuvj", "gray"))
    return by_flag and int(frame.color_range) == FULL


def is_rgb(form):
    """Returns whether frames of a pixel format of PyAV need no matrix."""
    return form.is_rgb or form.has_palette


def has_alpha(form):
    """Returns whether frames of a pixel format of PyAV may be transparent."""
    return form.has_palette or any(part.is_alpha for part in form.components)


def depth_of(form):
    """Returns how many bits the deepest colour of a pixel format of PyAV has."""
    return max((part.bits for part in form.components), default=DEEP)


def chroma_of(form):
    """Returns how many pixels share a colour of a pixel format of PyAV: across, and down."""
    if len(form.components) < 3 and not form.has_palette:
        return YUV420  # Of greys no colours can be lost.
    return 64 // form.chroma_width(64), 64 // form.chroma_height(64)


def shares_colours(form):
    """Returns whether pixels share colours in a pixel format of PyAV."""
    return len(form.components) >= 3 and not is_rgb(form) and chroma_of(form) != YUV444


@functools.cache
def scaling(means=False):
    """Returns how FFmpeg is to scale: what it does to colours of half the size by itself shows.

    Args:
        means: bool, whether to take the means of areas, at less cost, as is right for thumbnails.
    """
    from av.video.reformatter import Interpolation

    if means:
        return Interpolation.AREA | Interpolation.FULL_CHR_H_INT  # Else two pixels share a colour.
    return Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND


def location_of(frame, codec=""):
    """Returns what a frame's colours are to be placed by: a location, or "" where it is said.

    Args:
        frame: `av.VideoFrame`.
        codec: FFmpeg's name of its decoder; "" where it is unknown.
    """
    if not shares_colours(frame.format) or says_location(frame):
        return ""
    across, down = chroma_of(frame.format)
    full = is_full_range(frame) or frame.format.name.startswith("yuvj")
    return usual_location(codec, across, down, full)


class Reformatter:
    """Converts frames of one kind, one after the other: tables are made but once.

    Args:
        location: of `tfvgan.data.siting.LOCATIONS`, where the colours of all frames lie, whatever
            they say; "" goes by what they say, or by what is usual.
    """

    def __init__(self, location=""):
        from av.video.reformatter import VideoReformatter

        self._location, self._placers, self._found = location, {}, {}
        self._steps = VideoReformatter(), VideoReformatter()

    def reformat(self, frame, location="", **how):
        """Returns PyAV's frame in another format or size.

        Args:
            frame: `av.VideoFrame`.
            location: where its colours lie, or those of what is made of RGB; "" leaves it.
            **how: of PyAV's `reformat`.
        """
        from av.video.reformatter import Interpolation

        first, second = self._steps
        if location:
            frame = self._placer(location)(frame)
        how["threads"] = ALONE
        exact = Interpolation.ACCURATE_RND & (how.get("interpolation") or 0)
        deep = depth_of(frame.format) != DEEP
        if not exact or how["format"] != "rgb24" or is_rgb(frame.format) or deep:
            return first.reformat(frame, **how)
        # To planes FFmpeg converts by vectors: the same colours in less time.
        planes = first.reformat(frame, **{**how, "format": "gbrp"})
        return second.reformat(planes, format="rgb24", threads=ALONE)

    def location(self, frame):
        """Returns `location_of` a frame; it is looked for in the first of each kind."""
        if self._location:
            return self._location
        kind = frame.width, frame.height, frame.format.name
        if kind not in self._found:
            self._found[kind] = location_of(frame)
        return self._found[kind]

    def _placer(self, location):
        if location not in self._placers:
            self._placers[location] = Placer(location)
        return self._placers[location]


def to_rgb(frame, size=None, deep=False, kept=None, means=False):
    """Returns PyAV's frame as uint8 `(h, w, 3)`, or `(h, w, 4)` where it may be transparent.

    Args:
        frame: `av.VideoFrame`.
        size: `(height, width)` that it is scaled to, if it is not of that.
        deep: bool, whether to return it as uint16 `(h, w, 3)`, of 0 to 65535, without transparency.
        kept: a `Reformatter` that is kept for many frames, or None.
        means: as of `scaling`.
    """
    height, width = size or (frame.height, frame.width)
    form = "rgb48le" if deep else "rgba" if has_alpha(frame.format) else "rgb24"
    sides = {"height": height, "width": width}
    return converted(frame, kept, format=form, interpolation=scaling(means), **sides).to_ndarray()


def converted(frame, kept=None, **how):
    """Returns PyAV's frame in an RGB format, by its matrix, range and location of colours.

    Args:
        frame: `av.VideoFrame`.
        kept: a `Reformatter` that is kept for many frames, or None.
        **how: of its `reformat`: `format`, `height`, `width`, `interpolation`.
    """
    from av.video.reformatter import ColorRange

    kept = kept or Reformatter()
    full = ColorRange.JPEG if is_full_range(frame) else None
    return kept.reformat(
        frame,
        kept.location(frame),
        src_colorspace=_colorspace(matrix_of(frame)),
        src_color_range=full,
        dst_color_range=full,
        **how,
    )


def to_yuv(frame, pixels, matrix, kept=None, location=LEFT):
    """Returns PyAV's frame in a YUV format; its time is to be set, if it had none.

    Args:
        frame: `av.VideoFrame` in an RGB format.
        pixels: FFmpeg's name of the format.
        matrix: of `MATRIX_NAMES`.
        kept: a `Reformatter` that is kept for many frames, or None.
        location: of `tfvgan.data.siting.LOCATIONS`, where colours that pixels share are to lie.
    """
    import av
    from av.video.reformatter import ColorRange, Interpolation

    shared = shares_colours(av.VideoFormat(pixels))
    how = scaling() | Interpolation.FULL_CHR_H_INP if shared else scaling()  # Else pairs are mixed.
    return (kept or Reformatter()).reformat(
        frame,
        location if shared else "",
        format=pixels,
        dst_colorspace=_colorspace(matrix),
        dst_color_range=ColorRange.JPEG if pixels.startswith("yuvj") else ColorRange.MPEG,
        interpolation=how,
    )


def _colorspace(matrix):
    """Returns PyAV's name of a matrix; None for those that it takes as frames say."""
    from av.video.reformatter import Colorspace

    named = {BT709: Colorspace.ITU709, BT601: Colorspace.ITU601, BT2020: Colorspace.BT2020}
    return named.get(matrix)
