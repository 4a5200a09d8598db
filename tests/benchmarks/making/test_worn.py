"""What the restorer of worn footage is trained on, and what it begins with."""

import numpy as np
import pytest
from peers import compact

from benchmarks.making import worn
from tfvgan.layers import half_sized
from tfvgan.tasks import Restorer


@pytest.fixture
def small(monkeypatch):
    for name, value in {"SQUARE": 16, "WINDOW": 3, "BATCH": 2}.items():
        monkeypatch.setattr(worn, name, value)


def sequence(frames=5, side=12):
    """Returns a large video and a small one, whose pixels are the same number."""
    small = np.arange(frames * side * side).reshape(frames, side, side, 1) % 251
    small = np.concatenate([small, small // 2, 250 - small], -1).astype("uint8")
    return small.repeat(2, 1).repeat(2, 2), small


def test_both_are_cut_alike_and_each_way(small):
    large, little = sequence()
    found = set()
    for seed in range(40):
        taught, given = worn.cut(large, little, np.random.default_rng(seed))
        assert taught.shape == (3, 16, 16, 3) and given.shape == (3, 8, 8, 3)
        np.testing.assert_array_equal(taught, given.repeat(2, 1).repeat(2, 2))
        place = [
            tuple(int(n) for n in np.argwhere(np.all(little == pixel, -1))[0])
            for pixel in (given[0, 0, 0], given[1, 0, 0], given[0, 0, 1])
        ]
        found.add((place[1][0] > place[0][0], place[2][2] > place[0][2]))
    assert len(found) >= 3


def test_batches_are_sequences_in_minus_one_to_one(small, tmp_path):
    large, little = sequence()
    np.savez(tmp_path / "a.npz", taught=large, worn=little)
    batch = next(iter(worn.batches(tmp_path)))
    assert batch["video"].shape == (2, 3, 16, 16, 3)
    assert batch["degraded"].shape == (2, 3, 8, 8, 3)
    repeated = np.asarray(batch["degraded"]).repeat(2, 2).repeat(2, 3)
    np.testing.assert_array_equal(batch["video"], repeated)
    assert -1 <= repeated.min() < -0.9 and 0.9 < repeated.max() <= 1
    with pytest.raises(ValueError, match="must have sequences"):
        worn.batches(tmp_path / "none")


def test_a_weave_is_what_squares_have_in_common():
    """Of one pixel of 16 that is wrong by 1: the others are wrong by 1 / 16 from their mean."""
    pixel = np.zeros((1, 4, 4, 3), "float32")
    pixel[:, 1, 2] = 1
    weave = np.tile(pixel, (2, 16, 8, 1))
    assert float(worn.woven(weave)) == pytest.approx(2 * 15 / 16 / 16)
    assert float(worn.woven(-3 * weave)) == pytest.approx(3 * 2 * 15 / 16 / 16)
    assert float(worn.woven(np.ones_like(weave))) == 0
    weave[:, 1::8] *= -1  # Of which every other row of squares is the other way round.
    assert float(worn.woven(weave)) == 0


@pytest.mark.slow
def test_it_begins_as_the_published_network_or_goes_on(small, monkeypatch, tmp_path):
    network, arrays = compact(2)
    monkeypatch.setattr(worn.weights, "load", {worn.FIRST: arrays}.get)
    model = worn.model_from(None, rate=1e-3, perceptual=0.25, adversarial=0.0)
    small = np.random.default_rng(0).uniform(-1, 1, (1, 1, 8, 8, 3)).astype("float32")
    wanted = 2 * np.asarray(network((half_sized(small[0]) + 1) / 2)) - 1
    for each in (model.generator, model.average):
        np.testing.assert_allclose(np.asarray(each(small))[0], wanted, atol=1e-5)
    told = {name: weight for name, weight in model.loss_weights.items() if weight}
    assert told == {"fidelity": 1.0, "perceptual": 0.25}
    assert float(model.generator_optimizer.learning_rate) == np.float32(1e-3)
    model.average.head.bias.assign(np.arange(48) / 100)
    Restorer(model.average).save(tmp_path / "generator.keras")
    again = worn.model_from(tmp_path, perceptual=0.25, adversarial=0.01)
    made, wanted = (np.asarray(each(small)) for each in (again.generator, model.average))
    np.testing.assert_array_equal(made, wanted)
    assert again.generator.trainable and again.loss_weights["adversarial"] == 0.01
    # The perceptual network sees what begins at another place in each step, the same of both.
    shown = []
    monkeypatch.setattr(
        worn.VideoRestorer, "seen_apart", lambda self, *both: shown.append(both) or 1.0
    )
    video = np.arange(3 * 16 * 16 * 3, dtype="float32").reshape(1, 3, 16, 16, 3)
    for step, (top, left) in {0: (0, 0), 3: (3, 0), 6: (2, 1), 16: (0, 0)}.items():
        model.step.value.assign(step)
        model.seen_apart(video, -video)
        made, real = shown.pop()
        np.testing.assert_array_equal(made, video[:, :, top : top + 13, left : left + 13])
        np.testing.assert_array_equal(real, -np.asarray(made))
