"""Enlargement, as runs train it; an enlarger is published beside its generator."""

from tfvgan.networks import EnlargerGenerator
from tfvgan.tasks.application import Application
from tfvgan.tasks.enlargement.enlarger import Enlarger
from tfvgan.tasks.enlargement.video_enlarger import VideoEnlarger


class Enlargement(Application):
    """Small videos made larger."""

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoEnlarger`; see `Application.make`."""
        chosen = {"width": settings.width, "factor": settings.factor}
        chosen = {name: value for name, value in chosen.items() if value is not None}
        return VideoEnlarger.from_preset(
            frames=settings.frames, size=settings.size, seed=settings.seed, **chosen
        )

    def alone(self, network, **facts):
        """Returns the `Enlarger` of its network."""
        if not isinstance(network, EnlargerGenerator):
            return None
        return Enlarger(network, **{name: facts[name] for name in ("draws",) if name in facts})
