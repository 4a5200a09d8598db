"""A callback whose errors become warnings, and end no training."""

import keras

from tfvgan.data.errors import say_once

WHEN = (
    *("train_begin", "train_end", "epoch_begin", "epoch_end"),
    *("train_batch_begin", "train_batch_end"),
    *("test_begin", "test_end", "test_batch_begin", "test_batch_end"),
)


class Observer(keras.callbacks.Callback):
    """Forwards all calls to another callback, and turns its errors into warnings.

    Args:
        callback: the other.
    """

    def __init__(self, callback: keras.callbacks.Callback):
        super().__init__()
        self.callback = callback

    def set_params(self, params: dict) -> None:
        """Forwards the parameters of the training."""
        self.callback.set_params(params)

    def set_model(self, model: keras.Model) -> None:
        """Forwards the model."""
        super().set_model(model)
        self.callback.set_model(model)


def _handed_on(name):
    """Returns the method of that name, which forwards its calls."""

    def act(self, *arguments: object, **named: object) -> None:
        try:
            getattr(self.callback, name)(*arguments, **named)
        except Exception as error:  # whatever it may raise
            who = type(self.callback).__name__
            say_once(f"{who} failed, and the training goes on without: {error}")

    act.__name__, act.__doc__ = name, "Hands it on."
    return act


for _when in WHEN:
    setattr(Observer, f"on_{_when}", _handed_on(f"on_{_when}"))
