"""What the restorer that begins as SPAN is trained on, and what it begins with."""

import numpy as np
import pytest
from films import film
from peers import span

from benchmarks.making import best
from tfvgan import data
from tfvgan.layers import bicubic
from tfvgan.tasks import Restorer


def test_batches_are_windows_beside_what_is_left_of_them(monkeypatch, tmp_path):
    for name, value in {"SMALL": 8, "WINDOW": 3, "FRAMES": 6, "SIZE": 32, "BATCH": 1}.items():
        monkeypatch.setattr(best, name, value)
    film(tmp_path / "videos" / "a.mp4", 12, size=(32, 32))
    data.prepare(tmp_path / "videos", tmp_path / "cache", frames=6, size=32)
    batch = next(iter(best.batches(tmp_path / "cache", 2)))
    assert batch["video"].shape == (1, 3, 16, 16, 3)
    assert batch["degraded"].shape == (1, 3, 8, 8, 3)
    large = np.asarray(bicubic(batch["degraded"][0], 2))
    assert np.abs(large - np.asarray(batch["video"][0])).mean() < 0.2


@pytest.mark.slow
def test_it_begins_as_the_published_network_and_keeps_a_share(monkeypatch, tmp_path):
    network, arrays = span(2)
    monkeypatch.setattr(best.weights, "load", {"span_x2_ch48": arrays}.get)
    model = best.model_from(2, rate=1e-3, perceptual=0.25)
    small = np.random.default_rng(0).uniform(-1, 1, (1, 1, 8, 8, 3)).astype("float32")
    wanted = 2 * np.asarray(network((small[0] + 1) / 2)) - 1
    for each in (model.generator, model.average):
        np.testing.assert_allclose(np.asarray(each(small))[0], wanted, rtol=1e-3, atol=1e-2)
    told = {name: weight for name, weight in model.loss_weights.items() if weight}
    assert told == {"fidelity": 1.0, "perceptual": 0.25}
    assert float(model.generator_optimizer.learning_rate) == np.float32(1e-3)
    model.average.head.bias.assign(np.arange(12) / 100)
    Restorer(model.average).save(tmp_path / "generator.keras")
    learnt = [np.asarray(weight) for weight in model.average.weights]
    best.keep_between(tmp_path, [np.ones_like(each) for each in learnt], 0.25)
    for weight, whole in zip(best.load_model(tmp_path).generator.weights, learnt, strict=True):
        np.testing.assert_allclose(weight, 0.75 + 0.25 * whole, rtol=1e-6)
