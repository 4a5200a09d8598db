import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.export.filmed import filmed

CLIP = np.arange(5, dtype="uint8")[:, None, None, None] * 20 + np.zeros((1, 4, 6, 3), "uint8")


def endpoint(function, shapes):
    """Returns an endpoint whose own examples are of these shapes and dtypes, of threes."""
    own = {name: np.full(shape, 3, dtype) for name, (shape, dtype) in shapes.items()}
    return Endpoint(None, None, Edge(function, lambda count, seed: [own]))


FRAME, STATE = ((1, 4, 6, 3), "uint8"), ((1, 2), "float32")


def test_a_clip_is_read_in_windows_with_the_state_so_far():
    def step(before, frame, after, state, strength):
        return {"frame": frame, "state": state + tf.cast(frame[0, 0, 0, 0], tf.float32)}

    shapes = {"before": FRAME, "frame": FRAME, "after": FRAME, "state": STATE}
    (run,) = filmed(endpoint(step, {**shapes, "strength": ((1,), "float32")}), [CLIP])
    read = [[int(named[name].ravel()[0]) for name in ("before", "frame", "after")] for named in run]
    assert read == [[0, 0, 20], [0, 20, 40], [20, 40, 60], [40, 60, 80], [60, 80, 80]]
    assert [float(named["state"][0, 0]) for named in run] == [0, 0, 20, 60, 120]
    assert all(named["strength"] == 3 for named in run)
    assert all(named["frame"].shape == (1, 4, 6, 3) for named in run)


def test_what_a_tool_made_of_a_clip_flickers():
    def step(original_before, original, processed_before, processed, state):
        return {"frame": original, "state": state}

    names = ("original_before", "original", "processed_before", "processed")
    shapes = {**dict.fromkeys(names, FRAME), "state": STATE}
    (run,) = filmed(endpoint(step, shapes), [CLIP])
    level = [int(named["processed"].ravel()[0]) for named in run]
    assert level == [0, 18, 43, 55, 86]
    assert [int(named["processed_before"].ravel()[0]) for named in run] == [0, *level[:-1]]
    assert int(run[2]["original_before"].ravel()[0]) == 20


def test_frames_are_made_as_large_as_they_are_read():
    shapes = {"frame": ((1, 2, 3, 3), "uint8"), "state": STATE}
    (run,) = filmed(endpoint(lambda frame, state: {"state": state}, shapes), [CLIP])
    assert [int(named["frame"].mean()) for named in run] == [0, 20, 40, 60, 80]
    assert run[0]["frame"].shape == (1, 2, 3, 3)


def test_windows_of_four_are_apart_in_time():
    shapes = {"windows": ((1, 4, 4, 4, 3), "uint8")}
    clip = np.concatenate([CLIP, CLIP, CLIP])
    (run,) = filmed(endpoint(None, shapes), [clip])
    assert [named["windows"].shape for named in run] == [(1, 4, 4, 4, 3)]
    assert run[0]["windows"][0, :, 0, 0, 0].tolist() == [0, 60, 20, 80]


def test_what_reads_no_frames_is_refused():
    with pytest.raises(ValueError, match="this one reads latents: leave them out"):
        filmed(endpoint(None, {"latents": ((1, 8), "float32")}), [CLIP])
