import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.part import Part
from tfvgan.engine.strays import SLACK, Strays


def batches(*scales):
    """Returns a batch of two clips for each scale, of values in [-scale, scale]."""
    videos = toy.videos(2 * len(scales)) * np.repeat(scales, 2).reshape(-1, 1, 1, 1, 1)
    return tf.data.Dataset.from_tensor_slices({"video": videos.astype("float32")}).batch(2)


def state(model):
    players = (model.generator_optimizer, model.discriminator_optimizer)
    return [np.copy(v) for v in (*model.variables, *players[0].variables, *players[1].variables)]


@pytest.mark.parametrize("scale", [127.5, np.nan])
def test_videos_that_are_out_of_range_are_refused_and_leave_the_model_as_it_was(scale):
    model = toy.model(run_eagerly=True, metrics=[keras.metrics.MeanSquaredError()])
    model.fit(batches(1.0), verbose=0)
    before = state(model)
    for learns in (model.fit, model.evaluate):
        with pytest.raises(
            ValueError, match=r'"video" must be in \[-1, 1\], but is not in 2 of the'
        ):
            learns(batches(scale, 1.0), verbose=0)
        for ours, theirs in zip(state(model), before, strict=True):
            np.testing.assert_array_equal(ours, theirs)
    model.fit(batches(1.0), verbose=0)
    assert model.steps_made == 2


def test_what_comes_later_is_told_later_and_rounding_is_no_fault():
    model = toy.model(run_eagerly=True)
    model.fit(batches(1.0, 1.0 + 0.9 * SLACK), verbose=0)
    with pytest.raises(ValueError, match="is not in 2 of the clips so far"):
        model.fit(batches(1.0, 1.0, 2.0, 1.0, 1.0), verbose=0)
    assert model.steps_made == 2 + 4  # Read after the first, second and fourth execution,
    with pytest.raises(ValueError, match="is not in 2 of the clips so far"):
        model.fit(batches(1.0, 1.0, 2.0), verbose=0)  # and at the epoch's end.
    for learns in (model.fit, model.evaluate):
        learns(batches(1.0), verbose=0)


def test_what_judges_forgets_nothing_of_what_trains():
    model = toy.model(run_eagerly=True)
    with pytest.raises(ValueError, match="is not in 2 of the clips so far"):
        model.fit(batches(1.0, 1.0, 2.0), validation_data=batches(1.0), verbose=0)
    strays = model.strays["train_step"]
    model.fit(batches(1.0, 1.0, 1.0), validation_data=batches(1.0), epochs=2, verbose=0)
    assert strays._executions == 6


def test_a_scale_that_is_none_is_doubted_once(caplog):
    """In [0, 1] all is within bounds."""
    model, half = toy.model(run_eagerly=True), batches(1.0, 0.5)
    bright = half.map(lambda batch: {"video": (batch["video"] + 1) / 2})
    for _ in range(2):
        model.fit(bright, validation_data=bright, epochs=2, verbose=0)
    said = 'No value of "video" was below 0 in a whole epoch'
    assert caplog.text.count(said) == 1 and "if yours are in [0, 1], give 2 *" in caplog.text
    model = toy.model(run_eagerly=True)
    model.evaluate(bright.concatenate(half), verbose=0)
    model.fit(half.concatenate(bright), epochs=2, verbose=0)
    assert caplog.text.count(said) == 1
    model.evaluate(bright, verbose=0)
    assert caplog.text.count(said) == 1, "the scale is known"


def test_what_was_not_seen_is_not_doubted(caplog):
    """As where there was no clip at all, or a step of one's own looked at none."""
    model, dark = toy.model(run_eagerly=True), batches(1.0)
    bright = dark.map(lambda batch: {"video": (batch["video"] + 1) / 2})
    with pytest.warns(UserWarning, match="ran out of data"):
        model.fit(bright.take(0), verbose=0)
    assert not caplog.text
    model.fit(bright, verbose=0)
    assert 'No value of "video" was below 0 in a whole epoch' in caplog.text


def test_nothing_is_read_but_after_the_first_the_second_the_fourth_execution_and_so_on():
    strays, model, reads = Strays({"video": Part((2,))}), toy.model(), []
    strays.check = lambda kept: reads.append(strays._executions)
    function = strays.watched(lambda iterator: {}, model, learns=False)
    for _ in range(100):
        function(None)
    assert reads == [1, 2, 4, 8, 16, 32, 64]
    strays.begin()
    function(None)
    assert reads[-1] == 1


def test_what_has_one_value_a_clip_is_brought_into_its_bounds_and_the_rest_is_as_it_was():
    strays = Strays(
        {"video": Part((2,)), "label": Part((), "int32", 0, 2), "free": Part((), low=None)}
    )
    video, free = tf.constant([[0.0, 9.0], [0.0, 1.0], [-1.0, 1.0]]), tf.constant([9.0, 9.0, 9.0])
    batch = strays.counted({"video": video, "label": tf.constant([-1, 3, 1]), "free": free})
    assert batch["label"].numpy().tolist() == [0, 2, 1]
    assert batch["video"] is video and batch["free"] is free
    assert {name: float(count.total) for name, count in strays._counts.items()} == {
        "video": 1.0,
        "label": 2.0,
    }


def test_it_counts_inside_of_what_xla_compiles():
    model = toy.model(jit_compile=True, generator_optimizer="sgd", discriminator_optimizer="sgd")
    with pytest.raises(ValueError, match="is not in 2 of the clips so far"):
        model.fit(batches(127.5), verbose=0)
    assert model.steps_made == 0


@pytest.mark.parametrize(
    ("value", "strays"),
    [(1.009, 0), (1.011, 1), (-1.009, 0), (-1.011, 1), (1.0, 0), (-1.0, 0)],
)
def test_floats_may_lie_a_hundredth_beyond(value, strays):
    counting = Strays({"video": Part((2,))})
    counting.counted({"video": tf.constant([[0.0, value], [0.0, 0.0]])})
    assert float(counting._counts["video"].total) == strays
    with_label = Strays({"label": Part((), "int32", 0, 2)})
    with_label.counted({"label": tf.constant([0, 2])})
    assert float(with_label._counts["label"].total) == 0


def test_what_a_batch_need_not_hold_is_not_counted():
    counting = Strays({"video": Part((2,)), "times": Part((2,), low=0.0, optional=True)})
    assert set(counting.counted({"video": tf.zeros((1, 2))})) == {"video"}
