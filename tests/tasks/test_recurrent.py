"""What steppers of recurrent networks share: what they are handed, and clips as they are served."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import (
    RestorerGenerator,
    SegmenterGenerator,
    SteadierGenerator,
    StylizerGenerator,
)
from tfvgan.tasks import Restorer, Segmenter, Steadier, Stylizer
from tfvgan.tasks.recurrent import are_files, as_arguments, scanned

VIDEO = np.zeros((2, 4, 4, 3), "uint8")


def test_paths_are_files_and_arrays_are_none():
    assert are_files({"video": "in.mp4"}, "out.mp4", {"resume": True})
    assert not are_files({"video": VIDEO, "other": VIDEO}, None, {})


@pytest.mark.parametrize(
    ("videos", "out", "how", "says"),
    [
        ({"video": VIDEO}, "x.mp4", {}, "give a path and `out`"),
        ({"video": VIDEO}, None, {"resume": True}, "give a path and `out`"),
        ({"video": "in.mp4"}, None, {}, "give a path and `out`"),
        ({"a": VIDEO, "b": "in.mp4"}, None, {}, "`a` and `b` must be both paths, or both arrays"),
        ({"video": VIDEO.astype("float32")}, None, {}, "`video` must be uint8 .* is float32"),
        ({"video": VIDEO[0]}, None, {}, "video"),
    ],
)
def test_what_is_neither_is_refused(videos, out, how, says):
    with pytest.raises(ValueError, match=says):
        are_files(videos, out, how)


def test_a_clip_is_scanned_with_neighbours_and_a_state():
    frames = tf.reshape(tf.range(4.0), (4, 1, 1, 1, 1))

    def one(before, now, after, state, number):
        seen = 10 * before + 20 * now + 5 * after + state + 0 * tf.cast(number, "float32")
        return seen / 127.5 - 1, state + 1

    made = scanned(frames, tf.zeros((1, 1, 1, 1)), tf.zeros((1, 1, 1, 1), tf.uint8), one)
    wanted = [10 * max(n - 1, 0) + 20 * n + 5 * min(n + 1, 3) + n for n in range(4)]
    assert made.shape == (1, 4, 1, 1, 1) and made.numpy().ravel().tolist() == wanted


def test_inputs_get_the_names_of_their_specs():
    specs = [tf.TensorSpec((), tf.float32, name) for name in ("a", "b")]
    assert as_arguments(specs, [1, 2]) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("network", "stepper"),
    [
        (RestorerGenerator(2, 8, 1), Restorer),
        (StylizerGenerator(8, 1), Stylizer),
        (SteadierGenerator(8, 1), Steadier),
        (SegmenterGenerator(2, 8, 1), Segmenter),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_endpoints_share_one_graph_of_the_step(network, stepper, monkeypatch):
    network.build()
    step, traced = network.step, []
    monkeypatch.setattr(network, "step", lambda *given: traced.append(1) or step(*given))
    for endpoint in stepper(network).endpoints().values():
        served = tf.function(endpoint.function, endpoint.signature, autograph=False)
        served.get_concrete_function()
    assert len(traced) == 1
