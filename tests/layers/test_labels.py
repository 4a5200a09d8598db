import numpy as np
import pytest

from tfvgan.layers import LabelledLatents, ProjectionHead

LATENTS = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
LABEL = np.array([0, 1, 0, 1], "int32")


def test_latents_come_first_and_the_code_is_of_the_class():
    y = np.asarray(LabelledLatents(num_classes=2, width=5)(LATENTS, LABEL))
    assert y.shape == (4, 8)
    np.testing.assert_array_equal(y[:, :3], LATENTS)
    np.testing.assert_array_equal(y[0, 3:], y[2, 3:])
    assert np.abs(y[0, 3:] - y[1, 3:]).max() > 0


def test_projection_is_the_formula_of_miyato_and_koyama():
    features = np.random.default_rng(1).normal(size=(4, 2, 2, 6)).astype("float32")
    head = ProjectionHead(num_classes=2)
    y = np.asarray(head(features, LABEL))
    w, b = (np.asarray(weight) for weight in head.logit.weights)
    v = np.asarray(head.code.embeddings)
    expected = features.reshape(4, -1) @ w[:, 0] + b + (v[LABEL] * features.sum((1, 2))).sum(-1)
    np.testing.assert_allclose(y[:, 0], expected, rtol=1e-4, atol=1e-6)


def test_without_classes_the_head_reads_no_label():
    head = ProjectionHead()
    assert head(np.ones((4, 2, 2, 6), "float32")).shape == (4, 1)
    assert head.count_params() == 2 * 2 * 6 + 1


def test_the_head_computes_in_float32_whatever_the_policy():
    assert ProjectionHead(dtype="mixed_float16").compute_dtype == "float32"


@pytest.mark.parametrize("layer", [LabelledLatents(2, 5), ProjectionHead(2)])
def test_config_round_trip(layer):
    assert type(layer).from_config(layer.get_config()).get_config() == layer.get_config()


def test_first_codes_are_small_and_of_the_dtype_that_was_told():
    latents, head = LabelledLatents(200, 50, dtype="mixed_float16"), ProjectionHead(200)
    mixed = latents(LATENTS.astype("float16"), LABEL)
    assert latents.code.embeddings.shape == (200, 50)
    assert mixed.dtype == latents.code.compute_dtype == "float16"
    head(np.ones((4, 2, 2, 50), "float32"), LABEL)
    for weights, deviation in (
        (latents.code.embeddings, 0.05),
        (head.code.embeddings, 0.02),
        (head.logit.kernel, 0.02),
    ):
        assert abs(np.asarray(weights).std() / deviation - 1) < 0.2
    mixed = ProjectionHead(2, dtype="mixed_float16")
    mixed(np.ones((4, 2, 2, 6), "float32"), LABEL)
    parts = (mixed, mixed.flatten, mixed.logit, mixed.code)
    assert {layer.compute_dtype for layer in parts} == {"float32"}
    assert ProjectionHead().num_classes == 0 and ProjectionHead().code is None
