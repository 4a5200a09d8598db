import keras
import numpy as np
import pytest
import tensorflow as tf
from toy_extractors import Colours, ColoursOfFrames, videos

from tfvgan import weights
from tfvgan.metrics import extractors
from tfvgan.metrics.extractors import AlexNetMeans, I3DLogits, in_groups


@pytest.fixture
def untrained(tmp_path, monkeypatch):
    """Networks that see colours in place of the published ones; nothing is fetched."""

    class Network:
        def __call__(self, seen):
            self.shape = seen.shape
            if seen.shape.rank == 5:
                return tf.pad(seen[:, -1, 5, 7], [[0, 0], [0, 397]])
            return [None, tf.pad(seen[:, ::2, ::2], [[0, 0], [0, 0], [0, 0], [0, 253]])]

    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))
    network = Network()
    network.backbone = network
    monkeypatch.setattr(weights, "network", lambda name: network)
    return network


def test_i3d_reads_videos_of_224_in_minus_one_to_one(untrained):
    grey = np.full((2, 9, 6, 6, 3), 51, np.uint8)
    features = I3DLogits()(grey)
    assert untrained.shape[-3:] == (224, 224, 3)
    np.testing.assert_allclose(features[:, :3], np.full((2, 3), -0.6), rtol=1e-5)
    assert features.shape == (2, 400)
    assert I3DLogits().resize == "224bilinear"


def test_i3d_says_how_many_frames_it_needs(untrained):
    with pytest.raises(ValueError, match="'i3d' reads videos of 9 frames or more, but was given 8"):
        I3DLogits()(np.zeros((1, 8, 6, 6, 3), np.uint8))


def test_a_backbone_gives_a_row_a_frame_in_order(untrained):
    clips = np.stack([np.full((6, 6, 3), level, np.uint8) for level in range(0, 240, 40)])
    features = AlexNetMeans()(clips.reshape(3, 2, 6, 6, 3))
    assert features.shape == (6, 256)
    np.testing.assert_allclose(features[:, 0], np.arange(0, 240, 40) / 127.5 - 1, atol=1e-4)


def test_weights_that_are_not_there_are_missed_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))
    with pytest.raises(weights.MissingWeights, match="tfvgan weights fetch i3d"):
        extractors.get_extractor("i3d")


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_floats_and_bytes_batches_and_graphs_agree(count):
    clips = videos(count)
    extractor = ColoursOfFrames()
    expected = clips.astype(np.float64) / 127.5 - 1
    whole = np.asarray(extractor(clips))
    # Bilinear without a filter, 8 to 4: the mean of the two pixels in the middle, each way.
    np.testing.assert_allclose(
        whole, expected.reshape(-1, 4, 2, 4, 2, 3).mean(axis=(1, 2, 3, 4)), atol=1e-6
    )
    np.testing.assert_array_equal(extractor((clips / 127.5 - 1).astype(np.float32)), whole)
    np.testing.assert_array_equal(tf.function(extractor)(clips), whole)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_groups_are_small_and_lose_nothing(count):
    seen = []

    def function(rows):
        tf.numpy_function(lambda n: seen.append(int(n)), [tf.shape(rows)[0]], [])
        return 2.0 * rows

    rows = tf.reshape(tf.range(2.0 * count), (count, 2))
    np.testing.assert_array_equal(in_groups(function, rows, 4, 2), 2 * rows)
    assert max(seen) <= 4
    assert sum(seen) - count < len(seen)


def test_get_takes_names_objects_and_configurations(untrained):
    assert extractors.get_extractor("i3d") is extractors.get_extractor("i3d")
    assert extractors.get_extractor("alexnet").name == "alexnet"
    colours = Colours()
    assert extractors.get_extractor(colours) is colours
    config = keras.saving.serialize_keras_object(ColoursOfFrames())
    assert isinstance(extractors.get_extractor(config), ColoursOfFrames)


@pytest.mark.parametrize("wrong", ["inception", 3, len, None])
def test_what_is_no_extractor_is_told_so(wrong):
    with pytest.raises(ValueError, match="must be one of i3d, alexnet, vgg16, or a callable"):
        extractors.get_extractor(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(extractors.EXTRACTORS))
def test_the_published_networks_see_something(name):
    for entry in ("i3d", "lpips-alex", "lpips-vgg"):
        weights.fetch(entry)
    extractor = extractors.get_extractor(name)
    clips = np.random.default_rng(0).integers(0, 256, (2, 9, 32, 32, 3), np.uint8)
    clips[1] //= 4
    features = np.asarray(extractor(clips)).reshape(2, -1, extractor.dimension)
    assert np.isfinite(features).all()
    assert np.abs(features[0] - features[1]).max() > 0.1
    np.testing.assert_allclose(np.asarray(extractor(clips[1:])), features[1], rtol=1e-3, atol=1e-3)


def test_unless_it_says_otherwise_one_frame_is_enough():
    clip = videos(1)[:, :1]
    assert ColoursOfFrames()(clip).shape == (1, 3)
