"""Restoration, as runs train and publish it."""

from tfvgan.data.degraded import degraded_pairs, prepare_degraded
from tfvgan.data.pairs import pairs
from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks.chosen import given, shown_side
from tfvgan.tasks.phases import first_phase, go_on, taken_over
from tfvgan.tasks.restoration.card import PublishedRestorer
from tfvgan.tasks.restoration.recipes import CODED, recipes
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.tasks.restoration.video_restorer import VideoRestorer
from tfvgan.tasks.stepping import Stepping

RESTORER = "restorer"
FACTOR = 2


class Restoration(Stepping):
    """Videos made larger, cleaner and whole."""

    network, stepper, published = RestorerGenerator, Restorer, PublishedRestorer

    def make(self, settings, num_classes, load):
        """Returns a compiled `VideoRestorer`; see `make_restorer`."""
        return make_restorer(settings, load)

    def prepare(self, cache, settings):
        """Degrades the clips ahead where `versions` of them are asked for."""
        if settings.versions:
            versions_of(cache, settings)

    def batches(self, clips_from, settings, start):
        """Returns pairs of degraded and real clips; see `restorer_batches`."""
        return restorer_batches(clips_from, settings, start)


def make_restorer(settings, load):
    """Returns a compiled `VideoRestorer`: new, or one that begins where another ended.

    Args:
        settings: `Settings`.
        load: function from the folder of a run, or of what was published, to its model.

    Raises:
        ValueError: when the other is none of a restorer, or of one with other numbers.
    """
    learnt = recipes(settings)
    side, factor = shown_side(settings), settings.factor or FACTOR
    numbers = {"masked": "holes" in learnt, "leveled": bool({"noisy", CODED} & set(learnt))}
    numbers |= given(settings, "width", "depth")
    first = first_phase(settings, (VideoRestorer, Restorer), RESTORER, load)
    if first is None:
        return VideoRestorer.from_preset(side, factor, settings.seed, **numbers)
    if isinstance(first, Restorer):  # A published one, which has no discriminator.
        network = taken_over(first.generator, RESTORER, {"factor": factor, **numbers})
        first = VideoRestorer(network, RestorerDiscriminator(side, factor))
    return go_on(first, settings, side, RESTORER, factor=factor, **numbers)


def restorer_batches(clips_from, settings, start):
    """Returns the batches of a restorer, degraded from batches of clips.

    Args:
        clips_from: function from a number of batches to the data set of `tfvgan.data.clips` without
            these first ones, whose attributes are the `cache` and the `share` of the clips.
        settings: `Settings`.
        start: int, batches of the restorer to leave out.
    """
    side = shown_side(settings)
    if settings.versions:
        cache = clips_from.cache
        how = {"seed": settings.seed, "start": start, "window": settings.window}
        how |= {"batch_size": settings.batch_size, "flip": settings.flip, "share": clips_from.share}
        return degraded_pairs(cache, versions_of(cache, settings), size=side, **how)
    factor = settings.factor or FACTOR
    return squares(clips_from, settings, start, recipes(settings), side, factor)


def versions_of(cache, settings):
    """Returns the degraded clips of a run's, a `ClipCache`, made if they are not there yet.

    Args:
        cache: `ClipCache` of the run's clips.
        settings: `Settings`.
    """
    factor = settings.factor or FACTOR
    return prepare_degraded(cache, recipes(settings), factor, settings.versions, settings.seed)


def squares(clips_from, settings, start, recipes, size, factor):
    """Returns the batches of `tfvgan.data.pairs` from one on, in windows of the settings.

    Args:
        clips_from, settings, start: as of `restorer_batches`.
        recipes, size, factor: as of `pairs`.
    """
    left, rest = divmod(start, settings.frames // (settings.window or settings.frames) or 1)
    how = {"seed": settings.seed, "start": left, "window": settings.window}
    return pairs(clips_from(left), recipes, size, factor, **how).skip(rest)
