import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.logs import Logs


@keras.saving.register_keras_serializable(package="tests")
class Brightness(keras.metrics.Metric):
    """The difference of the two means, summed over updates."""

    def __init__(self, name="brightness_gap", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_variable((), "zeros", name="total")
        self.updates = self.add_variable((), "zeros", name="updates")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(tf.reduce_mean(y_pred) - tf.reduce_mean(y_true))
        self.updates.assign_add(1.0)

    def result(self):
        return self.total / self.updates


def test_means_are_means_and_an_overflow_is_left_out_only_where_steps_are_skipped():
    logs = Logs(["term"])
    for value in (1.0, np.inf, 3.0):
        logs.track(skip_overflow=True, d_gradient_norm=value, d_loss=1.0, term=value)
    assert float(logs.means["d_gradient_norm"].result()) == 2.0
    assert np.isinf(float(logs.means["term"].result()))
    logs.track(d_gradient_norm=np.nan)
    assert np.isnan(float(logs.means["d_gradient_norm"].result()))


def test_what_means_nothing_in_a_game_is_not_logged():
    logs = Logs(["term"])
    names = ["loss", "d_loss", "g_loss", "d_real", "d_fake", "d_gradient_norm", "g_gradient_norm"]
    assert [mean.name for mean in logs.trackers] == [*names, "term"]
    logs.compile([Brightness()], penalty=True, augment_p=False)
    assert [mean.name for mean in logs.trackers] == [*names, "penalty", "term", "brightness_gap"]


def test_metrics_are_handed_what_is_real_first():
    logs, gap = Logs(), Brightness()
    logs.compile([gap])
    logs.score(tf.ones((1, 2)), 3.0 * tf.ones((1, 2)))
    assert float(gap.result()) == 2.0


def test_metrics_of_compile_are_logged_in_training_and_score_the_average_in_evaluate():
    data = toy.dataset(count=4, batch_size=4)
    model = toy.model(metrics=[Brightness()], moving_average=0.9)
    logs = model.fit(data, validation_data=data, epochs=2, verbose=0).history
    assert len(logs["brightness_gap"]) == len(logs["val_brightness_gap"]) == 2
    real = np.mean([batch["video"].numpy().mean() for batch in data])
    found = model.evaluate(data, verbose=0, return_dict=True)["brightness_gap"]
    model.average.set_weights([w + 0.5 for w in model.average.get_weights()])
    moved = model.evaluate(data, verbose=0, return_dict=True)["brightness_gap"]
    assert -2 < found + real < 2 and moved != found
    model.generator.set_weights([w + 0.5 for w in model.generator.get_weights()])
    assert model.evaluate(data, verbose=0, return_dict=True)["brightness_gap"] == moved


def test_metrics_are_saved_with_compile(tmp_path):
    model = toy.model(metrics=[Brightness(name="gap")])
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert [(type(m), m.name) for m in again.logs.scores] == [(Brightness, "gap")]
    data = toy.dataset(count=4, batch_size=4)
    assert model.evaluate(data, verbose=0) == again.evaluate(data, verbose=0)


def test_a_term_may_not_be_called_what_every_game_logs():
    with pytest.raises(ValueError, match="logs loss of its own"):
        Logs(["fidelity", "loss"])


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        (["psnr"], "must be keras.metrics.Metric objects, .* holds 'psnr'"),
        ([Brightness(name="x"), Brightness(name="x")], "x stands for two logs"),
        ([Brightness(name="d_loss")], "d_loss stands for two logs"),
    ],
)
def test_what_is_no_metric_is_told(metrics, message):
    with pytest.raises(ValueError, match=message):
        toy.model(metrics=metrics)
