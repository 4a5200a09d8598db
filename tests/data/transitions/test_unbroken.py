"""Stretches of one shot: split where it may end, without what may fade."""

import numpy as np
from moving import texture

from tfvgan.data.transitions.unbroken import MARGIN, unbroken

ONE, OTHER = (texture(30, 24, (0.3, 0.2), seed)[0] for seed in (0, 1))


def test_a_clip_is_split_where_it_changes_at_once():
    found = unbroken(np.concatenate([ONE, OTHER]))
    assert [len(each) for each in found] == [30 - MARGIN, 30 - MARGIN]
    np.testing.assert_array_equal(found[1], OTHER[MARGIN:])


def test_what_goes_on_stays_whole():
    (found,) = unbroken(ONE)
    np.testing.assert_array_equal(found, ONE)


def test_short_stretches_and_those_with_flat_frames_are_left_out():
    assert unbroken(ONE[:20]) == [] and len(unbroken(ONE[:20], least=8)) == 1
    fading = np.rint(ONE * np.linspace(0, 1, 30)[:, None, None, None]).astype(np.uint8)
    assert unbroken(fading) == []
