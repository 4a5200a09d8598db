"""What `steady` is compared with: as many frames as were given; what stands still stays so."""

import numpy as np
import pytest
from moving import texture

from benchmarks.stylization import steadiers
from benchmarks.stylization.steadiers import STEADIERS

STILL = np.repeat(texture(1, 48, (0.0, 0.0))[0], 5, axis=0)


@pytest.mark.parametrize("name", STEADIERS)
def test_what_does_not_flicker_stays(name):
    made = STEADIERS[name](STILL, STILL)
    assert made.shape == STILL.shape and made.dtype == np.uint8
    # FFmpeg's deflicker reads YUV, which costs a level or two.
    assert np.abs(made.astype(int) - STILL).max() <= 3


def test_the_mean_along_the_flow_forgets_by_its_share():
    flat = np.full((4, 32, 32, 3), 100, "uint8")
    flat[1:] = 200
    made = steadiers.along_flow(STILL[:4, :32, :32], flat)
    # Nothing moves: 200 - 100 * 0.7 ** n.
    for number, level in enumerate((100, 130, 151, 166)):
        assert abs(int(made[number, 16, 16, 0]) - level) <= 1


def test_what_was_hidden_is_not_mixed(monkeypatch):
    hidden = type("All", (), {"numpy": lambda self: np.zeros((1, 48, 48), bool)})()
    monkeypatch.setattr(steadiers, "visible", lambda back, forth: hidden)
    flat = STILL.copy()
    flat[2:] //= 2
    np.testing.assert_array_equal(steadiers.along_flow(STILL, flat), flat)


def test_the_median_drops_one_frame_that_is_another():
    odd = STILL.copy()
    odd[2] = 255
    np.testing.assert_array_equal(STEADIERS["ffmpeg tmedian"](STILL, odd), STILL)
