import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.metrics.fidelity import MSSSIM, PSNR, SSIM
from tfvgan.metrics.paired import PairedMetric, over_frames
from tfvgan.metrics.perceptual import LPIPS
from tfvgan.metrics.temporal import TLP, TOF, Flicker, WarpingError
from tfvgan.video import from_uint8

METRICS = [
    PSNR(),
    SSIM(),
    MSSSIM(),
    TOF(),
    TOF(crop=True, name="cropped"),
    TLP(crop=True),
    LPIPS(net="vgg"),
    WarpingError(),
    WarpingError(reference=False),
    Flicker(),
    Flicker(reference=False),
]
random = np.random.default_rng(0)
REFERENCE = random.integers(20, 230, (4, 3, 12, 12, 3)).astype(np.uint8)
OUTPUT = REFERENCE + random.integers(0, 20, REFERENCE.shape).astype(np.uint8)
SMALL = [metric for metric in METRICS if metric.least_size <= 12]


def named(metric):
    return metric.name


class Level(PairedMetric):
    """The output's mean grey level, per video."""

    def score(self, reference, output):
        return tf.reduce_mean(output, axis=(1, 2, 3, 4))


def levels(*values):
    return np.array(values, np.uint8)[:, None, None, None, None].repeat(3, axis=4)


@pytest.mark.parametrize("metric", METRICS, ids=named)
def test_the_config_makes_the_same_metric(metric):
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert type(again) is type(metric)
    assert again.get_config() == metric.get_config()
    assert (again.reference, again.least_size) == (metric.reference, metric.least_size)


@pytest.mark.parametrize("metric", SMALL, ids=named)
def test_floats_score_as_the_file_they_are_saved_to(metric):
    nearly = from_uint8(OUTPUT) + 0.4 / 127.5
    np.testing.assert_array_equal(
        metric.per_video(from_uint8(REFERENCE), nearly), metric.per_video(REFERENCE, OUTPUT)
    )


def test_all_of_them_stream_in_evaluate():
    """The mean over batches is the mean over videos, in a graph as in eager use."""
    video = keras.Input(REFERENCE.shape[1:], dtype="float32")
    model = keras.Model(video, keras.ops.clip(video, -1, 1))
    model.compile(loss="mse", metrics=SMALL)
    values = model.evaluate(
        np.asarray(from_uint8(OUTPUT)), REFERENCE, batch_size=3, verbose=0, return_dict=True
    )
    for metric in SMALL:
        expected = np.mean(metric.per_video(REFERENCE, OUTPUT))
        assert values[metric.name] == pytest.approx(expected, rel=1e-4), metric.name


def test_a_video_counts_as_its_weight_says():
    metric = Level()
    metric.update_state(levels(0, 0), levels(10, 40))
    metric.update_state(levels(0), levels(70))
    assert float(metric.result()) == pytest.approx(40)
    metric.reset_state()
    metric.update_state(levels(0, 0), levels(10, 40), sample_weight=np.array([3, 1]))
    assert float(metric.result()) == pytest.approx(17.5)


@pytest.mark.parametrize(
    ("y_true", "y_pred", "message"),
    [
        (levels(0), levels(0)[0], "`y_pred` must have the shape"),
        (levels(0)[..., :2], levels(0), "`y_true` must have the shape"),
        (levels(0), levels(0, 1), r"same shape, but have \(1, 1, 1, 1, 3\) and \(2, 1, 1, 1, 3\)"),
        (levels(0), levels(0).astype("int32"), "its dtype is int32"),
        (None, levels(0), "compares with a reference, but `y_true` is None"),
    ],
)
def test_what_is_not_a_pair_of_videos_is_refused(y_true, y_pred, message):
    with pytest.raises(ValueError, match=message):
        Level().update_state(y_true, y_pred)


def test_what_a_frame_lacks_is_told_in_its_own_words():
    def fail(images):
        raise ValueError("It needs OpenCV.")

    with pytest.raises(ValueError, match=r"^It needs OpenCV\.$"):
        over_frames(fail, tf.zeros((1, 2, 8, 8, 3)))


@pytest.mark.parametrize("pixels", [1, 12 * 12 * 5, 2**20])
def test_frames_side_by_side_score_as_one_by_one(pixels):
    """Twelve frames, in groups of one, of four, and all at once; the sizes known or not."""
    seen = []

    def function(a, b):
        tf.py_function(lambda images: seen.append(len(images)), [a], [])
        return tf.reduce_mean(a - b, axis=(1, 2, 3))

    videos = [tf.cast(video, tf.float32) for video in (REFERENCE, OUTPUT)]
    unknown = tf.function(
        lambda *videos: over_frames(function, *videos, pixels=pixels),
        input_signature=[tf.TensorSpec([None] * 5)] * 2,
    )
    expected = np.mean(videos[0] - videos[1], axis=(2, 3, 4))
    np.testing.assert_allclose(over_frames(function, *videos, pixels=pixels), expected, rtol=1e-5)
    np.testing.assert_allclose(unknown(*videos), expected, rtol=1e-5)
    assert max(seen) == {1: 1, 720: 4, 2**20: 12}[pixels]


@pytest.mark.parametrize("metric", SMALL, ids=named)
def test_windows_that_share_all_but_one_of_the_least_frames_can_be_averaged(metric):
    videos = [np.concatenate([video[:1], video[1:2]], axis=1) for video in (REFERENCE, OUTPUT)]
    whole, need = metric.per_video(*videos), metric.least_frames
    windows = [[video[:, t : t + need] for video in videos] for t in range(6 - need + 1)]
    np.testing.assert_allclose(
        np.mean([metric.per_video(*pair) for pair in windows], axis=0), whole, rtol=1e-4, atol=1e-7
    )
