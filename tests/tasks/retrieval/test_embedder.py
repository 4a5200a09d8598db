"""A trained embedder alone: whole numbers of 8 bits, a name of its own, and what is served."""

import numpy as np
import pytest

from tfvgan.export.parity import difference
from tfvgan.library.windows import LENGTH
from tfvgan.networks import DcganDiscriminator, EmbedderDiscriminator
from tfvgan.tasks import Embedder

RNG = np.random.default_rng(0)
WINDOWS = RNG.integers(0, 256, (40, 4, 24, 24, 3), "uint8")


def embedder():
    network = EmbedderDiscriminator(24, 6, 16)
    network.build()
    return Embedder(network)


def test_vectors_are_whole_numbers_of_about_one_length(eagerly):
    found = embedder()
    vectors = found.embed(WINDOWS)
    assert vectors.shape == (40, 16) and vectors.dtype == np.int8
    np.testing.assert_allclose(np.linalg.norm(vectors.astype(float), axis=1), LENGTH, atol=3)
    exact = np.asarray(found.generator.embed(WINDOWS / np.float32(127.5) - 1))
    np.testing.assert_allclose(vectors, LENGTH * exact, atol=0.51)
    assert found.embed(WINDOWS[:0]).shape == (0, 16)


@pytest.mark.parametrize("wrong", [WINDOWS[:, :3], WINDOWS[0], WINDOWS.astype(float), [1]])
def test_what_is_no_window(wrong):
    with pytest.raises(ValueError, match=r"`windows` must be uint8 \(n, 4, 24, 24, 3\), but are"):
        embedder().embed(wrong)


def test_it_goes_by_a_name_of_its_weights(tmp_path):
    found = embedder()
    found.save(tmp_path / "x.keras")
    again = Embedder.load(tmp_path / "x.keras")
    assert again.name == found.name and len(found.name) == 16
    weight = again.generator.projection.kernel
    weight.assign(weight + 1e-6)
    assert Embedder(again.generator).name != found.name
    with pytest.raises(ValueError, match="must be a .*EmbedderDiscriminator, but is a Dcgan"):
        Embedder(DcganDiscriminator(4, 8, 4))


def test_what_is_served_is_what_it_makes(eagerly):
    found = embedder()
    endpoint = found.endpoints()["embed"]
    given = WINDOWS[:3]
    np.testing.assert_array_equal(endpoint.function(given)["vectors"], found.embed(given))
    floats = np.asarray(endpoint.edge.function(given)["vectors"])
    np.testing.assert_allclose(np.linalg.norm(floats, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(floats * LENGTH, found.embed(given), atol=0.51)
    examples = endpoint.edge.examples(3, 0)
    assert [example["windows"].shape for example in examples] == [(1, 4, 24, 24, 3)] * 3
    assert examples[0]["windows"].dtype == np.uint8
    assert (examples[0]["windows"][:, 0] != examples[0]["windows"][:, 1]).any()
    with pytest.raises(Exception, match="`windows` must have pixels"):
        endpoint.function(WINDOWS[:0])


def test_a_step_of_8_bits_is_one_whether_it_has_a_sign_or_not():
    for kind in ("uint8", "int8"):
        far = difference(np.array([3], kind), np.array([5], kind))
        np.testing.assert_allclose(far, 2 * 2 / 255)


@pytest.mark.slow
def test_exports_are_as_the_model_is(tmp_path):
    """SavedModel and LiteRT beside Keras."""
    from tfvgan.export import export_model

    version = export_model(embedder(), tmp_path / "m", {"embed": ("float32", "dynamic")})
    assert {"embed-float32.tflite", "embed-dynamic.tflite"} <= {
        path.name for path in (tmp_path / "m" / "1").iterdir()
    }
    assert version.endswith("1")
