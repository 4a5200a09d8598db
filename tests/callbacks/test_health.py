"""Health: each trouble is found, told once, and undone; a healthy training is left alone."""

import logging

import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.callbacks import Health
from tfvgan.callbacks.health import spread

BALANCED = {"d_real": 0.4, "d_fake": -0.3, "g_gradient_norm": 0.5}
D_WINS = {"d_real": 30.0, "d_fake": -30.0, "g_gradient_norm": 1e-6}


class Generates(toy.Toy):
    """A toy that generates clips whose difference is set from outside."""

    difference = 0.0

    def generate(self, count=4, seed=0, labels=None):
        level = 100 + self.difference * np.arange(count)
        shape = (count, toy.FRAMES, toy.SIZE, toy.SIZE, 3)
        return np.broadcast_to(level[:, None, None, None, None], shape).astype("uint8")


def watched(health, model=None):
    health.set_model(model or toy.model())
    health.model.stop_training = False
    health.on_train_begin()
    return health


def spoil(model):
    for variable in model.generator.trainable_variables:
        variable.assign(variable + 1.0)


def generating(difference):
    model = Generates(toy.generator(), toy.discriminator())
    model.compile()
    model.generator.num_classes = 0
    model.difference = difference
    return model


def test_spread_is_the_mean_difference_of_pairs():
    videos = np.stack([np.full((2, 4, 4, 3), level, "uint8") for level in (0, 10, 40)])
    assert spread(videos) == pytest.approx((10 + 40 + 30) / 3)


def test_one_clip_has_no_spread():
    (clip,) = np.full((1, 2, 4, 4, 3), 9, "uint8")
    health = watched(Health(clip[None]), generating(difference=2))
    health.on_epoch_end(0, logs := {})
    assert logs["diversity"] == pytest.approx(6.0)  # 8 clips in a row, in grey levels


def test_a_number_that_is_not_finite_stops_at_once_and_restores(caplog):
    model, health = toy.model(), Health()
    first = model.fit(toy.dataset(), verbose=0, callbacks=[health])
    assert health.trouble is None and np.isfinite(first.history["g_loss"][0])
    good = [np.copy(value) for value in model.get_weights()]
    numbered = toy.dataset().enumerate()
    broken = numbered.map(lambda n, batch: {"video": tf.where(n < 2, batch["video"], np.nan)})
    with caplog.at_level(logging.WARNING, "tfvgan"):
        model.fit(broken, epochs=5, verbose=0, callbacks=[health])
    assert "is nan after step" in health.trouble and "learning rate" in health.trouble
    assert [record.message for record in caplog.records] == [health.trouble]
    for expected, found in zip(good, model.get_weights(), strict=True):
        np.testing.assert_array_equal(expected, found)
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        assert all(np.all(np.isfinite(variable)) for variable in optimizer.variables)


def test_a_metric_that_has_no_number_yet_is_no_trouble():
    health = watched(Health())
    health.on_train_batch_end(0, {"d_loss": 1.0, "fvd_i3d": np.nan, "psnr": np.inf})
    assert health.trouble is None
    health.on_train_batch_end(0, {"d_loss": np.nan, "fvd_i3d": np.nan})
    assert "d_loss is nan" in health.trouble


def test_a_discriminator_that_wins_stops_after_patience():
    health = watched(Health(patience=3))
    health.on_epoch_end(0, dict(BALANCED))
    good = health.model.get_weights()
    for epoch in (1, 2):
        spoil(health.model)
        health.on_epoch_end(epoch, dict(D_WINS))
    assert health.trouble is None and not health.model.stop_training
    health.on_epoch_end(3, dict(D_WINS))
    assert "The discriminator wins" in health.trouble and health.model.stop_training
    for expected, found in zip(good, health.model.get_weights(), strict=True):
        np.testing.assert_array_equal(expected, found)


def test_logits_that_run_away_are_a_win_whatever_the_gradient():
    health = watched(Health(patience=1))
    health.on_epoch_end(0, {"d_real": 900.0, "d_fake": -900.0, "g_gradient_norm": 50.0})
    assert "The discriminator wins" in health.trouble
    assert "a tenth of the learning rate" in health.trouble  # Of both: nobody's steps are sound.


@pytest.mark.parametrize("real, fake", [(-1.7e8, 7e7), (2e5, -1.0), (-1.0, -2e5)])
def test_logits_that_explode_are_told_whoever_wins(real, fake):
    health = watched(Health(patience=1))
    health.on_epoch_end(0, {"d_real": 9e4, "d_fake": 9e4, "g_gradient_norm": 50.0})
    assert health.trouble is None
    health.on_epoch_end(1, {"d_real": real, "d_fake": fake, "g_gradient_norm": 50.0})
    assert "logits explode" in health.trouble and "learning rate" in health.trouble


@pytest.mark.parametrize("augmentable", [True, False])
def test_it_advises_what_the_task_can_have(augmentable):
    health = watched(Health(patience=1))
    health.model.augmentable = augmentable
    health.on_epoch_end(0, dict(D_WINS))
    assert "try a smaller learning rate" in health.trouble and "R1 penalty" in health.trouble
    assert ("augment" in health.trouble) == augmentable


def test_a_spell_that_ends_is_forgotten():
    health = watched(Health(patience=2))
    for epoch, logs in enumerate([D_WINS, BALANCED, D_WINS, BALANCED]):
        health.on_epoch_end(epoch, dict(logs))
    assert health.trouble is None


@pytest.mark.parametrize("difference, collapsed", [(0.0, True), (20.0, False)])
def test_collapse_is_measured_against_the_real_clips(difference, collapsed):
    real = np.random.default_rng(0).integers(0, 256, (4, 2, 8, 8, 3), np.uint8)
    health = watched(Health(real, patience=1, warmup=0), generating(difference))
    logs = dict(BALANCED)
    health.on_epoch_end(0, logs)
    assert health.model.stop_training == collapsed
    assert ("collapsed" in (health.trouble or "")) == collapsed
    assert logs["diversity"] == pytest.approx(3.0 * difference / spread(real))  # 8 clips in a row


@pytest.mark.parametrize(
    "real, fake, behind", [(0.6, 33.0, True), (0.6, 1.5, False), (9, 0, False)]
)
def test_a_discriminator_that_lags_behind_is_the_cause_of_a_collapse(real, fake, behind):
    health = watched(Health(patience=1, warmup=0), generating(0.0))
    health.on_epoch_end(0, {**BALANCED, "d_real": real, "d_fake": fake})
    assert "collapsed" in health.trouble
    assert ("a larger learning rate for the discriminator" in health.trouble) == behind
    assert ("more real than real ones" in health.trouble) == behind
    assert ("the R1 penalty" in health.trouble) == (not behind)


def test_without_real_clips_the_measure_is_one_grey_level():
    health = watched(Health(patience=1, warmup=0), generating(1.0))
    health.on_epoch_end(0, dict(BALANCED))
    assert health.trouble is None


def test_an_untrained_generator_is_not_judged():
    health = watched(Health(patience=1, warmup=1), generating(0.0))
    health.on_epoch_end(0, dict(BALANCED))
    assert health.trouble is None
    health.model.step.assign(1)
    health.on_epoch_end(1, dict(BALANCED))
    assert "collapsed" in health.trouble


def test_told_not_to_stop_it_only_speaks(caplog):
    health = watched(Health(patience=1, stop=False))
    with caplog.at_level(logging.WARNING, "tfvgan"):
        for epoch in range(3):
            health.on_epoch_end(epoch, dict(D_WINS))
    assert len(caplog.records) == 1 and not health.model.stop_training


def test_a_healthy_training_runs_to_its_end():
    model, health = toy.model(), Health(patience=1)
    model.fit(toy.dataset(), epochs=2, verbose=0, callbacks=[health])
    assert int(model.step) == 8 and health.trouble is None


def test_the_logs_get_the_diversity(tmp_path):
    model = generating(20.0)
    logger = keras.callbacks.CSVLogger(tmp_path / "log.csv")
    model.fit(toy.dataset(), verbose=0, callbacks=[Health(), logger])
    assert "diversity" in (tmp_path / "log.csv").read_text()


KNOWN = {"d_real": 3.0, "d_fake": -2.0, "val_d_real": -1.5, "val_d_fake": -2.0}  # All but 0.1.


@pytest.mark.parametrize("augmentable", [True, False])
def test_a_discriminator_that_knows_its_clips_by_heart_is_told(augmentable):
    health = watched(Health(patience=2, memorised=0.85))
    health.model.augmentable = augmentable
    for epoch in range(2):
        assert health.trouble is None
        health.on_epoch_end(epoch, logs := {**BALANCED, **KNOWN})
    assert logs["overfitting"] == pytest.approx(0.9)
    assert "is 3.0 on those that it learns from and -2.0 on generated video" in health.trouble
    assert "-1.5 on held-out clips and -2.0 on" in health.trouble and health.model.stop_training
    assert "more videos" in health.trouble and ("adaptive" in health.trouble) == augmentable


@pytest.mark.parametrize(
    "logs",
    [
        {**KNOWN, "val_d_real": 1.0},  # 0.4: held-out clips are told from generated ones, too.
        {**KNOWN, "d_real": -1.1},  # Nothing is known of clips that are not told from generated.
        {name: value for name, value in KNOWN.items() if name != "val_d_fake"},
    ],
)
def test_a_discriminator_that_learns_is_left_alone(logs):
    health = watched(Health(patience=1))
    health.on_epoch_end(0, logs := {**BALANCED, **logs})
    assert health.trouble is None
    assert ("overfitting" in logs) == (logs["d_real"] > 0 and "val_d_fake" in logs)


def test_held_out_clips_of_fit_are_looked_at():
    model, health = toy.model(), Health(memorised=2.0)
    health.set_model(model)
    logs = model.evaluate(toy.dataset(seed=1), return_dict=True, verbose=0)
    names = {f"val_{name}": logs[name] for name in ("d_real", "d_fake")}
    health.on_train_begin()
    health.on_epoch_end(0, seen := {**BALANCED, "d_real": 2.0, "d_fake": -1.0, **names})
    held_out = names["val_d_real"] - names["val_d_fake"]
    assert seen["overfitting"] == pytest.approx(1 - held_out / 3)
