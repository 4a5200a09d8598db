"""Models for export to edge devices, with frames of their size."""

from tfvgan.applications import applications
from tfvgan.runs.loading import settings_at


def for_edge(model: object, edge: tuple[int, int] | None = None, run: object = None) -> object:
    """Returns the model to export for edge devices with frames of this size.

    Args:
        model: what `load_model` returned.
        edge: `(height, width)` in pixels; None leaves the model as it is, but for the network of a
            learned codec on its own, which has no endpoints, and a restorer that is a codec's,
            which becomes an `Enhancer`, as when it is published.
        run: where it was loaded from; a run says what it learned from, and so what it is.

    Raises:
        ValueError: when the model makes videos of one size alone.
    """
    settings = settings_at(run)
    for application in applications():
        served = application.for_edge(model, edge, settings)
        if served is not None:
            return served
    if edge is None:
        return model
    raise ValueError(
        "`edge` (--edge) is for models that take frames of any size, but this is a "
        f"{type(model).__name__}: leave it out."
    )
