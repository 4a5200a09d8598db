"""Models whose .tflite files are for frames of another size."""

from tfvgan.tasks import Restorer
from tfvgan.tasks.halves import EDGE, Halves
from tfvgan.tasks.learned import network_in


def for_edge(model, edge=None):
    """Returns what to export of a model, so that edge devices are handed frames of this size.

    Args:
        model: what `load_model` returned.
        edge: `(height, width)` in pixels; None leaves the model as it is, but for the network of a
            learned codec on its own, which has no endpoints.

    Raises:
        ValueError: when the model makes videos of one size alone.
    """
    network = network_in(model)
    if network is not None and (edge is not None or network is model):
        return Halves(network, EDGE if edge is None else edge)
    if edge is None:
        return model
    restorer = getattr(model, "restorer", model)
    if isinstance(restorer, Restorer):
        return type(restorer)(restorer.generator, restorer.strength, restorer.level, edge)
    raise ValueError(
        "`edge` (--edge) is for restorers and codecs, which take frames of any size, but this is a "
        f"{type(model).__name__}: leave it out."
    )
