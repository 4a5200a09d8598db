"""From FFmpeg's frames to RGB and back: matrices that files don't say, colours of half the size."""

from tfvgan.data.pyav import is_full_range

HD = 720  # Pixels of height from which players take colours for BT.709, whatever a file says.
MATRICES = {True: ("bt709", "ITU709"), False: ("smpte170m", "ITU601")}  # FFmpeg's, PyAV's names.
UNSAID = 2  # FFmpeg's number of matrices, transfers and primaries that a file doesn't tell.
RESERVED = 3  # And of those that mean nothing.


def has_alpha(form):
    """Returns whether frames of a pixel format of PyAV may be transparent."""
    return form.has_palette or any(part.is_alpha for part in form.components)


def scaling():
    """Returns how FFmpeg is to scale: what it does to colours of half the size by itself shows."""
    from av.video.reformatter import Interpolation

    return Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND


def to_rgb(frame, size=None):
    """Returns PyAV's frame as uint8 `(h, w, 3)`, or `(h, w, 4)` where it may be transparent.

    Colours whose matrix the file doesn't say are those that players take them for.

    Args:
        frame: `av.VideoFrame`.
        size: `(height, width)` that it is scaled to, if it is not of that.
    """
    from av.video.reformatter import ColorRange, Colorspace

    full = ColorRange.JPEG if is_full_range(frame) else None
    unsaid = not frame.format.is_rgb and int(frame.colorspace) in (UNSAID, RESERVED)
    height, width = size or (frame.height, frame.width)
    return frame.reformat(
        width=width,
        height=height,
        format="rgba" if has_alpha(frame.format) else "rgb24",
        interpolation=scaling(),
        src_colorspace=Colorspace[MATRICES[frame.height >= HD][1]] if unsaid else None,
        src_color_range=full,
        dst_color_range=full,
    ).to_ndarray()


def to_yuv(frame, pixels, height):
    """Returns PyAV's frame in a YUV format, by the matrix that players take frames of a height for.

    Args:
        frame: `av.VideoFrame`.
        pixels: FFmpeg's name of the format.
        height: of the video.
    """
    from av.video.reformatter import Colorspace

    matrix = Colorspace[MATRICES[height >= HD][1]]
    return frame.reformat(format=pixels, dst_colorspace=matrix, interpolation=scaling())
