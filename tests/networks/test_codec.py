"""The learned codec: what frames depend on, its flow, its rates, and its names in files."""

import io
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.networks import CodecDiscriminator, CodecGenerator
from tfvgan.networks.gains import QUALITIES

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 3, 16, 32, 3)).astype("float32")
QUALITY = np.array([2.0, 7.0], "float32")
FIRST = np.array([1.0, 0.0], "float32")


def generator(learnt=True, **arguments):
    """Returns a tiny codec; one that has learnt something moves and mends what was before."""
    keras.utils.set_random_seed(0)
    network = CodecGenerator(**{"channels": 16, "width": 8, "depth": 1, "memory": 4, **arguments})
    network.build()
    if learnt:
        for conv in (network.head, network.flow_head):
            conv.kernel.assign(RNG.normal(0.0, 0.1, conv.kernel.shape))
    return network


def coded(network, video=VIDEO, quality=QUALITY):
    return np.asarray(network({"video": video, "quality": quality}))


def test_before_it_has_learnt_it_codes_low_frequencies_as_finely_as_the_quality_is():
    network = generator(False, channels=64)
    video = np.broadcast_to(VIDEO.mean((2, 3), keepdims=True), VIDEO.shape)
    far = [np.abs(coded(network, video, np.full(2, q, "f")) - video).mean() for q in (2, 5, 8)]
    assert far[0] > far[1] > far[2] and far[2] < 0.02


def test_a_frame_depends_on_those_before_it_alone():
    network = generator()
    plain = coded(network)
    assert plain.shape == VIDEO.shape
    for n in range(3):
        changed = VIDEO.copy()
        changed[:, n] *= -1
        far = np.abs(coded(network, changed) - plain).max((0, 2, 3, 4))
        assert not far[:n].any() and far[n:].all()


def test_analyze_encodes_and_synthesize_decodes():
    network = generator()
    previous, state = network.start(VIDEO[:, 0])
    assert not np.any(previous) and state.shape == (2, 4, 8, 4)
    first = np.ones(2, "float32")
    for n in range(3):
        latents = network.analyze(VIDEO[:, n], previous, first, QUALITY)
        assert latents.shape == (2, 1, 2, 16)
        previous, moved, state = network.synthesize(
            np.round(latents), previous, state, first, QUALITY
        )
        assert moved.shape == (2, 16, 32, 3) and np.abs(state).max() <= 1
        np.testing.assert_allclose(previous, coded(network)[:, n], atol=1e-5)
        first = 0 * first


def test_without_a_flow_what_was_before_stays_where_it_is():
    network, frame = generator(False), VIDEO[:, 0]
    symbols, state = np.zeros((2, 1, 2, 16), "float32"), np.zeros((2, 4, 8, 4), "float32")
    made, moved, _ = network.synthesize(symbols, frame, state, 0 * FIRST, QUALITY)
    np.testing.assert_array_equal(moved, frame)
    np.testing.assert_array_equal(made, frame)


def test_an_even_flow_moves_it_by_four_pixels_a_unit():
    network, frame = generator(False), VIDEO[:, 0]
    network.flow_head.bias.assign([0.5, 0.0])  # Quarters of the size, right and down.
    symbols, state = np.zeros((2, 1, 2, 16), "float32"), np.zeros((2, 4, 8, 4), "float32")
    moved = np.asarray(network.synthesize(symbols, frame, state, 0 * FIRST, QUALITY)[1])
    np.testing.assert_allclose(moved[:, :, :-2], frame[:, :, 2:], atol=1e-5)


def test_a_first_frame_has_no_latents_of_motion():
    network = generator()
    for first, some in ((1.0, False), (0.0, True)):
        flag = np.full(2, first, "float32")
        latents = np.asarray(network.analyze(VIDEO[:, 0], VIDEO[:, 1], flag, QUALITY))
        assert latents[..., : network.motion_channels].any() == some and latents[..., 2:].any()


def test_latents_of_motion_and_of_the_residual_depend_on_the_frame_before():
    network = generator(channels=32)
    flag = np.zeros(2, "float32")
    here, there = (
        np.asarray(network.analyze(VIDEO[:, 0], before, flag, QUALITY))
        for before in (VIDEO[:, 1], VIDEO[:, 2])
    )
    # Block matching is added to two latents of motion; the others are the encoder's alone.
    for latents in (
        np.s_[..., :2],
        np.s_[..., 2 : network.motion_channels],
        np.s_[..., network.motion_channels :],
    ):
        assert np.abs(here[latents] - there[latents]).max() > 1e-4


def test_better_qualities_have_finer_steps_to_begin_with():
    network = generator()
    sizes = [
        np.abs(network.analyze(VIDEO[:, 0], 0 * VIDEO[:, 0], FIRST, np.full(2, q, "f"))).mean()
        for q in range(1, QUALITIES + 1)
    ]
    assert np.all(np.diff(sizes) > 0)


@pytest.mark.parametrize("scale", [0.3, 1.5, 6.0])
def test_bits_are_about_the_entropy_of_laplace_s_distribution(scale):
    """Of rounded draws, where the tables hold the scale that they were drawn with."""
    network = generator(False)
    network.scales.assign(np.full(network.scales.shape, (np.log(scale - 0.02) + 1.5) / 8))
    latents = RNG.laplace(0, scale, (1, 32, 32, 16)).astype("float32")
    whole, first = np.round(latents), np.ones(1, "float32")
    bits = float(network.bits(latents, whole - latents, 0 * whole, first)[0]) / whole.size
    steps = np.arange(1, 200)
    sides = (np.exp(-(steps - 0.5) / scale) - np.exp(-(steps + 0.5) / scale)) / 2
    chances = np.concatenate([[1 - np.exp(-0.5 / scale)], sides, sides])
    chances = chances[chances > 0]
    assert bits == pytest.approx(-np.sum(chances * np.log2(chances)), rel=0.03)


def test_each_context_has_a_table_of_its_own():
    network = generator(False)
    latents, zero = np.zeros((1, 2, 2, 16), "float32"), np.zeros((1, 2, 2, 16), "float32")
    first = np.ones(1, "float32")
    plain = float(network.bits(latents, zero, zero, first)[0])
    scales = network.scales.numpy()
    scales[0, 0, 3, 0, 0] = 2.0  # First frame, first pass, channel 3, nothing around.
    network.scales.assign(scales)
    assert float(network.bits(latents, zero, zero, first)[0]) > plain + 1
    assert float(network.bits(latents, zero, zero, 0 * first)[0]) == pytest.approx(plain)
    scales[1, 0, 3, 2, 0] = 2.0  # A later frame, where twice 1 was before in the same channel.
    network.scales.assign(scales)
    before = zero.copy()
    before[0, 0, 0, 3] = 1
    assert float(network.bits(latents, zero, zero, 0 * first)[0]) == pytest.approx(plain)
    assert float(network.bits(latents, zero, before, 0 * first)[0]) > plain + 1


def test_bits_have_a_slope_where_rounding_has_none():
    network = generator()
    latents = RNG.normal(0, 2, (1, 2, 2, 16)).astype("float32")
    latents[..., -1] = 500  # Which a network that has learnt nothing thinks all but impossible.
    latents = tf.Variable(latents)
    with tf.GradientTape() as tape:
        bits = network.bits(latents, 0.1 + 0 * latents, 0 * latents, tf.ones(1))
    slope = tape.gradient(bits, [latents, network.scales])
    assert np.all(np.abs(slope[0]) > 0) and np.any(tf.convert_to_tensor(slope[1]) != 0)


def test_it_takes_any_size_in_a_graph():
    network = generator()
    spec = {
        "video": tf.TensorSpec((None, 1, None, None, 3), tf.float32),
        "quality": tf.TensorSpec((None,), tf.float32),
    }
    function = tf.function(network, input_signature=[spec])
    for height, width in ((16, 32), (32, 16)):
        video = RNG.uniform(-1, 1, (2, 1, height, width, 3)).astype("float32")
        video_in_a_graph = function({"video": video, "quality": QUALITY})
        np.testing.assert_allclose(video_in_a_graph, coded(network, video), atol=1e-4)


@pytest.mark.parametrize("channels", [0, 8, 20])
def test_two_channels_or_more_are_of_motion(channels):
    with pytest.raises(ValueError, match=f"must be 16, 24 and so on, but is {channels}"):
        CodecGenerator(channels=channels)


@pytest.mark.parametrize("network", [CodecGenerator(16, 8, 1, 4), CodecDiscriminator(16, 8, 4)])
def test_config_round_trip_and_saving(network, tmp_path):
    assert type(network).from_config(network.get_config()).get_config() == network.get_config()
    network.build()
    network.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert_same_weights(network, again)


def test_its_names_in_files_are_those_of_the_files_that_there_are(tmp_path):
    """Weights in their order, each with its path in HDF5, in a checkpoint, and its shape."""
    network = generator(False)
    for number, weight in enumerate(network.weights, 1):
        weight.assign(np.full(weight.shape, number))
    network.save(tmp_path / "x.keras")
    with zipfile.ZipFile(tmp_path / "x.keras") as archive:
        saved = io.BytesIO(archive.read("model.weights.h5"))
    in_hdf5, in_checkpoint = {}, {}
    with h5py.File(saved) as file:
        paths = []
        file.visit(paths.append)
        for path in paths:
            if isinstance(file[path], h5py.Dataset):
                in_hdf5[file[path][()].flat[0]] = path
    checkpoint = tf.train.load_checkpoint(tf.train.Checkpoint(network).write(str(tmp_path / "x")))
    for path in checkpoint.get_variable_to_shape_map():
        if path.endswith("/.ATTRIBUTES/VARIABLE_VALUE"):
            in_checkpoint[np.ravel(checkpoint.get_tensor(path))[0]] = path.split("/.")[0]
    names = [
        f"{in_hdf5[n]} {in_checkpoint[n]} {str(tuple(weight.shape)).replace(' ', '')}"
        for n, weight in enumerate(network.weights, 1)
    ]
    golden = Path(__file__).with_name("golden") / "codec-names.txt"
    assert names == golden.read_text().splitlines()
