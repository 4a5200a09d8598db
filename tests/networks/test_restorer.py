"""Restoration: bicubic before it has learnt anything, recurrent, and judged beside what it read."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.networks import RestorerDiscriminator, RestorerGenerator

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 4, 8, 12, 3)).astype("float32")


def generator(learnt=True, factor=2, **arguments):
    """Returns a tiny generator; one that has learnt something does more than bicubic."""
    network = RestorerGenerator(factor, 8, 1, **arguments)
    network.build()
    if learnt:
        network.head.kernel.assign(RNG.normal(0.0, 0.1, network.head.kernel.shape))
    return network


def restored(network, video=VIDEO, **named):
    return np.asarray(network(network.pack(video=video, **named)))


@pytest.mark.parametrize("factor", [1, 2, 4])
def test_before_it_has_learnt_it_is_the_bicubic_enlargement(factor):
    made = restored(generator(False, factor))
    assert made.shape == (2, 4, 8 * factor, 12 * factor, 3)
    size = (8 * factor, 12 * factor)
    wanted = VIDEO[0] if factor == 1 else tf.image.resize(VIDEO[0], size, "bicubic").numpy()
    inner = np.s_[:, 2 * factor : -2 * factor, 2 * factor : -2 * factor]
    np.testing.assert_allclose(made[0][inner], wanted[inner], atol=1e-5)


@pytest.mark.parametrize("folds", [0, 1, 2])
def test_a_frame_depends_on_all_before_it_and_one_after(folds):
    network = generator(folds=folds)
    changed = VIDEO.copy()
    changed[:, 2] *= -1
    far = np.abs(restored(network, changed) - restored(network)).max((0, 2, 3, 4))
    assert far[0] == 0 and far[1:].min() > 1e-4
    early = VIDEO.copy()
    early[:, 0] *= -1
    assert np.abs(restored(network, early) - restored(network)).max((0, 2, 3, 4)).min() > 1e-5


@pytest.mark.parametrize("factor, width, depth", [(2, 32, 4), (4, 48, 4), (1, 24, 6)])
def test_a_new_one_does_not_run_away_on_a_still_frame(factor, width, depth):
    """What it sees and what it would make of it stay of the order of the picture."""
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(factor, width, depth)
    network.build()
    network.head.kernel.assign(RNG.normal(0.0, 0.01, network.head.kernel.shape))
    step = tf.function(network.step)
    frame = tf.constant(VIDEO[:1, 0])
    state, made = network.start(frame), []
    for _ in range(60):
        out, state = step([frame] * 3, state)
        made.append(np.abs(out).max())
    assert np.abs(state).max() <= 1.0 and max(made) < 3.0
    assert made[-1] == pytest.approx(made[20], rel=0.05)


def test_step_by_step_is_the_whole():
    network = generator()
    whole, state = restored(network), network.start(VIDEO[:, 0])
    for n in range(4):
        window = [VIDEO[:, max(n - 1, 0)], VIDEO[:, n], VIDEO[:, min(n + 1, 3)]]
        frame, state = network.step(window, state)
        np.testing.assert_allclose(np.asarray(frame), whole[:, n], atol=1e-5)


def test_what_it_is_told_matters():
    network = generator(masked=True, leveled=True)
    mask, level = np.zeros((2, 4, 8, 12, 1), "float32"), np.zeros(2, "float32")
    mask[:, :, 2:5, 3:9] = 0.5
    plain = restored(network, mask=mask, level=level)
    assert np.abs(restored(network, mask=2 * mask, level=level) - plain).max() > 1e-4
    assert np.abs(restored(network, mask=mask, level=level + 1) - plain).max() > 1e-4


@pytest.mark.parametrize("factor", [1, 2])
def test_pixels_that_were_not_missing_stay(factor):
    network = generator(factor=factor, masked=True)
    mask = np.zeros((2, 4, 8, 12, 1), "float32")
    kept = restored(network, mask=mask)
    np.testing.assert_array_equal(kept, restored(generator(False, factor)))
    mask[:, :, 2:5, 3:9] = 1.0
    changed = np.abs(restored(network, mask=mask) - kept).max((0, 1, 4)) > 0
    hole = np.s_[2 * factor : 5 * factor, 3 * factor : 9 * factor]
    assert changed[hole].all() and changed.sum() == changed[hole].size
    nearer = np.abs(restored(network, mask=0.25 * mask) - kept)
    far = np.abs(restored(network, mask=mask) - kept)
    assert 0.15 < nearer.sum() / far.sum() < 0.35


def test_it_takes_any_size_and_length_in_a_graph():
    network = generator()
    spec = tf.TensorSpec((None, 2, None, None, 3), tf.float32)
    function = tf.function(lambda video: network({"video": video}), input_signature=[spec])
    for height, width in ((8, 12), (16, 6)):
        video = RNG.uniform(-1, 1, (1, 2, height, width, 3)).astype("float32")
        np.testing.assert_allclose(function(video), restored(network, video), atol=1e-5)


def test_a_wrong_factor_is_an_error():
    with pytest.raises(ValueError, match="`factor` must be 1, 2 or 4, but is 3"):
        RestorerGenerator(3)


@pytest.mark.parametrize("factor", [1, 2])
def test_the_discriminator_sees_frames_and_what_they_were_made_from(factor):
    network = RestorerDiscriminator(16, factor, 4)
    network.build()
    video = RNG.uniform(-1, 1, (3, 3, 16, 16, 3)).astype("float32")
    degraded = RNG.uniform(-1, 1, (3, 3, 16 // factor, 16 // factor, 3)).astype("float32")
    logits = np.asarray(network({"video": video, "degraded": degraded}))
    assert logits.shape == (3, 2)
    for name in ("video", "degraded"):
        other = {"video": video, "degraded": degraded}
        other[name] = -other[name]
        assert np.abs(np.asarray(network(other)) - logits).max() > 1e-4


def test_what_is_judged_may_be_masks():
    network = RestorerDiscriminator(16, 1, 4, channels=2)
    assert network.signature()["video"] == ((3, 16, 16, 2), "float32")
    masks = RNG.uniform(0, 1, (1, 3, 16, 16, 2)).astype("float32")
    frames = RNG.uniform(-1, 1, (1, 3, 16, 16, 3)).astype("float32")
    logits = [np.asarray(network({"video": m, "degraded": frames})) for m in (masks, 1 - masks)]
    assert np.abs(logits[0] - logits[1]).max() > 1e-4
    config = network.get_config()
    assert config.pop("channels") == 2
    assert RestorerDiscriminator.from_config(config).channels == 3, "files of before say none"


@pytest.mark.parametrize(
    "network",
    [
        RestorerGenerator(4, 8, 1, 2, True, True),
        RestorerDiscriminator(32, 4, 8),
        RestorerDiscriminator(16, 1, 8, channels=2),
    ],
)
def test_config_round_trip_and_saving(network, tmp_path):
    assert type(network).from_config(network.get_config()).get_config() == network.get_config()
    network.build()
    network.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert_same_weights(network, again)
