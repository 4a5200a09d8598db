"""A codec's network on its own: what is told each group, and the same pictures wherever it runs."""

import os

import keras
import numpy as np
import pytest
import tensorflow as tf
from moving import texture

from tfvgan.export import export_model
from tfvgan.export.tflite import load_tflite
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import EnhancedCodec, Enhancer, Restorer
from tfvgan.tasks.compression.enhanced_group import unpacked
from tfvgan.tasks.compression.sharpness import sharpen_pictures

VIDEO = texture(5, 96, (1.5, 0.5))[0]
LEVELS = 2  # Of grey, which pixels may differ by.


def generator(**arguments):
    keras.utils.set_random_seed(0)
    small = {"factor": 1, "width": 8, "depth": 1, "folds": 2, "leveled": True}
    network = RestorerGenerator(**{**small, **arguments})
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0.0, 0.05, network.head.kernel.shape))
    return network


def stepped(stepper):
    """Returns what a stepper makes of the video."""
    from tfvgan.streaming import Recurrence

    made = Recurrence(stepper, cuts=False)(VIDEO)
    return np.stack([each.picture for each in made]).astype(int)


def test_it_is_the_restorer_that_is_told_the_same():
    network = generator()
    enhancer = Enhancer(network)
    for strength, level in ((1.0, 0.2), (0.5, 0.8), (0.0, 0.8)):
        other = enhancer.with_settings(strength, level)
        wanted = stepped(Restorer(network, strength, level))
        assert np.abs(stepped(other) - wanted).max() <= 1
        assert other.identity == Restorer(network, strength, level).identity
    assert (
        np.abs(
            stepped(enhancer.with_settings(1.0, 0.2)) - stepped(enhancer.with_settings(1.0, 0.8))
        ).max()
        > 0
    )
    assert enhancer.strength == 1.0 and enhancer.level is None and enhancer.sharpness == 0


def test_what_comes_out_is_as_sharp_as_it_is_told():
    network = generator()
    network.head.kernel.assign(np.zeros(network.head.kernel.shape))  # It changes nothing.
    wanted = sharpen_pictures(VIDEO.astype("float32"), np.full(len(VIDEO), 0.4, "float32")).numpy()
    sharp = stepped(Enhancer(network).with_settings(0.5, 0.3, 0.4))
    assert np.abs(sharp - np.clip(wanted, 0, 255)).max() < 0.6
    assert np.abs(sharp - VIDEO).max() > 5


def test_nothing_is_compiled_anew_for_another_group():
    enhancer = Enhancer(generator())
    for number in range(3):
        stepped(enhancer.with_settings(number / 3, number / 4, number / 8))
    assert enhancer._stepped.experimental_get_tracing_count() == 1


def test_another_network_is_none_of_a_codec():
    for wrong in ({"factor": 2}, {"leveled": False}):
        with pytest.raises(ValueError, match="must be of factor 1 and told the level"):
            Enhancer(generator(**wrong))
    with pytest.raises(ValueError, match="must be a tfvgan.networks.RestorerGenerator"):
        Enhancer(keras.layers.Dense(1))


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Returns a network, and the folder that it is exported to."""
    network = generator()
    enhancer = Enhancer(network, edge=VIDEO.shape[1:3])
    return network, export_model(enhancer, tmp_path_factory.mktemp("x"), ("float32",))


def served(folder):
    """Returns what the SavedModel's endpoint makes of named arrays, as arrays."""
    signature = tf.saved_model.load(folder).signatures["enhance"]

    def run(**named):
        made = signature(**{name: tf.constant(value) for name, value in named.items()})
        frame = made["frame"].numpy() / np.float32(127.5) - 1
        return {"frame": frame, "state": made["state"].numpy()}

    return run


def test_a_group_is_the_same_on_a_server_and_on_an_edge_device(exported):
    network, folder = exported
    assert {"enhance-float32.tflite", "saved_model.pb"} <= set(os.listdir(folder))
    codec = EnhancedCodec(network, quality=3)
    payload = codec.encode(list(VIDEO), 25)
    payload = payload[:2] + bytes([200]) + payload[3:]  # A strength that shows.
    wanted = np.stack(list(codec.decode(payload, len(VIDEO), VIDEO.shape[1:3]))).astype(float)
    group = unpacked(payload, len(VIDEO))
    base, packets = codec.base_layer(payload, len(VIDEO))
    frames = [frame[None] for frame in base.decode(packets, VIDEO.shape[1:3])]
    told = zip(("strength", "level", "sharpness"), group.amounts)
    told = {name: np.array([number], "float32") for name, number in told}
    for run in (served(folder), load_tflite(os.path.join(folder, "enhance-float32.tflite"), 1)):
        state, made = np.zeros((1, 24, 24, network.width), "float32"), []
        for before, now, after in zip([frames[0], *frames], frames, [*frames[1:], frames[-1]]):
            found = run(before=before, frame=now, after=after, state=state, **told)
            state = found["state"]
            made.append(np.rint(np.clip(127.5 * (found["frame"][0] + 1), 0, 255)))
        assert np.abs(np.stack(made) - wanted).max() <= LEVELS
    assert np.abs(np.concatenate(frames) - wanted).max() > 4 * LEVELS
