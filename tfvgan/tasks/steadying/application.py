"""Steadying, as runs train and publish it."""

from tfvgan.networks import SteadierGenerator
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.steadying.batches import batches
from tfvgan.tasks.steadying.card import PublishedSteadier
from tfvgan.tasks.steadying.steadier import Steadier
from tfvgan.tasks.steadying.video_steadier import VideoSteadier
from tfvgan.tasks.stepping import Stepping

WEIGHTS = ("steady", "perceptual", "adversarial")


class Steadying(Stepping):
    """What tools made of videos, without its flicker."""

    network, stepper, published = SteadierGenerator, Steadier, PublishedSteadier

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoSteadier`.

        Raises:
            ValueError: when a run to begin with holds no steadier, or one with other numbers.
        """
        begin = first_phase(settings, (VideoSteadier, Steadier), "steadier", load)
        how = {"weights": given(settings, *WEIGHTS), **given(settings, "width", "depth")}
        how["begin"] = begin
        return VideoSteadier.from_preset(shown_side(settings), settings.seed, **how)

    def batches(self, clips_from, settings, start):
        """Returns squares of the clips beside copies that flicker; see `batches`."""
        return batches(clips_from(start), shown_side(settings), settings.seed, start)
