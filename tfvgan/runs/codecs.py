"""A run of the network "codec": its model, and the batches that it learns from."""

from tfvgan.runs.phases import first_phase, go_on
from tfvgan.runs.restorers import SQUARE, squares
from tfvgan.tasks import VideoCodec

CODEC = "codec"


def make_codec(settings):
    """Returns a compiled `VideoCodec`: new, or one that begins where another run ended.

    Args:
        settings: `Settings`.

    Raises:
        ValueError: when clips are too short, or the other run is none of a codec, or of one with
            other numbers.
    """
    shown = settings.window or settings.frames
    if shown < 3:
        raise ValueError(
            f"A codec learns from 3 frames or more at once, but is shown {shown}: ask for more "
            f"`{'window' if settings.window else 'frames'}`."
        )
    given = {"width": settings.width, "depth": settings.depth}
    numbers = {name: value for name, value in given.items() if value is not None}
    first = first_phase(settings, VideoCodec, CODEC)
    if first is None:
        return VideoCodec.from_preset(square(settings), settings.seed, **numbers)
    return go_on(first, settings, square(settings), CODEC, **numbers)


def square(settings):
    """Returns the side of the squares that a codec is shown: what was asked for, or what fits."""
    return settings.square or min(SQUARE, settings.size)


def codec_batches(clips_from, settings, start):
    """Returns the batches that a codec reads, squares of clips, `{"video": ...}` alone.

    Args:
        clips_from, settings, start: as of `restorer_batches`.
    """
    pairs = squares(clips_from, settings, start, ["clean"], square(settings), 1)
    return pairs.map(lambda batch: {"video": batch["video"]})
