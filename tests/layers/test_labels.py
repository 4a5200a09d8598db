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
