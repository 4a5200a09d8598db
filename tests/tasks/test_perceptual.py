"""Looking at long videos: three frames in a row, all of them in turn; and how they differ."""

from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from tiny_lpips import RED, WHITE, install, video

from tfvgan.tasks.perceptual import check_seen, in_a_row, perceptual_distance
from tfvgan.video import from_uint8


def test_three_frames_in_a_row_and_all_in_turn():
    clip = np.arange(10).reshape(2, 5)
    found = [in_a_row(clip, tf.constant(step, tf.int64)).numpy() for step in range(4)]
    for step in range(3):
        np.testing.assert_array_equal(found[step], clip[:, step : step + 3])
    np.testing.assert_array_equal(found[3], found[0])


def test_looks_are_the_mean_of_the_frames(monkeypatch):
    asked = install(monkeypatch)
    made, real = (from_uint8(video(*colours)) for colours in ((WHITE, RED), (WHITE, WHITE)))
    assert float(perceptual_distance("lpips-vgg", real, real)) == 0.0
    assert float(perceptual_distance("lpips-vgg", made, real)) > 0.0
    again = float(perceptual_distance("lpips-vgg", from_uint8(video(RED, RED)), real))
    assert float(perceptual_distance("lpips-vgg", made, real)) == pytest.approx(again / 2, rel=1e-3)
    assert set(asked) == {"lpips-vgg"}


def test_a_network_is_asked_for_where_looks_weigh_anything(monkeypatch):
    asked = install(monkeypatch)
    for weight in (0.0, 0.1):
        check_seen(SimpleNamespace(perceptual="lpips-vgg", loss_weights={"perceptual": weight}))
    assert asked == ["lpips-vgg"]
