"""Stylization, as runs train and publish it."""

from pathlib import Path

from PIL import Image

from tfvgan.data.stills import read_still
from tfvgan.networks import StylizerGenerator
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.stepping import Stepping
from tfvgan.tasks.stylization.batches import batches, blended, filtered, panned
from tfvgan.tasks.stylization.card import PublishedStylizer
from tfvgan.tasks.stylization.stylizer import Stylizer
from tfvgan.tasks.stylization.video_stylizer import VideoStylizer

TEACHERS = ("filter", "style", "pairs")
WEIGHTS = ("steady", "perceptual", "adversarial")
LARGEST = 4  # Squares along the shorter side of a style's picture: larger ones are shrunk.


class Stylization(Stepping):
    """Videos in another style."""

    network, stepper, published = StylizerGenerator, Stylizer, PublishedStylizer

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoStylizer`.

        Raises:
            ValueError: when not one of filter, style and pairs is given, a weight that has no use,
                or a run to begin with that holds no stylizer, or one with other numbers.
        """
        _real(settings)
        weights = given(settings, *WEIGHTS)
        if settings.steady == 0:
            weights["ping_pong"] = 0.0  # It keeps from flickering, too.
        square, paired = shown_side(settings), settings.style is None
        begin = first_phase(settings, (VideoStylizer, Stylizer), "stylizer", load)
        how = {"weights": weights, "begin": begin, **given(settings, "width", "depth")}
        return VideoStylizer.from_preset(square, paired, settings.seed, **how)

    def batches(self, clips_from, settings, start):
        """Returns squares of the clips beside what is real; see `batches`."""
        size = shown_side(settings)
        return batches(clips_from(start), _real(settings), size, settings.seed, start)


def _real(settings):
    """Returns what makes that which counts as real, as the settings say."""
    teachers = given(settings, *TEACHERS)
    if len(teachers) != 1:
        came = f"came {' and '.join(teachers)}" if teachers else "none came"
        raise ValueError(
            "A stylizer learns one style, from one teacher: give `filter` (--filter), `style` "
            "(--style), a picture or a folder of pictures, or `pairs` (--pairs), videos in the "
            f"style; {came}."
        )
    if settings.pairs is not None:
        return blended
    if settings.filter is not None:
        return filtered(settings.filter)
    return panned(read_pictures(settings.style, LARGEST * shown_side(settings)))


def read_pictures(path, shorter):
    """Returns the pictures of a file or a folder, list of uint8 `(h, w, 3)`, in order of names.

    What a folder has besides, such as notes, is left out: what has no picture's ending.

    Args:
        path: of a picture, or of a folder of them.
        shorter: pixels of the shorter side, at most: larger pictures are shrunk.

    Raises:
        ValueError: when there is none, or one that cannot be read.
    """
    place = Path(path)
    files = (
        sorted(file for file in place.iterdir() if file.is_file()) if place.is_dir() else [place]
    )
    found = []
    for file in files:
        try:
            found.append(read_still(file, shorter))
        except (OSError, ValueError) as error:
            if file == place or file.suffix.lower() in Image.registered_extensions():
                raise ValueError(
                    f"`style` must be a picture or a folder of pictures, but `{file}` cannot be "
                    f"read as one ({error}): mend it, or take it away."
                ) from error
    if not found:
        raise ValueError(
            f"`style` must be a folder with pictures (such as .jpg or .png), but `{path}` has none."
        )
    return found
