"""What steppers of recurrent networks share: what they are handed, and clips as they are served."""

from types import SimpleNamespace

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
from tfvgan.tasks.recurrent import Recurrent, are_files, as_arguments

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


class Counter(Recurrent):
    """Adds up what it sees, and counts its frames in the state."""

    def __init__(self):
        self.edge, self.multiple, self.generator = (2, 3), 2, SimpleNamespace(state_channels=1)

    def _clip_specs(self):
        return [
            tf.TensorSpec((None, None, None, None, 3), tf.uint8, "video"),
            tf.TensorSpec((None,), tf.float32, "level"),
        ]

    def _frame_specs(self, extents):
        frames = [tf.TensorSpec((*extents, 3), tf.uint8, n) for n in ("before", "frame", "after")]
        level = tf.TensorSpec(extents[:1], tf.float32, "level")
        return [*frames, self._state_spec(extents), level]

    def _made(self, before, frame, after, state, level):
        before, frame, after = (tf.cast(each, "float32") for each in (before, frame, after))
        seen = 10 * before + 20 * frame + 5 * after + state[:, :1, :1]
        return (seen + level[:, None, None, None]) / 127.5 - 1, state + 1

    def _examples(self, count, seed):
        return []


def test_a_clip_goes_by_with_neighbours_and_a_state():
    served = Counter().endpoints_of("count")
    video = np.broadcast_to(np.arange(4)[None, :, None, None, None], (1, 4, 2, 3, 3))
    made = served["count"].function(video.astype("uint8"), np.float32([0.0]))["video"]
    wanted = [10 * max(n - 1, 0) + 20 * n + 5 * min(n + 1, 3) + n for n in range(4)]
    assert made.shape == (1, 4, 2, 3, 3) and made.numpy()[0, :, 1, 2, 1].tolist() == wanted


def files(*levels):
    """Returns grey pictures of 3x2 pixels as PNG files."""
    pictures = [np.full((2, 3, 3), level, "uint8") for level in levels]
    return np.array([[tf.io.encode_png(picture).numpy() for picture in pictures]], object)


def shown(made):
    """Returns a number of each file."""
    return [int(tf.io.decode_png(each)[1, 2, 1]) for each in made["frames_bytes"].numpy()[0]]


def test_parts_of_a_long_video_are_what_it_is_at_once():
    """The frames beside a part come with it, and the state from the part before."""
    served, level = Counter().endpoints_of("count"), np.float32([3.0])
    part = served["count_part_encoded"]
    names = ["frames_bytes", "level", "before_bytes", "after_bytes", "state_bytes"]
    assert [spec.name for spec in part.signature] == names
    whole = shown(served["count_encoded"].function(files(4, 1, 6, 2, 3), level))
    assert whole == [4 * 30 + 5 + 3, 40 + 20 + 30 + 4, 10 + 120 + 10 + 5, 60 + 40 + 15 + 6, 95 + 7]
    first = part.function(files(4, 1), level, files(4)[0], files(6)[0], np.array([b""], object))
    second = part.function(files(6, 2, 3), level, files(1)[0], files(3)[0], first["state_bytes"])
    assert shown(first) + shown(second) == whole
    state = tf.io.parse_tensor(second["state_bytes"][0], tf.float32)
    assert state.shape == (1, 2, 1) and float(state[0, 1, 0]) == 5


def test_small_requests_make_sense():
    """They are what a server warms up with."""
    for name, endpoint in Counter().endpoints_of("count").items():
        request = endpoint.request()
        assert list(request) == [spec.name for spec in endpoint.signature], name
        made = endpoint.function(*request.values())
        assert all(len(each) == 1 for each in made.values())


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
