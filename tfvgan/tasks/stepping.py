"""Applications whose trained networks are steppers: a frame and a state in, both out."""

from tfvgan.tasks.application import Application


class Stepping(Application):
    """Base class: what such a network is alone, on edge devices, and published.

    A subclass says which class its `network` is of, which `stepper` holds it alone, and which
    publication, of `tfvgan.tasks.restoration.card`, is its `card`.
    """

    network: type
    stepper: type
    published: type

    def cool_down(self, network):
        """Returns the share in which learning rates fall, a half."""
        return 0.5

    def alone(self, network, **known):
        """Returns the stepper of its network."""
        return self.stepper(network) if isinstance(network, self.network) else None

    def for_edge(self, model, edge, settings):
        """Returns the stepper of frames of that size; the model itself without one."""
        stepper = self._held(model)
        if not isinstance(stepper, self.stepper):
            return None
        return model if edge is None else stepper.resized(edge)

    def card(self, given):
        """Returns what is published of such a stepper."""
        stepper = self._held(given.model)
        return self.published(given) if isinstance(stepper, self.stepper) else None

    def _held(self, model):
        """Returns the stepper of a trained model; what is something else as it is."""
        return getattr(model, self.published.holds, model)
