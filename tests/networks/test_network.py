"""What holds for every network, whichever paper it is from."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import (
    ContinuousDiscriminator,
    ContinuousGenerator,
    DcganDiscriminator,
    DcganGenerator,
    RestorerGenerator,
    VganDiscriminator,
    VganGenerator,
)
from tfvgan.networks.network import Network, doublings, widths

PLAYERS = [
    (DcganGenerator, DcganDiscriminator),
    (VganGenerator, VganDiscriminator),
    (ContinuousGenerator, ContinuousDiscriminator),
]
ANCHORS = 7  # As many as 33 frames need.
EVERY_PLAYER = pytest.mark.parametrize(
    "players", PLAYERS, ids=lambda players: players[0].__name__.removesuffix("Generator").lower()
)
SHAPES = [(1, 8), (2, 8), (3, 16), (4, 8), (6, 16), (16, 8), (17, 32), (32, 8), (5, 64), (2, 128)]


def pair(players, frames=3, size=8, num_classes=0, **kwargs):
    """Returns a tiny generator and discriminator, built."""
    generator = players[0](6, frames, size, width=4, num_classes=num_classes, **kwargs)
    discriminator = players[1](frames, size, width=4, num_classes=num_classes, **kwargs)
    generator.build()
    discriminator.build()
    return generator, discriminator


def inputs(network, batch=2, seed=0, **given):
    """Returns a batch of what the network reads; what is given is taken."""
    rng = np.random.default_rng(seed)
    named = dict(given)
    for name, (shape, dtype) in network.signature().items():
        if name in named:
            continue
        if name == "times":
            count = network.frames if shape[0] is None else shape[0]
            named[name] = np.tile(np.arange(count, dtype=dtype), (batch, 1))
            continue
        shape = tuple(ANCHORS if extent is None else extent for extent in shape)
        if dtype == "int32":
            named[name] = rng.integers(0, network.num_classes, (batch, *shape)).astype(dtype)
        else:
            named[name] = rng.uniform(-1, 1, (batch, *shape)).astype(dtype)
    return network.pack(**named)


@EVERY_PLAYER
@pytest.mark.parametrize("frames,size", SHAPES)
def test_every_promised_frame_count_and_size(players, frames, size):
    generator, discriminator = pair(players, frames, size)
    video = generator(inputs(generator, 1))
    assert video.shape == (1, frames, size, size, 3)
    logits = discriminator(inputs(discriminator, 1))
    assert logits.shape[0] == 1 and logits.dtype == "float32"


@EVERY_PLAYER
@pytest.mark.parametrize("num_classes", [0, 3])
def test_video_is_float32_in_range_and_logits_are_unbounded_floats(players, num_classes):
    generator, discriminator = pair(players, num_classes=num_classes)
    video = np.asarray(generator(inputs(generator, 8), training=True))
    assert video.dtype == "float32" and np.abs(video).max() <= 1.0
    logits = np.asarray(discriminator(inputs(discriminator), training=True))
    assert logits.dtype == "float32" and np.isfinite(logits).all()


@EVERY_PLAYER
@pytest.mark.parametrize("num_classes", [0, 3])
def test_build_makes_every_weight_without_data(players, num_classes):
    for network in pair(players, num_classes=num_classes):
        assert network.built
        before = [weight.path for weight in network.weights]
        network(inputs(network))
        assert [weight.path for weight in network.weights] == before


@EVERY_PLAYER
@pytest.mark.parametrize("num_classes", [0, 3])
def test_saved_and_loaded_network_is_the_same(players, num_classes, tmp_path):
    for network in pair(players, num_classes=num_classes):
        path = tmp_path / f"{network.name}.keras"
        network.save(path)
        loaded = keras.models.load_model(path)
        assert loaded.get_config() == network.get_config()
        x = inputs(network)
        np.testing.assert_array_equal(loaded(x), network(x))


@EVERY_PLAYER
@pytest.mark.parametrize("num_classes", [0, 3])
def test_gradients_reach_every_weight(players, num_classes):
    generator, discriminator = pair(players, num_classes=num_classes)
    for weight in generator.trainable_variables:
        if weight.name == "gain":  # Starts at 0, and hides what is behind it until it has learned.
            weight.assign(tf.ones_like(weight))
    with tf.GradientTape() as tape:
        video = generator(inputs(generator, 4), training=True)
        label = {"label": np.array([0, 1, 2, 0], "int32")} if num_classes else {}
        logits = discriminator(inputs(discriminator, 4, video=video, **label), training=True)
        loss = tf.reduce_sum(logits**2)
    variables = generator.trainable_variables + discriminator.trainable_variables
    gradients = tape.gradient(loss, variables)
    for variable, gradient in zip(variables, gradients, strict=True):
        assert gradient is not None, variable.path
        assert np.abs(tf.convert_to_tensor(gradient)).max() > 0, variable.path


@EVERY_PLAYER
def test_label_changes_the_video_and_the_logits(players):
    for network in pair(players, num_classes=2):
        x = inputs(network)
        zeros, ones = (dict(x, label=np.full(2, label, "int32")) for label in (0, 1))
        assert np.abs(network(zeros) - network(ones)).max() > 0


@EVERY_PLAYER
def test_mixed_precision_computes_in_float16_and_returns_float32(players, tmp_path):
    generator, discriminator = pair(players, dtype="mixed_float16")
    video = generator(inputs(generator))
    assert video.dtype == "float32"
    assert discriminator(inputs(discriminator, video=video)).dtype == "float32"
    assert {weight.dtype for weight in generator.weights} == {"float32"}
    halves = [layer for layer in generator._flatten_layers() if layer.compute_dtype == "float16"]
    convolution = {"Conv2DTranspose", "ModulatedConv"}
    names = {type(layer).__name__ for layer in halves}
    assert "Dense" in names and names & convolution
    generator.save(tmp_path / "half.keras")
    loaded = keras.models.load_model(tmp_path / "half.keras")
    np.testing.assert_array_equal(loaded(inputs(generator)), video)


@EVERY_PLAYER
def test_video_is_a_function_of_the_latents_and_the_seed_of_the_weights(players):
    keras.utils.set_random_seed(3)
    first, _ = pair(players)
    keras.utils.set_random_seed(3)
    second, _ = pair(players)
    np.testing.assert_array_equal(first(inputs(first)), second(inputs(second)))


@EVERY_PLAYER
@pytest.mark.parametrize(
    "wrong,message",
    [
        ({"frames": 0}, "`frames` must be 1 or more, but is 0"),
        ({"size": 4}, "`size` must be a power of two from 8, but is 4: take 8 or more,"),
        ({"size": 48}, "`size` must be a power of two from 8, but is 48: take 32 or 64,"),
        ({"width": 0}, "`width` must be 1 or more, but is 0"),
    ],
)
def test_wrong_numbers_are_refused_in_a_sentence(players, wrong, message):
    for player in players:
        with pytest.raises(ValueError, match=message):
            player(**wrong)


def test_pack_and_unpack_are_inverse():
    plain, _ = pair(PLAYERS[0])
    assert plain.pack(latents=1) == 1
    assert plain.unpack(1) == {"latents": 1}
    labelled, _ = pair(PLAYERS[0], num_classes=2)
    assert labelled.pack(label=2, latents=1) == {"latents": 1, "label": 2}
    assert labelled.unpack({"latents": 1, "label": 2}) == {"latents": 1, "label": 2}


def test_pack_refuses_other_names():
    generator, _ = pair(PLAYERS[0])
    with pytest.raises(ValueError, match=r"reads \['latents'\], but was given \['video'\]"):
        generator.pack(video=1)


def test_widths_halve_and_end_before_the_size():
    assert doublings(64) == 4
    assert widths(256, 64) == [256, 128, 64, 32]
    assert widths(2, 64) == [2, 1, 1, 1]


@EVERY_PLAYER
def test_absurd_numbers_are_refused_before_anything_is_made_of_them(players):
    for player in players:
        with pytest.raises(ValueError, match="`width` of a .* must be 4096 at most"):
            player(width=1_000_000)
        with pytest.raises(ValueError, match="`frames` .* must be 65536 at most"):
            player(frames=10**9)
        with pytest.raises(ValueError, match="width 4096, depth 1 and 16 frames would take"):
            player(frames=16, width=4096)
    with pytest.raises(ValueError, match="`depth` of a RestorerGenerator must be 4096 at most"):
        RestorerGenerator(2, 8, 10**9)
    with pytest.raises(ValueError, match="width 512, depth 1000 and 1 frames would take gigabytes"):
        RestorerGenerator(2, 512, depth=1000)


def test_channels_that_come_first_are_refused():
    keras.config.set_image_data_format("channels_first")
    try:
        with pytest.raises(ValueError, match="Keras makes layers for channels that come first"):
            DcganGenerator(frames=2, size=8, width=8)
    finally:
        keras.config.set_image_data_format("channels_last")


def test_an_initial_weight_is_drawn_once():
    class Counted(keras.Initializer):
        calls = 0

        def __call__(self, shape, dtype=None):
            self.calls += 1
            return keras.ops.ones(shape, dtype)

    class Twice(Network):
        def __init__(self, initializer):
            super().__init__()
            self.dense = keras.layers.Dense(3, use_bias=False, kernel_initializer=initializer)

        def signature(self):
            return {"numbers": ((2,), "float32")}

        def call(self, numbers):
            return self.dense(numbers) + self.dense(numbers)

    network = Twice(counted := Counted())
    network.build()
    assert counted.calls == 1
    np.testing.assert_array_equal(network.dense.kernel, np.ones((2, 3)))
