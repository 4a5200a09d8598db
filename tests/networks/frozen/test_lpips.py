"""LPIPS: its formula, by hand, on hand-made features."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks.frozen import AlexNet, Lpips


@keras.saving.register_keras_serializable(package="tests")
class Itself(keras.Model):
    """The image is its own, and only, feature map."""

    channels = (3,)

    def build(self, input_shape=None):
        self.built = True

    def call(self, images):
        return [images]


def toy(weights=(1.0, 1.0, 1.0)):
    model = Lpips(Itself())
    model.build()
    model.heads[0].kernel.assign(np.float32(weights)[:, None])
    return model


@pytest.fixture
def images():
    return np.random.default_rng(0).uniform(-1, 1, (2, 3, 4, 4, 3)).astype("float32")


def test_is_the_papers_formula(images):
    a, b = images.astype("float64")
    weights = (0.5, 0.0, 2.0)
    unit = [x / np.linalg.norm(x, axis=-1, keepdims=True) for x in (a, b)]
    wanted = ((unit[0] - unit[1]) ** 2 @ weights).mean(axis=(1, 2))
    np.testing.assert_allclose(toy(weights)(tuple(images)), wanted, rtol=1e-5)


def test_sees_directions_alone():
    """Opposite features are 4 apart, orthogonal ones 2, and a length makes no difference."""
    x, y = np.zeros((2, 1, 2, 2, 3), "float32")
    x[..., 0], y[..., 1] = 0.5, 0.25
    model = toy()
    assert model((x, -x)).numpy() == pytest.approx([4.0])
    assert model((x, y)).numpy() == pytest.approx([2.0])
    assert model((x, 2 * x)).numpy() == pytest.approx([0.0])


def test_is_a_distance_on_a_real_backbone():
    """0 for equal images, else above with weights above 0; symmetric; one for each pair."""
    model = Lpips(AlexNet())
    model.build()
    for head in model.heads:
        head.kernel.assign(np.ones(head.kernel.shape, "float32"))
    a, b = np.random.default_rng(0).uniform(-1, 1, (2, 2, 32, 40, 3)).astype("float32")
    there = model((a, b)).numpy()
    assert there.shape == (2,) and there.dtype == "float32" and there.min() > 0
    np.testing.assert_array_equal(model((b, a)).numpy(), there)
    np.testing.assert_array_equal(model((a, a)).numpy(), [0.0, 0.0])
    np.testing.assert_allclose(model((a[1:], b[1:])).numpy(), there[1:], rtol=1e-4)
    assert not model.trainable_variables


def test_its_gradient_is_finite_even_where_features_are_zero(images):
    """Numeric differences agree; at all-zero features, as a ReLU gives, it is no NaN."""
    model = toy()
    a, b = (tf.constant(x[:1]) for x in images)
    step = tf.constant(np.random.default_rng(1).normal(size=a.shape).astype("float32"))
    with tf.GradientTape() as tape:
        tape.watch(a)
        distance = model((a, b))
    slope = float(tf.reduce_sum(tape.gradient(distance, a) * step))
    width = 1e-3
    numeric = float((model((a + width * step, b)) - model((a - width * step, b)))[0]) / (2 * width)
    assert slope == pytest.approx(numeric, rel=0.02, abs=1e-3)
    zero = tf.zeros_like(a)
    with tf.GradientTape() as tape:
        tape.watch(zero)
        distance = model((zero, b))
    assert not np.any(np.isnan(tape.gradient(distance, zero)))


def test_comes_back_from_its_config():
    again = Lpips.from_config(Lpips(AlexNet(name="inner"), name="outer").get_config())
    assert again.name == "outer" and isinstance(again.backbone, AlexNet)
    assert again.backbone.name == "inner"


def test_comes_back_from_its_file(images, tmp_path):
    model = toy((0.5, 0.0, 2.0))
    model.save(tmp_path / "lpips.keras")
    again = keras.models.load_model(tmp_path / "lpips.keras")
    np.testing.assert_array_equal(again(tuple(images)), model(tuple(images)))
    assert not again.trainable_variables
