"""What flickers, beside its steady twin: of equal shapes, drawn, and steadier indeed."""

import moving
import numpy as np
import pytest

from tfvgan.data import flicker
from tfvgan.data.flicker import flickering

STILL = moving.texture(1, 32)[0][[0] * 4]


def changes(video):
    return np.abs(np.diff(video.astype(int), axis=0)).mean()


def test_twins_of_a_still_video_are_still_and_flickers_are_not():
    looks = set()
    for seed in range(12):
        flickers, steady = flickering(STILL, np.random.default_rng(seed))
        assert flickers.shape == steady.shape == STILL.shape
        assert flickers.dtype == steady.dtype == np.uint8
        assert changes(steady) == 0 < changes(flickers)
        looks.add(steady[0, :4, :4].tobytes())
    assert len(looks) > 9


def test_it_is_a_function_of_the_draws():
    first, again = (flickering(STILL, np.random.default_rng(7)) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", ["_painted", "_textured", "_sharpened"])
def test_each_look_flickers_around_its_twin(kind):
    far = []
    for seed in range(4):
        flickers, steady = getattr(flicker, kind)(STILL, np.random.default_rng(seed))
        assert changes(steady) == 0 < changes(flickers)
        mean = flickers.astype("float32").mean(0)
        far.append(np.abs(flickers - mean).mean() - np.abs(steady[0] - mean).mean())
    assert np.mean(far) > 0  # The twin is nearer to their mean than they are.


def test_colours_jitter_around_the_twins():
    grey = np.full((40, 8, 8, 3), 128, "uint8")
    flickers, steady = flicker._coloured(grey, grey, np.random.default_rng(0))
    assert len(np.unique(flickers[:, 0, 0, 0])) > 5 and np.ptp(flickers, axis=(1, 2)).max() == 0
    assert abs(flickers.mean() - steady.mean()) < 0.3 * flickers.mean((1, 2, 3)).std() + 2
