"""What makes no sense is refused by the graph that is served, in a sentence."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import ContinuousGenerator
from tfvgan.tasks.generation.endpoints import endpoints
from tfvgan.tasks.guard import MOST, guarded

CLASSES = 3


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The signatures of a SavedModel."""
    folder = tmp_path_factory.mktemp("served")
    generator = ContinuousGenerator(4, 2, 8, width=8, num_classes=CLASSES)
    generator.build()
    archive = keras.export.ExportArchive()
    for name, endpoint in endpoints(generator, "sampling").items():
        archive.add_endpoint(name, endpoint.function, endpoint.signature)
    archive.write_out(str(folder), verbose=False)
    loaded = tf.saved_model.load(str(folder))
    return lambda name, **named: loaded.signatures[name](
        **{key: tf.constant(value) for key, value in named.items()}
    )


def asked(served, name, **changed):
    named = {"latents": np.zeros((2, 4), "float32"), "motion": np.zeros((2, 5, 32), "float32")}
    named |= {"time": np.zeros(2, "float32")} if name == "moment" else {}
    return served(name, **named | {"label": np.int32([0, CLASSES - 1])} | changed)


@pytest.mark.parametrize("name", ["generate", "moment"])
def test_numbers_are_finite_and_labels_are_classes(served, name):
    assert len(next(iter(asked(served, name).values()))) == 2
    for changed, said in (
        ({"latents": np.float32([[0, 0, 0, np.nan]] * 2)}, "`latents` must hold finite numbers"),
        ({"motion": np.full((2, 5, 32), np.inf, "float32")}, "`motion` must hold finite numbers"),
        ({"label": np.int32([0, 99])}, "`label` must be from 0 to 2, but is"),
        ({"label": np.int32([-1, 0])}, "`label` must be from 0 to 2, but is"),
    ):
        with pytest.raises(tf.errors.InvalidArgumentError, match=said):
            asked(served, name, **changed)


@pytest.mark.parametrize("count", [0, MOST + 1, 10**6])
def test_videos_are_drawn_a_few_at_a_time(served, count):
    said = f"`seed` must have from 1 to {MOST} numbers"
    with pytest.raises(tf.errors.InvalidArgumentError, match=said):
        served("sample", seed=np.zeros(count, np.int32))


def test_as_many_as_are_allowed_are_drawn(served):
    assert len(served("sample", seed=np.arange(MOST, dtype=np.int32) - 3)["video"]) == MOST


def test_pictures_have_pixels():
    function = guarded(lambda x: {"x": x}, [tf.TensorSpec((None, None, 3), tf.uint8, "frame")])
    assert function(np.ones((1, 1, 3), np.uint8))["x"].shape == (1, 1, 3)
    with pytest.raises(tf.errors.InvalidArgumentError, match="`frame` must have pixels, but has"):
        function(np.ones((0, 1, 3), np.uint8))
