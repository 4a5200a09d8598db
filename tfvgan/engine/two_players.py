"""A Keras model of two players: the state of a game, and what Keras asks of any model."""

import keras

from tfvgan.engine.distribution import number
from tfvgan.engine.logs import Logs
from tfvgan.engine.moving_average import copy_network

COMPILE_ARGUMENTS = (
    *("generator_optimizer", "discriminator_optimizer", "adversarial_loss", "penalty"),
    *("loss_weights", "discriminator_steps", "moving_average", "augment", "mixed_precision"),
    "clip_norm",
)


class TwoPlayers(keras.Model):
    """Holds both networks, the average of one, the step and the logs; saves and loads them.

    The arguments and the attributes are those of `AdversarialModel`, which plays.
    """

    terms = ()  # The names of the losses that `generator_losses` returns,
    tells = ()  # and of what it returns for the logs alone.

    def __init__(self, generator, discriminator, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.seed = seed
        for network in (generator, discriminator):
            if not network.built:
                network.build()
        self.average = copy_network(generator)
        # Keras locks what a built model tracks, so state is made here and not in compile().
        self.logs = Logs((*self.terms, *self.tells))
        zero = {"shape": (), "initializer": "zeros", "trainable": False}
        first = {**zero, "dtype": "int64", "aggregation": "only_first_replica"}
        self.step = self.add_weight(name="step", **first)
        self.augment_p = self.add_weight(name="augment_p", aggregation="mean", **zero)
        self.built = True

    @property
    def steps_made(self):
        """Returns the number of training steps made, a plain int on any strategy."""
        return number(self.step)

    @property
    def metrics(self):
        """Returns what is logged: means over the epoch, then the metrics of `compile`."""
        return self.logs.trackers

    def _maybe_symbolic_build(self, iterator=None, data_batch=None):
        """Does nothing: all is built. Keras would average a batch, which a dict is not fit for."""

    # Saving.

    def get_config(self):
        """Returns the constructor's arguments, the networks serialised."""
        serialize = keras.saving.serialize_keras_object
        return {
            **super().get_config(),
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
            "seed": self.seed,
        }

    @classmethod
    def from_config(cls, config):
        """Returns the model that `get_config` described, not yet compiled."""
        return cls(**keras.saving.deserialize_keras_object(config))

    def get_compile_config(self):
        """Returns the arguments of `compile`, serialised; None before it was called."""
        if not self.compiled:
            return None
        serialize = keras.saving.serialize_keras_object
        config = {name: serialize(getattr(self, name)) for name in COMPILE_ARGUMENTS}
        return {**config, "metrics": serialize(self.logs.scores)}

    def compile_from_config(self, config):
        """Compiles with what `get_compile_config` returned; optimizers have their slots."""
        self.compile(**keras.saving.deserialize_keras_object(config))
