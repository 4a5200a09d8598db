"""Segmentation, as runs train and publish it."""

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
        """Returns squares of the clips beside their masks; see `batches`."""
        size, classes = shown_side(settings), _classes(settings)
        return batches(clips_from(start), size, classes, settings.seed, start)


def _classes(settings):
    """Returns how many classes masks have: of a palette its colours, and else two."""
    return len(palette(settings.palette or BLACK_AND_WHITE))
