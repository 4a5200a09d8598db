import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.synthetic import moving_shapes
from tfvgan.metrics.content import ACD, content, shape_color, shape_mask
from tfvgan.video import from_uint8

RANDOM = np.random.default_rng(0)
GROUND = 20


def squares(colors, size=16, side=4):
    """One video in which a square of the given colours, one a frame, moves to the right."""
    video = np.full((1, len(colors), size, size, 3), GROUND, np.uint8)
    for time, color in enumerate(colors):
        video[0, time, 2 : 2 + side, time : time + side] = color
    return video


def results(*batches, **arguments):
    metric = ACD(**arguments)
    for batch in batches:
        metric.update_state(None, batch)
    return {name: float(value) for name, value in metric.result().items()}


def test_a_shape_that_keeps_its_colour_scores_nought_with_presence_and_motion_beside_it():
    told = results(squares([(200, 90, 90)] * 4))
    assert list(told) == ["acd", "acd_presence", "acd_area", "acd_motion"]
    assert (told["acd"], told["acd_presence"], told["acd_area"]) == (0, 1, 16 / 256)
    change = 2 * 4 * (180 + 70 + 70) / 3 / 256  # A column of four pixels appears, another goes.
    assert told["acd_motion"] == pytest.approx(change)


def test_it_is_the_mean_distance_over_all_pairs_of_frames():
    colors = [(200, 0, 0), (203, 0, 4), (200, 0, 0)]
    assert results(squares(colors))["acd"] == pytest.approx((5 + 0 + 5) / 3, rel=1e-6)
    assert results(squares(colors, size=24))["acd"] == pytest.approx(10 / 3, rel=1e-6)


def test_what_fools_the_distance_does_not_fool_what_stands_beside_it():
    real = moving_shapes(4, 6, 32)["video"]
    told = results(real)
    noise = results(RANDOM.integers(0, 256, real.shape, dtype=np.uint8))
    still = results(real[:, :1].repeat(6, axis=1))
    black = results(np.zeros_like(real))
    strangers = results(real.reshape(6, 4, *real.shape[2:]).swapaxes(0, 1))
    assert noise["acd"] < 8 and noise["acd_area"] > 0.5 > 4 * told["acd_area"]
    assert still["acd"] == still["acd_motion"] == 0 < told["acd_motion"]
    assert np.isnan(black["acd"]) and black["acd_presence"] == 0 < told["acd_presence"] == 1
    assert strangers["acd"] > 10 * told["acd"]


def test_frames_without_a_shape_are_left_out_and_told_by_presence():
    red, gone = (200, 0, 0), (GROUND,) * 3
    assert results(squares([red, gone, red, gone]))["acd"] == 0
    assert results(squares([red, gone, red, gone]))["acd_presence"] == 0.5
    once = squares([red, gone, gone, gone])
    assert np.isnan(results(once)["acd"])
    both = results(once, squares([(100, 0, 0), (107, 0, 0), (100, 0, 0), (107, 0, 0)]))
    assert both["acd"] == pytest.approx(7 * 4 / 6, rel=1e-6)
    assert both["acd_presence"] == pytest.approx(5 / 8)


def test_faint_noise_is_ground_and_a_blurred_edge_is_cut_midway():
    row = np.full((1, 1, 9, 9, 3), 30.0, np.float32)
    row += RANDOM.uniform(-2, 2, row.shape)
    assert not shape_mask(row).numpy().any()
    row[0, 0, 4, 1:6] = np.array([55, 90, 130, 90, 70])[:, None]  # The highest is 100 above.
    mask = shape_mask(row).numpy()[0, 0]
    assert mask.sum() == 3 and mask[4, 2:5].all()
    color = shape_color(tf.constant(row), tf.constant(mask[None, None]))
    np.testing.assert_allclose(color, [[[310 / 3] * 3]], rtol=1e-6)


def test_another_extractor_describes_the_frames():
    video = np.zeros((2, 3, 8, 8, 3), np.uint8)
    video[:, :, :, :2] = np.array([[10, 20, 60], [50, 50, 50]])[:, :, None, None, None] + 100

    def brightest(frames):
        assert frames.dtype == np.uint8
        return frames.max(axis=(2, 3)).reshape(6, 3)[:, :1]

    found = content(video, brightest)
    np.testing.assert_allclose(found.distance, [100 / 3, 0], rtol=1e-6)
    np.testing.assert_allclose(
        tf.function(content)(tf.constant(video), brightest).distance, found.distance
    )
    assert results(video, extractor=brightest)["acd"] == pytest.approx(50 / 3)
    with pytest.raises(ValueError, match="a row for each frame, but returned 2 rows"):
        content(video, lambda frames: np.zeros((2, 3)))


def test_videos_weigh_as_told_and_floats_and_graphs_give_the_same():
    video = np.concatenate([squares([(200, 0, 0), (210, 0, 0)]), squares([(90, 90, 90)] * 2)])
    metric = ACD(name="mine")
    tf.function(metric.update_state)(None, from_uint8(video), tf.constant([3.0, 1.0]))
    assert float(metric.result()["mine"]) == pytest.approx(7.5)
    metric.reset_state()
    assert np.isnan(metric.result()["mine"])


@keras.saving.register_keras_serializable(package="tests")
def corners(frames):
    return frames[:, :, 0, 0].reshape(-1, 3)


@pytest.mark.parametrize("extractor", [None, corners])
def test_it_is_rebuilt_from_its_config(extractor):
    metric = ACD(extractor, name="mine")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert (again.name, again.extractor) == ("mine", extractor)


def test_it_is_logged_by_evaluate():
    model = keras.Sequential([keras.layers.Identity()])
    model.compile(metrics=[ACD()], loss="mse")
    video = np.asarray(from_uint8(squares([(200, 0, 0), (210, 0, 0)])))
    logs = model.evaluate(video, video, verbose=0, return_dict=True)
    assert logs["acd"] == pytest.approx(10) and logs["acd_presence"] == 1


def test_what_has_no_distance_is_told():
    with pytest.raises(ValueError, match="2 or more frames, but there is 1"):
        content(np.zeros((1, 1, 8, 8, 3), np.uint8))
    with pytest.raises(ValueError, match="must have the shape"):
        ACD().update_state(None, np.zeros((4, 8, 8, 3), np.uint8))
