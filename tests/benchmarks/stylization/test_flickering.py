"""Videos that are made to flicker do, and the same way every time."""

import numpy as np
import pytest
from moving import texture

from benchmarks.stylization import flickering
from benchmarks.stylization.flickering import KINDS

STILL = np.repeat(texture(1, 32, (0.0, 0.0))[0], 3, axis=0)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stood_still_flickers_the_same_way_again(kind):
    made, again = KINDS[kind](STILL), KINDS[kind](STILL)
    np.testing.assert_array_equal(made, again)
    assert made.shape == STILL.shape and made.dtype == np.uint8
    # What draws nothing makes the same of the same frame.
    assert (np.ptp(made.astype(int), axis=0).max() > 0) == (kind not in flickering.UNSEEN)


def test_contrast_is_of_each_frame_alone():
    two = np.stack([STILL[0] // 2, STILL[0]])
    first, second = flickering.contrasted(two).astype(int)
    assert np.abs(first - second).mean() < 20 < np.abs(two[1].astype(int) - two[0]).mean()


def test_what_is_never_trained_on_is_among_the_kinds():
    assert set(flickering.UNSEEN) < set(KINDS)
