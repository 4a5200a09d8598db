"""Content, style and colours: 0 of equals, and what each does not see."""

import numpy as np
import pytest
import tensorflow as tf
from tiny_lpips import install

from tfvgan.tasks.stylization import pictures
from tfvgan.tasks.stylization.pictures import YUV, content_and_style, far_in_colour, gram

RNG = np.random.default_rng(0)


@pytest.fixture
def one_map(monkeypatch):
    """A network that looks at colours has one map."""
    monkeypatch.setattr(pictures, "CONTENT", 0)
    monkeypatch.setattr(pictures, "STYLE", (0,))
    return install(monkeypatch)


def video(count=1, frames=2, side=32):
    return tf.constant(RNG.uniform(-1, 1, (count, frames, side, side, 3)).astype("float32"))


def test_grams_are_means_of_products_which_know_no_place():
    features = RNG.normal(size=(2, 3, 4, 5)).astype("float32")
    flat = features.reshape(2, 12, 5)
    wanted = np.einsum("npc,npd->ncd", flat, flat) / 12
    np.testing.assert_allclose(gram(tf.constant(features)), wanted, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(gram(tf.constant(features[:, ::-1])), wanted, rtol=1e-5, atol=1e-6)


def test_the_source_has_its_own_content_and_the_picture_its_own_style(one_map):
    source, picture = video(), video()
    strength = tf.ones(1)
    content, style = content_and_style(source, source, picture, strength)
    assert float(content) == 0 and float(style) > 0 and one_map == ["lpips-vgg"]
    still = picture[:, :1]  # Gram matrices of frames are compared with the mean of the pictures'.
    content, style = content_and_style(still, source[:, :1], still, strength)
    assert float(content) > 0 and float(style) == pytest.approx(0, abs=1e-6)


def test_no_style_is_missed_where_none_is_asked_for(one_map):
    made, source, picture = video(2), video(2), video(2)
    both = content_and_style(made, source, picture, tf.constant([1.0, 1.0]))[1]
    parts = [
        float(content_and_style(made, source, picture, tf.constant(each))[1])
        for each in ([1.0, 0.0], [0.0, 1.0], [0.0, 0.0])
    ]
    assert parts[2] == 0 and sum(parts[:2]) == pytest.approx(float(both), rel=1e-5)


def test_colours_are_those_of_yuv():
    np.testing.assert_allclose(np.array(YUV).sum(0), [1, 0, 0], atol=1e-3)
    source = video()
    assert float(far_in_colour(source, source)) == 0
    assert float(far_in_colour(source + 0.5, source)) == pytest.approx(0.5, abs=1e-3)
    red = tf.constant([0.2, 0.0, 0.0])
    y, u, v = 0.299 * 0.2, 0.1687 * 0.2, 0.1
    wanted = y + 0.5 * u**2 / 0.1 + (v - 0.05)
    assert float(far_in_colour(source + red, source)) == pytest.approx(wanted, abs=1e-3)
