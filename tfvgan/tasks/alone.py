"""A trained network on its own, as what it does; nothing of the training is needed."""

from tfvgan.networks import EnlargerGenerator, RestorerGenerator
from tfvgan.networks.network import Generator
from tfvgan.tasks.enhancer import Enhancer
from tfvgan.tasks.enlarging import Enlarger
from tfvgan.tasks.restoring import Restorer
from tfvgan.tasks.sampling import Sampler

KINDS = (
    (EnlargerGenerator, Enlarger, ("draws",)),
    (RestorerGenerator, Restorer, ()),
    (Generator, Sampler, ("class_names", "fps", "draws")),
)


def alone(model, codec=False, **known):
    """Returns the `Sampler`, `Enlarger` or `Restorer` of a network; any other model as it is.

    Args:
        model: what was loaded.
        codec: bool, whether a restorer is a codec's, an `Enhancer`; other networks take no notice.
        **known: further arguments of it, as far as it takes them.

    Raises:
        ValueError: when a network can't be what it is said to be.
    """
    if codec and isinstance(model, RestorerGenerator):
        return Enhancer(model)
    for network, kind, takes in KINDS:
        if isinstance(model, network):
            return kind(model, **{name: known[name] for name in takes if name in known})
    return model
