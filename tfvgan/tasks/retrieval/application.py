"""Retrieval, as runs train and publish it."""

from tfvgan.networks import EmbedderDiscriminator
from tfvgan.tasks.application import Application
from tfvgan.tasks.chosen import given
from tfvgan.tasks.phases import first_phase
from tfvgan.tasks.retrieval.batches import batches
from tfvgan.tasks.retrieval.card import PublishedEmbedder
from tfvgan.tasks.retrieval.embedder import Embedder
from tfvgan.tasks.retrieval.video_embedder import VideoEmbedder


class Retrieval(Application):
    """Videos as vectors."""

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoEmbedder`.

        Raises:
            ValueError: when the size is none, or a run to begin with holds no embedder, or one with
                other numbers.
        """
        begin = first_phase(settings, (VideoEmbedder, Embedder), "embedder", load)
        how = {"weights": given(settings, "adversarial"), "begin": begin}
        how |= given(settings, "width")
        return VideoEmbedder.from_preset(settings.size, settings.seed, **how)

    def batches(self, clips_from, settings, start):
        """Returns two edits of a window of each clip; see `batches`."""
        return batches(clips_from(start), settings.size, settings.fps, settings.seed, start)

    def cool_down(self, network):
        """Returns the share in which learning rates fall, a half."""
        return 0.5

    def alone(self, network, **facts):
        """Returns the `Embedder` of its network."""
        return Embedder(network) if isinstance(network, EmbedderDiscriminator) else None

    def for_edge(self, model, edge, settings):
        """Returns the embedder, whose windows are of one size alone."""
        held = getattr(model, "embedder", model)
        return held if isinstance(held, Embedder) and edge is None else None

    def card(self, given):
        """Returns the `PublishedEmbedder` of a `VideoEmbedder` or an `Embedder`."""
        held = getattr(given.model, "embedder", given.model)
        return PublishedEmbedder(given, held) if isinstance(held, Embedder) else None
