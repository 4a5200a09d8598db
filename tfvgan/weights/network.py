"""Frozen networks with their weights in place."""

import functools

from tfvgan.networks.frozen import I3D, VGG16, AlexNet, Lpips
from tfvgan.weights import store
from tfvgan.weights.catalogue import find

BUILDERS = {
    "i3d": lambda: I3D(name="i3d"),
    "lpips-alex": lambda: Lpips(AlexNet(name="alexnet"), name="lpips"),
    "lpips-vgg": lambda: Lpips(VGG16(name="vgg16"), name="lpips"),
}


def network(name):
    """Returns the frozen network of that name with its weights, one and the same per process.

    "i3d" is an `I3D`, "lpips-alex" and "lpips-vgg" are an `Lpips`, whose `backbone` is an
    `AlexNet` or a `VGG16`.

    Args:
        name: such as "i3d"; see `tfvgan weights list`.

    Raises:
        MissingWeights: when the weights have not been fetched, or are damaged.
        ValueError: when no weights have that name.
    """
    return made(find(name).name, store.folder())


@functools.cache
def made(name, folder):
    """Returns the network, made of the weights in the folder."""
    arrays = store.load(name)
    model = BUILDERS[name]()
    model.build()
    for variable in model.weights:
        variable.assign(arrays[relative_path(variable, model)])
    return model


def relative_path(variable, model):
    """Returns the variable's path below the model, wherever the model was built."""
    return variable.path.rpartition(f"{model.name}/")[2]
