import keras
import numpy as np
import pytest
import toy
from same import assert_same_weights

from tfvgan import VideoGAN, VideoRestorer
from tfvgan.networks import PlainDiscriminator, PlainGenerator


def test_networks_of_ones_own_train_generate_save_load_and_go_on_to_the_bit(tmp_path):
    model = VideoGAN(toy.generator(), toy.discriminator(), seed=3)
    model.compile("adam", "adam", run_eagerly=True)
    assert np.isfinite(model.fit(toy.dataset(), verbose=0).history["g_loss"]).all()
    videos = model.generate(3, seed=5)
    assert videos.shape == (3, toy.FRAMES, toy.SIZE, toy.SIZE, 3) and len(np.unique(videos)) > 1
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded.generate(3, seed=5), videos)
    for each in (model, loaded):
        each.fit(toy.dataset(seed=1), verbose=0)
    assert_same_weights(model, loaded)


def test_they_answer_what_other_networks_do():
    generator, discriminator = (
        PlainGenerator(toy.generator()),
        PlainDiscriminator(toy.discriminator()),
    )
    assert generator.signature() == {"latents": ((toy.LATENT_DIM,), "float32")}
    assert discriminator.signature() == {"video": ((toy.FRAMES, toy.SIZE, toy.SIZE, 3), "float32")}
    assert (generator.frames, generator.size, generator.num_classes) == (toy.FRAMES, toy.SIZE, 0)
    latents = np.ones((2, toy.LATENT_DIM), "float32")
    np.testing.assert_array_equal(generator(latents), generator.network(latents))
    assert PlainGenerator.from_config(generator.get_config()).latent_dim == toy.LATENT_DIM


def of_two():
    inputs = {"latents": keras.Input((3,)), "label": keras.Input(())}
    return keras.Model(inputs, inputs["latents"] * 2.0)


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (keras.Sequential([keras.layers.Dense(3)]), "input of .* is not known: begin"),
        (toy.discriminator(), r"input of .*latent_dim\), but is \(None, 4, 8, 8, 3\)"),
        (keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)]), r"output of .* \(None, 3\)"),
        (of_two(), "must be a tfvgan.networks.Generator"),
        (None, "The input of `NoneType` must"),
    ],
)
def test_other_shapes_are_refused(network, message):
    with pytest.raises(ValueError, match=message):
        VideoGAN(network, toy.discriminator())


def ending_with(*ends, rescaled=False):
    inputs = keras.Input((3,))
    x = keras.layers.Dense(96)(inputs)
    for end in ends:
        x = end(x)
    return keras.Model(inputs, 2.0 * x - 1.0 if rescaled else x, name="mine")


def test_players_that_end_with_a_sigmoid_are_refused():
    """Losses read logits, and videos in [0, 1] are told from real ones by their greys alone."""
    sigmoid, reshape = keras.layers.Activation("sigmoid"), keras.layers.Reshape((2, 4, 4, 3))
    with pytest.raises(ValueError, match="`mine` ends with a sigmoid, but videos are in .*tanh"):
        PlainGenerator(ending_with(sigmoid, reshape))
    assert PlainGenerator(ending_with(sigmoid, reshape, rescaled=True)).frames == 2
    assert PlainGenerator(ending_with(reshape)).size == 4
    layers = [keras.Input((2, 4, 4, 3)), keras.layers.Flatten(), keras.layers.Dense(1, "sigmoid")]
    with pytest.raises(ValueError, match="ends with a sigmoid, but losses read logits: leave it"):
        PlainDiscriminator(keras.Sequential(layers))
    layers[-1] = keras.layers.Dense(1)
    assert PlainDiscriminator(keras.Sequential(layers)).frames == 2


def test_tasks_whose_networks_say_more_refuse_them():
    with pytest.raises(ValueError, match="`generator` must say its `factor`"):
        VideoRestorer(toy.generator(), toy.discriminator())
