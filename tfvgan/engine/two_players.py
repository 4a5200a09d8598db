"""A Keras model of two players: the state of a game, and what Keras asks of any model."""

import logging
import os
import types
from typing import Any, Self

import keras
import tensorflow as tf

from tfvgan.engine.agreement import refusal
from tfvgan.engine.distribution import naming_logs, number, refusing_empty
from tfvgan.engine.endpoint import write_endpoints
from tfvgan.engine.habits import ending, in_its_order, unweighted
from tfvgan.engine.logs import Logs
from tfvgan.engine.moving_average import copy_network
from tfvgan.engine.order import as_written
from tfvgan.engine.part import in_a_sentence
from tfvgan.engine.rates import Rates
from tfvgan.layers import Tracked

COMPILE_ARGUMENTS = (
    *("generator_optimizer", "discriminator_optimizer", "adversarial_loss", "penalty"),
    *("loss_weights", "discriminator_steps", "moving_average", "augment", "mixed_precision"),
    "clip_norm",
)


def check_keras():
    """Raises ValueError where Keras is set to what a game can't be played on."""
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "Games are played on TensorFlow, but Keras runs on "
            f"{keras.backend.backend()}: set KERAS_BACKEND=tensorflow before it is imported."
        )
    if keras.config.floatx() != "float32":
        raise ValueError(
            "Games are played in float32, or by `compile(mixed_precision=...)`, but Keras is set "
            f'to {keras.config.floatx()}: call `keras.config.set_floatx("float32")`.'
        )


class TwoPlayers(Tracked, keras.Model):
    """Holds both networks, the average of one, the step and the logs; saves and loads them.

    The arguments and the attributes are those of `AdversarialModel`, which plays.
    """

    # Names of the losses that `generator_losses` returns, and of what else it returns for the logs
    # alone, each with the direction that is better: "down", "up" or None; and of those that
    # `discriminator_losses` returns.
    terms: tuple[str, ...] = ()
    discriminator_terms: tuple[str, ...] = ()
    tells: dict[str, str | None] = {}
    augmentable = True  # Whether what is judged may be changed without what it was made from.

    def __init__(
        self, generator: keras.Model, discriminator: keras.Model, seed: int = 0, **kwargs: Any
    ):
        check_keras()
        super().__init__(**kwargs)
        # Keras saves and tracks what hangs on a model; what hangs on this is no part of it.
        unsaved = {"optimizer": None, "jit_compile": None, "new_data": False, "doubted": False}
        self._unsaved = types.SimpleNamespace(**unsaved)
        self.generator = generator
        self.discriminator = discriminator
        self.seed = seed
        for network in (generator, discriminator):
            if not network.built:
                network.build()
        self.average = copy_network(generator)
        self.average.name = "average"  # In `summary`, where the generator is above it.
        # Keras locks what a built model tracks, so state is made here and not in compile().
        self.logs = Logs((*self.terms, *self.discriminator_terms), self.tells)
        zero = {"shape": (), "initializer": "zeros", "trainable": False}
        first = {**zero, "dtype": "int64", "aggregation": "only_first_replica"}
        self.step = self.add_weight(name="step", **first)
        self.augment_p = self.add_weight(name="augment_p", aggregation="mean", **zero)
        self.built = True

    @property
    def input_dtype(self) -> str:
        """What Keras casts floats to that `call` is given: the average computes in float32."""
        return "float32"

    @property
    def steps_made(self) -> int:
        """Returns the number of training steps made, a plain int on any strategy."""
        return number(self.step)

    @property
    def optimizer(self) -> Rates | None:
        """Returns both optimizers as what callbacks know one of; None before `compile`."""
        return self._unsaved.optimizer

    @optimizer.setter
    def optimizer(self, optimizer):
        if optimizer is not None:
            raise ValueError(
                "Each player has an optimizer of its own: set them by "
                "`compile(generator_optimizer=..., discriminator_optimizer=...)`."
            )

    def take_optimizers(
        self,
        generator_optimizer: keras.optimizers.Optimizer,
        discriminator_optimizer: keras.optimizers.Optimizer,
    ) -> None:
        """Takes the players' built optimizers, and what callbacks are to see of them."""
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer
        self._unsaved.optimizer = Rates(generator_optimizer, discriminator_optimizer)

    @property
    def metrics(self) -> list[keras.metrics.Metric]:
        """Returns what is logged: means over the epoch, then the metrics of `compile`.

        The last one logs nothing, and tells callbacks which way the others are better.
        """
        return [*self.logs.trackers, self.logs.directions]

    # What Keras calls.

    fit = in_its_order(ending(unweighted(keras.Model.fit)))
    evaluate = ending(keras.Model.evaluate)
    predict = ending(keras.Model.predict)
    train_on_batch = unweighted(keras.Model.train_on_batch)

    def make_train_function(self, force: bool = False) -> None:
        """Makes the function of training steps; errors of shapes become sentences.

        Keras calls it whenever training begins: at full pace, whatever slowed the last one.
        """
        self.optimizer.pace.assign(1.0)
        if force or self.train_function is None:
            super().make_train_function(force)
            steps = as_written(refusing_empty(naming_logs(in_a_sentence(self.train_function))))
            self.train_function = self.strays["train_step"].watched(steps, self, learns=True)
        self._begin("train_step")

    def make_test_function(self, force: bool = False) -> None:
        """Makes what runs steps of `evaluate`, likewise."""
        if force or self.test_function is None:
            super().make_test_function(force)
            steps = as_written(refusing_empty(naming_logs(in_a_sentence(self.test_function))))
            self.test_function = self.strays["test_step"].watched(steps, self, learns=False)
        self._begin("test_step")

    def make_predict_function(self, force: bool = False) -> None:
        """Makes what runs steps of `predict`, likewise."""
        if force or self.predict_function is None:
            super().make_predict_function(force)
            self.predict_function = refusing_empty(in_a_sentence(self.predict_function))

    def _maybe_symbolic_build(self, iterator=None, data_batch=None):
        """Takes note that new data comes, and no more: all is built.

        Keras would average a batch, which a dict is not fit for.
        """
        self._unsaved.new_data = iterator is not None

    def _begin(self, step):
        """Makes the next execution of a step, of `fit` or `evaluate`, one of new data.

        What the losses lack is told before any of it is read.
        """
        self.check_ready()
        if self._unsaved.new_data:
            self.strays[step].begin()
        self._unsaved.new_data = False

    def _get_metrics_result_or_logs(self, logs):
        """Returns what is logged at an epoch's end, after a look for strays.

        A training that was stopped has a reason already.
        """
        for strays in () if self.stop_training else self.strays.values():
            strays.check()
            if (doubt := strays.doubt()) and not self._unsaved.doubted:
                self._unsaved.doubted = True
                logging.getLogger("tfvgan").warning("%s", doubt)
        return super()._get_metrics_result_or_logs(logs)

    # Saving.

    def get_config(self) -> dict:
        """Returns the constructor's arguments, the networks serialised."""
        serialize = keras.saving.serialize_keras_object
        return {
            **super().get_config(),
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
            "seed": self.seed,
        }

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """Returns the model that `get_config` described, not yet compiled."""
        return cls(**keras.saving.deserialize_keras_object(config))

    def get_compile_config(self) -> dict | None:
        """Returns the arguments of `compile`, serialised; None before it was called."""
        if not self.compiled:
            return None
        serialize = keras.saving.serialize_keras_object
        config = {name: serialize(getattr(self, name)) for name in COMPILE_ARGUMENTS}
        config |= {name: getattr(self, name) for name in ("run_eagerly", "steps_per_execution")}
        config["jit_compile"] = self._unsaved.jit_compile  # As asked, for any machine.
        return {**config, "metrics": serialize(self.logs.scores)}

    def compile_from_config(self, config: dict) -> None:
        """Compiles with what `get_compile_config` returned; optimizers have their slots.

        A term that was not there when the model was saved weighs 0; an augmentation that is not
        allowed any more is left out, as a warning says.
        """
        arguments = keras.saving.deserialize_keras_object(config)
        unnamed = dict.fromkeys((*self.terms, *self.discriminator_terms), 0.0)
        arguments["loss_weights"] = {**unnamed, **arguments["loss_weights"]}
        if sentence := refusal(self, arguments["augment"], arguments["adversarial_loss"]):
            logging.getLogger("tfvgan").warning("%s The model is loaded without it.", sentence)
            arguments["augment"] = None
        self.compile(**arguments)

    def save(self, filepath: str | os.PathLike, *args: Any, **kwargs: Any) -> None:
        """Saves all there is to a `.keras` file; see `keras.Model.save`.

        Raises:
            ValueError: for a legacy HDF5 file.
        """
        if str(filepath).endswith((".h5", ".hdf5")):
            raise ValueError(
                f"A game is saved as a .keras file, but the name is `{filepath}`: change its "
                "ending, or save weights alone by `save_weights`, as .weights.h5."
            )
        return super().save(filepath, *args, **kwargs)

    def export(
        self,
        filepath: str | os.PathLike,
        format: str = "tf_saved_model",
        verbose: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Writes a SavedModel of the endpoints, which run the average; nothing else is exported.

        `tfvgan.export` writes versions for servers and .tflite files, and compares them.

        Args:
            filepath: path of the folder.
            format: "tf_saved_model".
            verbose: bool, whether to print the signatures; by default they are.

        Raises:
            ValueError: for another format or argument.
        """
        if format != "tf_saved_model" or kwargs:
            asked = ", ".join([f"format={format!r}", *kwargs])
            raise ValueError(
                "`export` writes a SavedModel of the model's own endpoints, but was asked for "
                f"{asked}: use `tfvgan.export.export_tflite`, or export `model.average`."
            )
        write_endpoints(self.endpoints(), filepath, verbose is not False)

    @property
    def _default_save_signature(self):
        """What `tf.saved_model.save` takes for `serving_default`: the first endpoint, if any."""
        try:
            endpoint = next(iter(self.endpoints().values()))
        except NotImplementedError:
            return None
        return tf.function(endpoint.function, input_signature=endpoint.signature)
