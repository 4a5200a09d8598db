"""Frozen networks with their weights in place."""

import functools
from concurrent.futures import ThreadPoolExecutor

import keras

from tfvgan.weights import store
from tfvgan.weights.catalogue import find


def network(name: str) -> keras.Model:
    """Returns the frozen network of that name with its weights, one and the same per process.

    "i3d" is an `I3D`, "lpips-alex" and "lpips-vgg" are an `Lpips`, whose `backbone` is an
    `AlexNet` or a `VGG16`. Those that restore are an `NcnnNetwork`, a `BasicVSR` or an
    `FFDNet`.

    Args:
        name: such as "i3d"; see `tfvgan weights list`.

    Raises:
        MissingWeights: when the weights have not been fetched, or are damaged.
        ValueError: when no weights have that name.
    """
    return _built_alone(find(name).name, store.folder())


@functools.cache
def _built_alone(name, folder):
    # Whoever asks may be in the middle of tracing a graph, where an assignment would be recorded
    # rather than done, or inside another layer's scope. A thread of its own knows nothing of that.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(_build, name).result()


def _build(name):
    arrays = store.load(name)
    model = find(name).build(arrays)
    model.build()
    for variable in model.weights:
        variable.assign(arrays[variable.path.removeprefix(f"{model.name}/")])
    return model
