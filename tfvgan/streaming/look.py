"""What the frames of a file don't say themselves: the shape of pixels, colours, transparency."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.colours import DEEP, UNSAID, depth_of, has_alpha
from tfvgan.data.errors import say_once
from tfvgan.data.orientation import Orientation
from tfvgan.data.pyav import is_transparent


class Look(NamedTuple):
    """What frames don't say themselves.

    `aspect` is a pixel's width by its height, `stretch` how many times as wide frames are still to
    be made; `primaries` and `transfer` are FFmpeg's numbers, `alpha` says whether there may be
    transparency, `depth` how many bits a colour has.
    """

    aspect: Fraction = Fraction(1)
    stretch: Fraction = Fraction(1)
    primaries: int = UNSAID
    transfer: int = UNSAID
    alpha: bool = False
    depth: int = DEEP


PLAIN = Look()
UPRIGHT = Orientation()
# What FFmpeg calls what frames say of HDR, and encoders are not told.
HDR = (
    *("MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL", "DYNAMIC_HDR_PLUS", "DOVI_METADATA"),
    "DYNAMIC_HDR_VIVID",
)


def describe(stream, look):
    """Lets a new stream say the primaries and the transfer of a `Look`."""
    context = stream.codec_context
    if look.primaries != UNSAID:
        context.color_primaries = look.primaries
    if look.transfer != UNSAID:
        context.color_trc = look.transfer


def tell_hdr(frame, name):
    """Says what a film's first frame, PyAV's, says of HDR beside its colours: it is left out."""
    found = [part.type.name for part in frame.side_data if part.type.name in HDR]
    if found:
        told = ", ".join(kind.lower().replace("_", " ") for kind in found)
        say_once(f"{name}: what it says of HDR beside its transfer is left out ({told}).")


def look_of(stream, orientation=UPRIGHT):
    """Returns the `Look` of upright frames of a stream, whose stored ones have an `Orientation`."""
    context = stream.codec_context
    aspect = stream.sample_aspect_ratio or Fraction(1)
    form = context.format
    return Look(
        aspect=Fraction(*orientation.sides(aspect.numerator, aspect.denominator)),
        primaries=context.color_primaries,
        transfer=context.color_trc,
        alpha=is_transparent(stream) or (form is not None and has_alpha(form)),
        depth=DEEP if form is None else max(depth_of(form), DEEP),
    )
