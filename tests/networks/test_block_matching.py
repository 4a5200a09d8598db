"""Block matching: which way blocks of a frame moved."""

import numpy as np
import pytest
import tensorflow as tf
from moving import texture

from tfvgan.networks.block_matching import add_flow, block_matching_flow, correlation
from tfvgan.video import from_uint8


@pytest.mark.parametrize("speed", [(0.0, 0.0), (3.0, 0.0), (-6.5, 9.0)])
def test_the_flow_leads_back_to_where_it_was(speed):
    video = from_uint8(texture(2, 96, speed)[0])
    flow = np.asarray(block_matching_flow(video[1:], video[:1]))
    assert flow.shape == (1, 6, 6, 2)
    middle = np.median(flow[0, 1:-1, 1:-1], axis=(0, 1))
    np.testing.assert_allclose(middle, -np.array(speed), atol=1.0)


def test_what_stays_has_no_flow():
    picture = tf.random.stateless_uniform((1, 32, 48, 3), (0, 0))
    assert not np.any(block_matching_flow(picture, picture))


def test_the_flow_is_added_to_the_first_two_latents():
    motion, flow = np.ones((1, 2, 2, 5), "float32"), np.full((1, 2, 2, 2), 0.5, "float32")
    np.testing.assert_array_equal(add_flow(motion, flow)[0, 0, 0], [1.5, 1.5, 1, 1, 1])


def test_features_are_compared_with_those_around_in_the_previous_frame():
    before = np.random.default_rng(0).normal(size=(1, 8, 9, 20)).astype("float32")
    found = np.asarray(correlation(np.roll(before, (1, -2), (1, 2)), before))
    assert found.shape == (1, 8, 9, 49)
    place = 7 * (3 - 1) + (3 + 2)  # One up, and two to the right, was what is here now.
    np.testing.assert_allclose(found[0, 4, 4, place], (before[0, 3, 6, :16] ** 2).mean(), 1e-5)
    corner = found[0, 0, 0].reshape(7, 7)
    assert not corner[:3].any() and not corner[:, :3].any() and corner[3:, 3:].all()
