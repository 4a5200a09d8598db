"""Retrieval: what the players learn by, and what neither does."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.engine import Draws
from tfvgan.losses import nt_xent
from tfvgan.networks import DcganDiscriminator, DcganGenerator, EmbedderDiscriminator
from tfvgan.tasks import Embedder, VideoEmbedder

RNG = np.random.default_rng(0)


def small(begin=None, **weights):
    return VideoEmbedder.from_preset(24, weights=weights, begin=begin, width=6, numbers=8)


def batch(count=4):
    videos = RNG.uniform(-1, 1, (2, count, 4, 24, 24, 3)).astype("float32")
    named = {"video": tf.constant(videos[0]), "edited": tf.constant(videos[1])}
    return {**named, "source": tf.range(count)}


def moved(model, before):
    after = {weight.path: weight.numpy() for weight in model.discriminator.weights}
    return {path.split("/")[-2] for path in after if (after[path] != before[path]).any()}


def of_discriminator(model):
    return {weight.path: weight.numpy() for weight in model.discriminator.weights}


def test_a_step_plays_and_learns_both_terms(eagerly):
    model = small()
    before, made = of_discriminator(model), model.generator.get_weights()
    logs = model.train_step(batch())
    for name in ("alike", "made", "d_loss", "g_loss", "d_gradient_norm", "g_gradient_norm"):
        assert float(logs[name]) > 0 and np.isfinite(float(logs[name]))
    assert len(moved(model, before)) == 13, "all layers, of trunk and heads"
    assert any((a != b).any() for a, b in zip(made, model.generator.get_weights()))


def test_the_judge_learns_by_the_game_and_the_trunk_does_not(eagerly):
    model = small(alike=0.0, made=0.0)
    before = of_discriminator(model)
    logs = model.train_step(batch())
    heads = model.discriminator.judge_hidden, model.discriminator.judge
    assert moved(model, before) == {layer.name for layer in heads}
    assert float(logs["alike"]) == float(logs["made"]) == 0
    assert float(logs["g_gradient_norm"]) > 0, "the generator learns through the trunk"


def test_without_a_game_nothing_is_generated(eagerly):
    model, given = small(adversarial=0.0), batch()
    before = of_discriminator(model)
    model.generator.call = None
    logs = model.train_step(given)
    assert set(logs) == {"loss", "alike", "made", "d_gradient_norm"}
    assert float(logs["loss"]) == float(logs["alike"]) > 0 == float(logs["made"])
    changed = moved(model, before)
    names = {model.discriminator.made_projection.name, model.discriminator.judge.name}
    assert model.discriminator.projection.name in changed and not names & changed


def test_alike_is_the_loss_of_both_edits_and_falls(eagerly):
    model, given = small(adversarial=0.0), batch()
    first, second = (model.discriminator.embed(given[name]) for name in ("video", "edited"))
    wanted = float(nt_xent(first, second, given["source"], model.temperature))
    found = [float(model.train_step(given)["alike"])]
    model.reset_metrics()
    assert found[0] == pytest.approx(wanted, rel=1e-4)
    for _ in range(12):
        model.reset_metrics()
        found.append(float(model.train_step(given)["alike"]))
    assert found[-1] < 0.9 * found[0]


def test_generated_videos_are_as_large_as_real_ones(eagerly):
    model, given = small(), batch()
    fake, beside = model.make(given, Draws(0, 0))
    assert fake.shape == (4, 4, 24, 24, 3) and beside is given
    np.testing.assert_allclose(model.discriminator.coarse(fake), fake, atol=1e-6)


def test_players_that_do_not_fit():
    with pytest.raises(ValueError, match="`discriminator` must be .* but is a DcganDisc"):
        VideoEmbedder(DcganGenerator(4, 4, 8, 4), DcganDiscriminator(4, 8, 4))
    with pytest.raises(ValueError, match="`generator` must make 4 frames of 8x8 pixels"):
        VideoEmbedder(DcganGenerator(4, 4, 16, 4), EmbedderDiscriminator(24, 6, 8))
    with pytest.raises(ValueError, match='"edited" must be .*24, 24, 3.* but is .*8, 24, 3'):
        small().train_step({**batch(), "edited": tf.zeros((4, 4, 8, 24, 3))})


def test_it_begins_with_another_and_saves(tmp_path, eagerly):
    first = small(adversarial=0.0)
    first.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert again.temperature == first.temperature == 0.1 and not again.plays
    assert_same_weights(first, again)
    for begin in (first, first.embedder):
        found = VideoEmbedder.from_preset(24, seed=3, begin=begin)
        assert_same_weights(found.discriminator, first.discriminator)
        assert found.discriminator.trainable_variables
    with pytest.raises(ValueError, match="embedder that this one begins with has width=6"):
        VideoEmbedder.from_preset(24, begin=first, width=12)
    assert isinstance(first.embedder, Embedder) and "embed" in first.endpoints()


def test_what_was_trained_in_half_precision_embeds_in_float32(eagerly):
    model = small(adversarial=0.0)
    assert model.embedder.generator is model.discriminator
    weights = model.discriminator.get_weights()
    model.compile(mixed_precision="mixed_float16", loss_weights={"adversarial": 0.0})
    assert np.isfinite(float(model.train_step(batch())["alike"]))
    assert model.discriminator.dtype_policy.name == "mixed_float16"
    model.discriminator.set_weights(weights)
    found = model.embedder.generator
    assert found.dtype_policy.name == found.downs[0].dtype_policy.name == "float32"
    assert_same_weights(found, model.discriminator)


def test_previews_show_what_is_taken_for_each_video(eagerly):
    model, given = small(), batch(3)
    given["edited"] = tf.gather(given["video"], [2, 0, 1])
    shown = model.before_and_after(given)
    assert list(shown) == ["video", "edited", "nearest"]
    np.testing.assert_array_equal(shown["edited"], shown["video"][[2, 0, 1]])
    np.testing.assert_array_equal(shown["nearest"], shown["video"])
