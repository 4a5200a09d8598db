"""The camera's motion: what most places of a flow have in common, exactly, whatever others do."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks.camera import camera_flow

RNG = np.random.default_rng(0)
HEIGHT, WIDTH = 48, 64
FRAME = RNG.normal(0, 0.3, (1, HEIGHT, WIDTH, 1)).astype("float32")


def affine(right, below):
    """Returns a flow of three numbers each way, those of 1, x and y, `(1, h, w, 2)`."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    basis = np.stack([np.ones_like(x), (x + 0.5) / WIDTH * 2 - 1, (y + 0.5) / HEIGHT * 2 - 1], -1)
    return (basis @ np.transpose([right, below]))[None].astype("float32")


PAN, ZOOM = affine([2, 0, 0], [-1, 0, 0]), affine([1, 0.8, -0.3], [0.5, 0.3, 0.6])


@pytest.mark.parametrize("flow", [PAN, ZOOM, 0 * PAN])
def test_an_affine_flow_is_the_cameras(flow):
    np.testing.assert_allclose(camera_flow(flow, FRAME), flow, atol=2e-3)


@pytest.mark.parametrize("flow", [PAN, ZOOM, 0 * PAN])
def test_a_thing_that_goes_another_way_changes_little(flow):
    """Of a third of the picture; the mean would be off by more than a pixel."""
    both = flow.copy()
    both[:, 10:42, 8:40] += [5, -3]
    assert np.abs(both - flow).mean() > 1
    np.testing.assert_allclose(camera_flow(both, FRAME), flow, atol=0.02)


def test_places_without_texture_count_for_nothing():
    """Three quarters of the picture are flat, and seem to stand."""
    frame, flow = FRAME.copy(), PAN.copy()
    frame[:, :, 16:], flow[:, :, 20:] = 0.1, 0
    np.testing.assert_allclose(camera_flow(flow, frame)[:, :, :16], PAN[:, :, :16], atol=0.05)


def test_a_picture_without_any_texture_stands():
    assert not np.asarray(camera_flow(0 * PAN, 0 * FRAME)).any()


def test_a_batch_has_a_camera_each_in_graphs_of_any_size():
    spec = [tf.TensorSpec((None, None, None, n)) for n in (2, 1)]
    graph = tf.function(camera_flow, spec, autograph=False)
    made = graph(np.concatenate([PAN, ZOOM]), FRAME.repeat(2, 0))
    np.testing.assert_allclose(made, np.concatenate([PAN, ZOOM]), atol=2e-3)


def test_nothing_is_learnt_through_it():
    flow = tf.Variable(PAN)
    with tf.GradientTape() as tape:
        made = camera_flow(flow.value(), tf.constant(FRAME))
    assert tape.gradient(made, flow) is None
