"""The look of a file's frames: shape of pixels, colours, transparency."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.colours import DEEP, UNSAID, YUV420, chroma_of, depth_of, has_alpha, is_rgb
from tfvgan.data.errors import say_once
from tfvgan.data.orientation import Orientation
from tfvgan.data.pyav import is_transparent


class Look(NamedTuple):
    """Facts about frames that their pixels lack.

    `aspect` is a pixel's width by its height, `stretch` how many times as wide frames are still to
    be made; `primaries` and `transfer` are FFmpeg's numbers, `alpha` says whether there may be
    transparency, `depth` how many bits a colour has, `chroma` how many pixels share one, across and
    down, `hdr` what is said beside of HDR, as options of x265, see `tfvgan.data.hdr`.
    """

    aspect: Fraction = Fraction(1)
    stretch: Fraction = Fraction(1)
    primaries: int = UNSAID
    transfer: int = UNSAID
    alpha: bool = False
    depth: int = DEEP
    chroma: tuple = YUV420
    hdr: tuple = ()


PLAIN = Look()
UPRIGHT = Orientation()


def describe(stream, look):
    """Writes the primaries and the transfer of a `Look` into a new stream."""
    context = stream.codec_context
    if look.primaries != UNSAID:
        context.color_primaries = look.primaries
    if look.transfer != UNSAID:
        context.color_trc = look.transfer


def tell_hdr(kinds, name):
    """Warns that some kinds of HDR metadata, texts, are left out."""
    if kinds:
        names = ", ".join(kind.lower().replace("_", " ") for kind in kinds)
        say_once(f"{name}: what it says of HDR beside its transfer is left out ({names}).")


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
        chroma=YUV420 if form is None or is_rgb(form) else chroma_of(form),
    )
