"""Without a network frames stay as they are, or become larger bicubically."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.layers import bicubic
from tfvgan.streaming import Recurrence
from tfvgan.tasks.restoration.resizer import Resizer
from tfvgan.video import from_uint8, to_uint8


def film(kind="uint8", count=3):
    most = np.iinfo(kind).max
    return np.random.default_rng(0).integers(0, most + 1, (count, 10, 14, 3)).astype(kind)


@pytest.mark.parametrize("kind", ["uint8", "uint16"])
def test_frames_stay_as_they_are(kind):
    made = [each.picture for each in Recurrence(Resizer())(film(kind))]
    np.testing.assert_array_equal(made, film(kind))


def test_frames_are_enlarged_as_restorers_do():
    made = np.stack([each.picture for each in Recurrence(Resizer(2))(film())])
    expected = to_uint8(bicubic(from_uint8(tf.constant(film())), 2)).numpy()
    np.testing.assert_array_equal(made, expected)
    deep = next(iter(Recurrence(Resizer(4))(film("uint16")))).picture
    assert (deep.shape, deep.dtype) == ((40, 56, 3), np.uint16)


def test_other_factors_are_errors_and_each_has_its_name():
    with pytest.raises(ValueError, match="must be 1, 2 or 4, but is 3"):
        Resizer(3)
    assert len({Resizer(factor).identity for factor in (1, 2, 4)}) == 3
