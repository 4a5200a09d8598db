"""What the numbers of a frame mean: shape of its pixels, its colours, whether it has an alpha."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.pyav import is_full_range, is_transparent

HD = 720  # Pixels of height from which players take colours for BT.709, whatever a file says.
MATRICES = {True: ("bt709", "ITU709"), False: ("smpte170m", "ITU601")}  # FFmpeg's, PyAV's names.
UNSAID = 2  # FFmpeg's number of matrices, transfers and primaries that a file doesn't tell.
RESERVED = 3  # And of those that mean nothing.


class Look(NamedTuple):
    """What frames don't say themselves.

    `aspect` is a pixel's width by its height, `stretch` how many times as wide frames are still to
    be made; `primaries` and `transfer` are FFmpeg's numbers, `alpha` says whether there may be
    transparency.
    """

    aspect: Fraction = Fraction(1)
    stretch: Fraction = Fraction(1)
    primaries: int = UNSAID
    transfer: int = UNSAID
    alpha: bool = False


PLAIN = Look()


def look_of(stream, rotation=0):
    """Returns the `Look` of upright frames of a stream, which are turned by `rotation` degrees."""
    context = stream.codec_context
    aspect = stream.sample_aspect_ratio or Fraction(1)
    return Look(
        aspect=1 / aspect if rotation % 180 else aspect,
        primaries=context.color_primaries,
        transfer=context.color_trc,
        alpha=is_transparent(stream) or (context.format is not None and has_alpha(context.format)),
    )


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
