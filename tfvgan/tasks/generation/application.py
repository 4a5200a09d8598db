"""Generation, as runs train and publish it."""

from tfvgan.networks import Generator
from tfvgan.tasks.application import Application
from tfvgan.tasks.generation.card import PublishedSampler
from tfvgan.tasks.generation.sampler import Sampler
from tfvgan.tasks.generation.video_gan import VideoGAN

COOL_DOWN = {"continuous": 0.5}  # The last share of training in which learning rates fall.


class Generation(Application):
    """Videos from noise."""

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoGAN`; see `Application.make`."""
        width = {} if settings.width is None else {"width": settings.width}
        return VideoGAN.from_preset(
            settings.network, settings.frames, settings.size, num_classes, settings.seed, **width
        )

    def cool_down(self, network):
        """Returns the share in which learning rates fall, of "continuous" a half."""
        return COOL_DOWN.get(network, 0.0)

    def alone(self, network, **facts):
        """Returns the `Sampler` of a generator of videos from noise."""
        if not isinstance(network, Generator):
            return None
        takes = ("class_names", "fps", "draws")
        return Sampler(network, **{name: facts[name] for name in takes if name in facts})

    def card(self, given):
        """Returns the `PublishedSampler` of a `VideoGAN` or a `Sampler`."""
        return PublishedSampler(given) if hasattr(given.model, "generate") else None
