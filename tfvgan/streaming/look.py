"""What the frames of a file don't say themselves: the shape of pixels, colours, transparency."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.colours import UNSAID, has_alpha
from tfvgan.data.orientation import Orientation
from tfvgan.data.pyav import is_transparent


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
UPRIGHT = Orientation()


def look_of(stream, orientation=UPRIGHT):
    """Returns the `Look` of upright frames of a stream, whose stored ones have an `Orientation`."""
    context = stream.codec_context
    aspect = stream.sample_aspect_ratio or Fraction(1)
    return Look(
        aspect=Fraction(*orientation.sides(aspect.numerator, aspect.denominator)),
        primaries=context.color_primaries,
        transfer=context.color_trc,
        alpha=is_transparent(stream) or (context.format is not None and has_alpha(context.format)),
    )
