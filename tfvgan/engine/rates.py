"""Both players' optimizers, as what Keras knows one of: `model.optimizer`."""

import contextlib

import keras
import tensorflow as tf

from tfvgan.engine.distribution import agreed, number


class Rates(keras.optimizers.Optimizer):
    """Both optimizers as one, for callbacks that read and set a learning rate.

    `learning_rate` is the generator's, a plain float. Setting it scales both players' rates, so
    that the one stays as many times the other as it was. `iterations` is the steps made. The
    players' own optimizers make the steps; nothing of this object is saved.

    Args:
        generator, discriminator: built optimizers, `LossScaleOptimizer` or not.

    Attributes:
        pace: float variable, what part of both rates steps are made with; 1, unless a callback
            such as `CoolDown` lowers it for a while.
    """

    def __init__(self, generator, discriminator):
        super().__init__(learning_rate=1.0, name="rates")
        self.built = True
        pace = {"name": "pace", "trainable": False, "aggregation": "only_first_replica"}
        self.pace = keras.Variable(1.0, **pace)
        self._players = (generator, discriminator)
        self._ratio = None
        self._note_ratio()
        averaged = [one for one in map(inside, self._players) if one.use_ema]
        if averaged:  # As `keras.callbacks.SwapEMAWeights` reads it.
            self.use_ema = True
            for name in ("_trainable_variables", "_model_variables_moving_average"):
                setattr(self, name, [held for one in averaged for held in getattr(one, name)])

    @property
    def learning_rate(self):
        """Returns the generator's learning rate as it is now, a plain float on any strategy."""
        return self._rates()[0]

    @learning_rate.setter
    def learning_rate(self, rate):
        rates = [inside(player)._learning_rate for player in self._players]
        if not all(isinstance(held, keras.Variable) for held in rates):
            raise ValueError(
                "A learning rate that is a schedule can't be set: compile both optimizers with a "
                "number, or leave the callback out."
            )
        self._note_ratio()
        if self._ratio is None:
            raise ValueError(
                "The generator's learning rate is 0, so that nothing says what the discriminator's "
                "is to be: set both optimizers' own `learning_rate`."
            )
        rate = float(rate)
        for held, value in zip(rates, (rate, rate * self._ratio)):
            held.assign(value)

    def _rates(self):
        return [number(inside(player).learning_rate) for player in self._players]

    def _note_ratio(self):
        """Notes how many times the generator's rate the discriminator's is, where it is known."""
        ours, theirs = self._rates()
        if ours:
            self._ratio = theirs / ours

    @property
    def iterations(self):
        """Returns how many steps the generator has made, a plain int on any strategy."""
        return number(self._players[0].iterations)

    @property
    def variables(self):
        """Returns both optimizers' variables."""
        return [variable for player in self._players for variable in player.variables]

    def finalize_variable_values(self, var_list):
        """Ends training as each of the two optimizers does, on its own player's weights."""
        for player in self._players:
            player.finalize_variable_values(inside(player)._trainable_variables)

    def save_own_variables(self, store):
        """Saves nothing: the model holds both optimizers by their own names."""

    def load_own_variables(self, store):
        """Reads nothing."""


def inside(optimizer):
    """Returns the optimizer within loss scaling, or the one without."""
    return getattr(optimizer, "inner_optimizer", optimizer)


@contextlib.contextmanager
def slowed(optimizer, pace):
    """Lets a step of the optimizer be made with a part of its learning rate.

    The rate is lowered and put back within the step, so that nobody else ever sees it lowered. One
    that is a schedule is left alone.

    Args:
        optimizer: a player's.
        pace: float32 scalar tensor.
    """
    rate = inside(optimizer)._learning_rate
    if not isinstance(rate, keras.Variable):
        yield
        return
    whole = tf.identity(rate.value)
    rate.assign(whole * agreed(pace))
    yield
    rate.assign(whole)
