"""Sampling: what two sets must share, taken from those that have no choice."""

from types import SimpleNamespace

import pytest

from tfvgan.evaluation.sampling import Sampling


class Fake(SimpleNamespace):
    """What a source says of itself."""

    def __init__(self, name="set", most_frames=None, fixed=(), suggested=()):
        super().__init__(
            name=name, most_frames=most_frames, fixed=dict(fixed), suggested=dict(suggested)
        )

    def __str__(self):
        return f"the {self.name}"


FILES = Fake("files")


def test_files_alone_give_sixteen_frames_of_their_own_size():
    settled = Sampling().settled(FILES, FILES)
    assert (settled.frames, settled.size, settled.stride, settled.fps) == (16, None, 1, None)


def test_a_model_decides_the_size_and_at_most_the_frames():
    model = Fake("model", 8, {"size": (64, 64)}, {"stride": 2, "fps": None})
    settled = Sampling().settled(FILES, model)
    assert (settled.frames, settled.size, settled.stride) == (8, (64, 64), 2)
    assert Sampling(frames=4, stride=3).settled(FILES, model).stride == 3
    with pytest.raises(ValueError, match="have 9 frames, but the model has 8: ask for 8 frames"):
        Sampling(frames=9).settled(FILES, model)
    with pytest.raises(ValueError, match="size 32x32, but the model has 64x64: leave size out"):
        Sampling(size=32).settled(FILES, model)


def test_a_rate_that_was_trained_on_is_kept_unless_a_stride_is_asked_for():
    model = Fake("model", 16, {}, {"stride": 1, "fps": 8.0})
    assert Sampling().settled(FILES, model).fps == 8.0
    assert Sampling(stride=1).settled(FILES, model).fps is None


def test_two_that_cannot_change_must_agree():
    a, b = Fake("a", 16, {"stride": 1, "fps": None}), Fake("b", 16, {"stride": 2, "fps": None})
    with pytest.raises(ValueError, match="stride 1, but the b has 2"):
        Sampling().settled(a, b)
    with pytest.raises(ValueError, match="fps 5.0, but the a has None"):
        Sampling(fps=5.0).settled(a)


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"frames": 0}, "`frames` must be 1 or more"),
        ({"size": -1}, "`size` must be positive"),
        ({"stride": 0}, "`stride` must be 1 or more"),
        ({"stride": 2, "fps": 8.0}, "`stride` must be 1 when `fps` is given"),
        ({"videos": 1}, "`videos` must be 2 or more"),
        ({"seed": -1}, "`seed` must be 0 or more"),
    ],
)
def test_numbers_out_of_range_are_said(wrong, said):
    with pytest.raises(ValueError, match=said):
        Sampling(**wrong)
