"""Which way a log is better, as Keras's callbacks look for it."""

import types

# Keras has no public name for it: its callbacks ask the metrics within this class alone, see
# `keras.callbacks.EarlyStopping` and what else takes `monitor`.
from keras.src.trainers.compile_utils import MetricsList

BETTER = {True: "up", False: "down"}  # By `higher_is_better`, which metrics of videos have.


class Directions(MetricsList):
    """An entry among a model's metrics that logs nothing and holds the others.

    Args:
        logs: `Logs`, whose `trackers` these are.

    Attributes:
        beside: dict by name of what stands for logs that callbacks add, see `adds`.
    """

    def __init__(self, logs):
        super(MetricsList, self).__init__(name="directions")
        self._logs = logs
        self.beside = {}

    @property
    def metrics(self):
        """Returns the metrics that callbacks may ask, and what else they may."""
        return [*self._logs.trackers, *self.beside.values()]

    def reset_state(self):
        """Does nothing: each metric is reset on its own."""

    def result(self):
        """Returns no log."""
        return {}


def set_direction(metric, direction):
    """Sets which way a metric is better, for callbacks, unless it has a direction of its own.

    Args:
        metric: `keras.metrics.Metric`.
        direction: "down", "up", or None where it is neither.
    """
    if direction is not None and not hasattr(metric, "_direction"):
        metric._direction = direction


def adds(model, **higher_is_better):
    """Lets callbacks know which way logs are better that another callback adds.

    Args:
        model: a game; one that knows no directions is left alone.
        **higher_is_better: `name=bool` of these logs.
    """
    directions = getattr(getattr(model, "logs", None), "directions", None)
    if directions is not None:
        for name, up in higher_is_better.items():
            directions.beside[name] = types.SimpleNamespace(name=name, _direction=BETTER[up])
