"""A learned codec's halves as endpoints: SavedModel and TFLite decode what Keras does."""

import numpy as np
import pytest
import tensorflow as tf
import tiny_codec
from moving import texture

from tfvgan.export import export_saved_model, export_tflite
from tfvgan.export.tflite import load_tflite
from tfvgan.tasks.compression.learned_codec import LearnedCodec
from tfvgan.tasks.compression.synthesis import Synthesis, Transforms, codec_endpoints

SIZE = (32, 48)
VIDEO = texture(5, 48, (1.5, 0.5))[0][:, :32]


@pytest.fixture(scope="module")
def codec():
    return LearnedCodec(tiny_codec.generator(), tiny_codec.tables(), quality=5, edge=SIZE)


@pytest.fixture(scope="module")
def group(codec):
    """Returns a group's latents, and its frames as the codec decodes them."""
    payload = codec.encode(list(VIDEO), 25)
    found = (read(payload, len(VIDEO), SIZE) for read in (codec.latents, codec.decode))
    return tuple(np.stack(list(each)) for each in found)


def decoded(synthesize, latents, size, memory=8):
    """Returns frames as an edge device makes them, uint8."""
    previous = np.zeros((1, *size, 3), "float32")
    state = np.zeros((1, size[0] // 4, size[1] // 4, memory), "float32")
    frames = []
    for number, each in enumerate(latents):
        told = {"first": np.float32([number == 0]), "quality": np.float32([5])}
        found = synthesize(
            latents=each[None].astype("float32"), previous=previous, state=state, **told
        )
        previous, state = np.asarray(found["frame"]), np.asarray(found["state"])
        frames.append(np.rint(np.clip(127.5 * (previous[0] + 1), 0, 255)))
    return np.stack(frames)


@pytest.mark.slow
def test_an_edge_device_decodes_within_two_levels(codec, group, tmp_path):
    latents, frames = group
    path = export_tflite(codec, tmp_path / "synthesize.tflite", endpoint="synthesize")
    found = decoded(load_tflite(path, 1), latents, SIZE)
    assert np.abs(found - frames).max() <= 2 and frames.std() > 10


@pytest.mark.slow
def test_an_edge_device_analyzes_as_keras_does(codec, tmp_path):
    path = export_tflite(codec, tmp_path / "analyze.tflite", endpoint="analyze")
    analyze = load_tflite(path, 1)
    endpoint = codec.endpoints()["analyze"]
    for named in endpoint.edge.examples(1, 0):
        wanted = endpoint.edge.function(**named)["latents"]
        np.testing.assert_allclose(analyze(**named)["latents"], wanted, atol=1e-3)


@pytest.mark.slow
def test_a_server_decodes_frames_of_any_size(codec, group, tmp_path):
    signatures = tf.saved_model.load(export_saved_model(codec, tmp_path)).signatures
    alone = Synthesis(codec.generator, SIZE)
    assert list(alone.endpoints()) == ["synthesize"] and alone.average is codec.generator
    latents, frames = group

    def synthesize(**named):
        return signatures["synthesize"](**{k: tf.constant(v) for k, v in named.items()})

    assert np.abs(decoded(synthesize, latents, SIZE) - frames).max() <= 2
    assert decoded(synthesize, latents[:1, :1, :2], (16, 32)).shape == (1, 16, 32, 3)
    first = tf.ones((1,))
    frame = tf.random.stateless_uniform((1, 16, 48, 3), (1, 2), -1, 1)
    told = {"frame": frame, "previous": 0 * frame, "first": first, "quality": 5 * first}
    wanted = codec.generator.analyze(**told)
    np.testing.assert_allclose(signatures["analyze"](**told)["latents"], wanted, atol=1e-3)


def test_examples_are_first_frames_and_others(codec):
    synthesize, analyze = codec_endpoints(codec.generator, SIZE).values()
    for endpoint in (synthesize, analyze):
        found = list(endpoint.edge.examples(2, 7))
        assert len(found) == 2
        for named in found:
            specs = endpoint.edge.signature
            assert list(named) == [spec.name for spec in specs]
            assert [named[spec.name].shape for spec in specs] == [spec.shape for spec in specs]
            assert {value.dtype for value in named.values()} == {np.dtype("float32")}
    firsts = [named["first"][0] for named in synthesize.edge.examples(2, 7)]
    assert firsts == [1, 0]


def test_edges_are_multiples_of_16(codec):
    with pytest.raises(ValueError, match=r"multiples of 16, but is \(30, 32\)"):
        codec_endpoints(codec.generator, (30, 32))
    assert Synthesis(codec.generator, (30, 32)).edge == (32, 32)


def test_frames_of_any_size_are_analyzed_as_if_their_edges_went_on(codec):
    frame = np.random.default_rng(0).uniform(-1, 1, (1, 30, 41, 3)).astype("float32")
    filled = np.pad(frame, [(0, 0), (0, 2), (0, 7), (0, 0)], "edge")
    analyze = Transforms(codec.generator).endpoints()["analyze"].function
    told = np.zeros((1, 32, 48, 3), "float32"), np.ones(1, "float32"), np.full(1, 4, "float32")
    np.testing.assert_array_equal(
        analyze(frame, *told)["latents"], analyze(filled, *told)["latents"]
    )
