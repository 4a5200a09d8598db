"""Keras's own callbacks watch, steer and save a game as they do any model."""

import json
import re

import keras
import numpy as np
import pytest
import toy

CALLBACKS = keras.callbacks
PLAYERS = ("generator", "discriminator")
NOT_TRIED = {
    "Callback": "the base class",
    "CallbackList": "what holds them",
    "OrbaxCheckpoint": "wants a package of its own",
    "RemoteMonitor": "wants a server",
}


def rates(model):
    optimizers = [getattr(model, f"{player}_optimizer") for player in PLAYERS]
    return [optimizer.learning_rate.numpy().item() for optimizer in optimizers]


def fitted(*callbacks, epochs=2, data=None, **compile_arguments):
    compile_arguments.setdefault("generator_optimizer", keras.optimizers.SGD(0.25))
    compile_arguments.setdefault("discriminator_optimizer", keras.optimizers.SGD(0.5))
    model = toy.model(**compile_arguments)
    data = toy.dataset(count=4) if data is None else data
    validation = toy.dataset(count=4, seed=1)
    history = model.fit(
        data, validation_data=validation, epochs=epochs, verbose=0, callbacks=list(callbacks)
    )
    return model, history.history


def test_every_standard_callback_acts(tmp_path):
    """Those that only watch or save, in one training, each with its defaults."""
    seen = []
    kept, best = tmp_path / "kept", tmp_path / "best.keras"
    callbacks = [
        CALLBACKS.ProgbarLogger(),
        CALLBACKS.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(dict(logs))),
        CALLBACKS.CSVLogger(tmp_path / "log.csv"),
        CALLBACKS.TensorBoard(tmp_path / "board", histogram_freq=1, write_steps_per_second=True),
        CALLBACKS.BackupAndRestore(kept, save_freq=1, delete_checkpoint=False),
        CALLBACKS.ModelCheckpoint(best, save_best_only=True),
        CALLBACKS.ModelCheckpoint(tmp_path / "w.weights.h5", save_weights_only=True),
        CALLBACKS.TerminateOnNaN(),
        CALLBACKS.EarlyStopping(),
        CALLBACKS.ReduceLROnPlateau(),
        CALLBACKS.LearningRateScheduler(lambda epoch, rate: rate * 0.5),
        CALLBACKS.SwapEMAWeights(),
        CALLBACKS.History(),
    ]
    tried = {type(one).__name__ for one in callbacks} | set(NOT_TRIED)
    assert not {name for name in dir(CALLBACKS) if re.match("[A-Z]", name)} - tried
    ema = {"use_ema": True}
    model, history = fitted(
        *callbacks,
        generator_optimizer=keras.optimizers.SGD(0.25, **ema),
        discriminator_optimizer=keras.optimizers.SGD(0.5, **ema),
    )
    assert rates(model) == [0.0625, 0.125]
    assert history["learning_rate"] == [0.125, 0.0625]
    assert [logs["loss"] for logs in seen] == history["loss"] and len(history["val_loss"]) == 2
    assert "loss" in (tmp_path / "log.csv").read_text().splitlines()[0].split(",")
    assert keras.models.load_model(best).steps_made in (2, 4)
    assert list((tmp_path / "board" / "train").iterdir()) and (tmp_path / "w.weights.h5").is_file()
    assert any(kept.iterdir())


def test_the_loss_is_all_that_the_generator_minimises():
    _, history = fitted(epochs=1, loss_weights={"adversarial": 0.5, "brightness": 2.0})
    for before in ("", "val_"):
        game, term = (history[before + name][0] for name in ("g_loss", "brightness"))
        assert history[before + "loss"][0] == pytest.approx(0.5 * game + 2.0 * term, rel=1e-5)


def test_a_plateau_lowers_both_rates_and_ends_training():
    """At rates of 0 nothing gets better."""
    plateau = CALLBACKS.ReduceLROnPlateau(factor=0.5, patience=1, min_delta=1e9)
    stop = CALLBACKS.EarlyStopping(patience=2, min_delta=1e9, restore_best_weights=True)
    model, history = fitted(plateau, stop, epochs=9)
    assert len(history["loss"]) == 3 and rates(model) == [0.0625, 0.125]


def test_a_loss_that_is_no_number_ends_training():
    weights = {"brightness": np.nan}
    model, _ = fitted(CALLBACKS.TerminateOnNaN(), epochs=3, loss_weights=weights)
    assert model.stop_training and model.steps_made == 1


def test_weights_are_swapped_only_where_an_optimizer_averages_them():
    with pytest.raises(ValueError, match="use_ema=True"):
        fitted(CALLBACKS.SwapEMAWeights(), epochs=1)


def test_the_whole_state_is_a_tree_of_arrays():
    """As `keras.callbacks.OrbaxCheckpoint` reads it, and other trainers do."""
    named = {f"{player}_optimizer": keras.optimizers.SGD(name=player) for player in PLAYERS}
    model, _ = fitted(epochs=1, **named)
    tree = model.get_state_tree(value_format="numpy_array")
    assert json.dumps(list(tree["optimizer_variables"]))
    assert len(keras.tree.flatten(tree["optimizer_variables"])) == len(model.optimizer.variables)
