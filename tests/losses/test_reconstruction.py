import numpy as np
import pytest
from keras import ops

from tfvgan.losses import charbonnier

A = np.random.default_rng(0).uniform(-1, 1, (2, 3, 4, 4, 3)).astype("float32")


@pytest.mark.parametrize("far", [0.3, -0.7])
def test_far_apart_it_is_the_absolute_difference(far):
    assert float(charbonnier(A + far, A)) == pytest.approx(abs(far), abs=1e-4)


def test_of_equals_it_is_epsilon_and_it_does_not_care_who_is_first():
    assert float(charbonnier(A, A, 0.01)) == pytest.approx(0.01, rel=1e-5)
    assert float(charbonnier(A, A)) == pytest.approx(2e-3, rel=1e-5)
    assert float(charbonnier(A, 2 * A)) == float(charbonnier(2 * A, A))


def test_it_is_smooth_where_two_are_equal():
    near = [float(charbonnier(ops.ones((1,)) * x, ops.zeros((1,)), 0.1)) for x in (-1e-2, 0, 1e-2)]
    assert near[0] == near[2] == pytest.approx(np.hypot(1e-2, 0.1), rel=1e-5)
    assert near[0] - near[1] == pytest.approx(1e-4 / 0.2, rel=0.01)
