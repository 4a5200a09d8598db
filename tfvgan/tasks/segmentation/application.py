"""Segmentation, as runs train and publish it."""

from pathlib import Path

from tfvgan.data.composites import Staging, read_cutouts
from tfvgan.data.masks import BLACK_AND_WHITE, palette
from tfvgan.networks import SegmenterGenerator
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.segmentation.batches import batches
from tfvgan.tasks.segmentation.card import PublishedSegmenter
from tfvgan.tasks.segmentation.segmenter import Segmenter
from tfvgan.tasks.segmentation.video_segmenter import VideoSegmenter
from tfvgan.tasks.stepping import Stepping

WEIGHTS = ("steady", "adversarial")
# What is to be cut out, or nothing of it, among things that move, too, and in front of what moves.
AMONG_OTHERS = Staging(things=(0, 2), frozen=0.5, cutouts=0.8, kind=0)
FINER = 1.5  # Pixels that cut-outs are read with, for each of a square's.


class Segmentation(Stepping):
    """Masks of what is in videos."""

    network, stepper, published = SegmenterGenerator, Segmenter, PublishedSegmenter

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoSegmenter`.

        Raises:
            ValueError: when the palette is none, or a run to begin with holds no segmenter, or one
                with other numbers.
        """
        begin = first_phase(settings, (VideoSegmenter, Segmenter), "segmenter", load)
        how = {"weights": given(settings, *WEIGHTS), "begin": begin}
        how |= {"classes": _classes(settings), **given(settings, "width", "depth")}
        return VideoSegmenter.from_preset(shown_side(settings), settings.seed, **how)

    def batches(self, clips_from, settings, start):
        """Returns squares of the clips beside their masks; see `batches`.

        Raises:
            ValueError: when the folder of cut-outs holds none.
        """
        size, classes = shown_side(settings), _classes(settings)
        how = {"moves": settings.steady != 0}
        if settings.cutouts is not None:
            how |= {"staging": AMONG_OTHERS, "cutouts": _cutouts(settings.cutouts, size)}
        return batches(clips_from(start), size, classes, settings.seed, start, **how)


def _classes(settings):
    """Returns how many classes masks have: of a palette its colours, and else two."""
    return len(palette(settings.palette or BLACK_AND_WHITE))


def _cutouts(folder, size):
    """Returns the cut-outs of a folder, of `videos` and `alphas`.

    Raises:
        ValueError: when it has no such folders, or there is nothing to cut out.
    """
    videos, alphas = (Path(folder) / name for name in ("videos", "alphas"))
    if not (videos.is_dir() and alphas.is_dir()):
        raise ValueError(
            f"`cutouts` must be a folder with videos/ and alphas/ in it, but `{folder}` lacks "
            "one: put the videos into the first, and what is to be cut out of them into the other."
        )
    found = read_cutouts(videos, alphas, round(FINER * size))
    if not found:
        raise ValueError(
            f"`cutouts` must hold something to cut out, but all of `{alphas}` is black: paint "
            "white what is to be cut out."
        )
    return found
