"""Models as they are exported: as what they are for, and for frames of which size."""

from tfvgan.runs.restorers import is_codec
from tfvgan.tasks import Enhancer, Restorer
from tfvgan.tasks.compression.learned_codec import network_in
from tfvgan.tasks.compression.synthesis import EDGE, Halves


def for_edge(model, edge=None, run=None):
    """Returns what to export of a model, so that edge devices are handed frames of this size.

    Args:
        model: what `load_model` returned.
        edge: `(height, width)` in pixels; None leaves the model as it is, but for the network of a
            learned codec on its own, which has no endpoints, and a restorer that is a codec's,
            which becomes an `Enhancer`, as when it is published.
        run: where it was loaded from; a run says what it learned from, and so what it is.

    Raises:
        ValueError: when the model makes videos of one size alone.
    """
    network = network_in(model)
    if network is not None and (edge is not None or network is model):
        return Halves(network, EDGE if edge is None else edge)
    restorer = getattr(model, "restorer", model)
    if is_codec(model, run) and not isinstance(restorer, Enhancer):
        model = restorer = Enhancer(restorer.generator, restorer.strength, restorer.level)
    if edge is None:
        return model
    if isinstance(restorer, Restorer):
        return type(restorer)(restorer.generator, restorer.strength, restorer.level, edge)
    raise ValueError(
        "`edge` (--edge) is for restorers and codecs, which take frames of any size, but this is a "
        f"{type(model).__name__}: leave it out."
    )
