"""Segmentation, as runs train and publish it."""

from tfvgan.data.masks import BLACK_AND_WHITE, palette
from tfvgan.networks import SegmenterGenerator
from tfvgan.tasks.application import Application
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.segmentation.batches import batches
from tfvgan.tasks.segmentation.card import PublishedSegmenter
from tfvgan.tasks.segmentation.segmenter import Segmenter
from tfvgan.tasks.segmentation.video_segmenter import VideoSegmenter

WEIGHTS = ("steady", "adversarial")


class Segmentation(Application):
    """Masks of what is in videos."""

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

    def cool_down(self, network):
        """Returns the share in which learning rates fall, a half."""
        return 0.5

    def alone(self, network, **known):
        """Returns the `Segmenter` of its network."""
        return Segmenter(network) if isinstance(network, SegmenterGenerator) else None

    def for_edge(self, model, edge, settings):
        """Returns the `Segmenter` of frames of that size; the model itself without one."""
        segmenter = getattr(model, "segmenter", model)
        if not isinstance(segmenter, Segmenter):
            return None
        return model if edge is None else segmenter.resized(edge)

    def card(self, given):
        """Returns what is published of a segmenter."""
        segmenter = getattr(given.model, "segmenter", given.model)
        return PublishedSegmenter(given) if isinstance(segmenter, Segmenter) else None


def _classes(settings):
    """Returns how many classes masks have: of a palette its colours, and else two."""
    return len(palette(settings.palette or BLACK_AND_WHITE))
