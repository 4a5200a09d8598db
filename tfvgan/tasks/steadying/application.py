"""Steadying, as runs train and publish it."""

from tfvgan.networks import SteadierGenerator
from tfvgan.tasks.application import Application
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.steadying.batches import batches
from tfvgan.tasks.steadying.card import PublishedSteadier
from tfvgan.tasks.steadying.steadier import Steadier
from tfvgan.tasks.steadying.video_steadier import VideoSteadier

WEIGHTS = ("steady", "perceptual", "adversarial")


class Steadying(Application):
    """What tools made of videos, without its flicker."""

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

    def cool_down(self, network):
        """Returns the share in which learning rates fall, a half."""
        return 0.5

    def alone(self, network, **known):
        """Returns the `Steadier` of its network."""
        return Steadier(network) if isinstance(network, SteadierGenerator) else None

    def for_edge(self, model, edge, settings):
        """Returns the `Steadier` of frames of that size; the model itself without one."""
        steadier = getattr(model, "steadier", model)
        if not isinstance(steadier, Steadier):
            return None
        return model if edge is None else steadier.resized(edge)

    def card(self, given):
        """Returns what is published of a steadier."""
        steadier = getattr(given.model, "steadier", given.model)
        return PublishedSteadier(given) if isinstance(steadier, Steadier) else None
