"""Compression, as runs train and publish it: learned and enhanced codecs."""

from tfvgan.networks import RestorerGenerator
from tfvgan.tasks.application import Application
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.compression.card import PublishedCodec
from tfvgan.tasks.compression.enhancer import Enhancer
from tfvgan.tasks.compression.learned_card import PublishedLearned
from tfvgan.tasks.compression.learned_codec import network_in
from tfvgan.tasks.compression.synthesis import EDGE, Transforms
from tfvgan.tasks.compression.video_codec import VideoCodec
from tfvgan.tasks.phases import first_phase, go_on
from tfvgan.tasks.restoration.application import squares
from tfvgan.tasks.restoration.recipes import CODED, learnt
from tfvgan.tasks.restoration.restorer import Restorer

CODEC = "codec"


class Compression(Application):
    """Videos in few bits. The network of an enhanced codec is trained as a restorer."""

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoCodec`; see `make_codec`."""
        return make_codec(settings, load)

    def batches(self, clips_from, settings, start):
        """Returns squares of clips; see `codec_batches`."""
        return codec_batches(clips_from, settings, start)

    def cool_down(self, network):
        """Returns the share in which learning rates fall, a half."""
        return 0.5

    def alone(self, network, codec=False, **facts):
        """Returns the `Enhancer` of a restorer's network that is marked as a codec's."""
        return Enhancer(network) if codec and isinstance(network, RestorerGenerator) else None

    def for_edge(self, model, edge, settings):
        """Returns the `Transforms` of a learned codec, or the `Enhancer` of an enhanced one."""
        network = network_in(model)
        if network is not None:
            alone = network is model  # It has no endpoints of its own.
            return Transforms(network, EDGE if edge is None else edge) if alone or edge else model
        if not is_codec(model, settings):
            return None
        restorer = getattr(model, "restorer", model)
        if not isinstance(restorer, Enhancer):
            model = restorer = Enhancer(restorer.generator, restorer.strength, restorer.level)
        return model if edge is None else restorer.resized(edge)

    def card(self, given):
        """Returns the `PublishedLearned` or the `PublishedCodec` of a codec."""
        if network_in(given.model) is not None:
            return PublishedLearned(given)
        return PublishedCodec(given) if is_codec(given.model, given.settings) else None


def is_codec(model, settings):
    """Returns whether a model is the network of an enhanced codec, by its class or recipe.

    Args:
        model: `Restorer` or what has one; anything else is none.
        settings: `Settings` of its run, or None.
    """
    restorer = getattr(model, "restorer", model)
    if isinstance(restorer, Enhancer):
        return True
    return isinstance(restorer, Restorer) and restorer.factor == 1 and CODED in learnt(settings)


def make_codec(settings, load):
    """Returns a compiled `VideoCodec`: new, or one that begins where another run ended.

    Args:
        settings: `Settings`.
        load: function from the folder of a run to its model.

    Raises:
        ValueError: when the other run is none of a codec, or of one with other numbers.
    """
    numbers = given(settings, "width", "depth")
    first = first_phase(settings, VideoCodec, CODEC, load)
    if first is None:
        return VideoCodec.from_preset(shown_side(settings), settings.seed, **numbers)
    return go_on(first, settings, shown_side(settings), CODEC, **numbers)


def codec_batches(clips_from, settings, start):
    """Returns the batches that a codec reads, squares of clips, `{"video": ...}` alone.

    Args:
        clips_from, settings, start: as of `restorer_batches`.
    """
    pairs = squares(clips_from, settings, start, ["clean"], shown_side(settings), 1)
    return pairs.map(lambda batch: {"video": batch["video"]})
