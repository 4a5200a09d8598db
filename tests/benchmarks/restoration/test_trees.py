"""Trees ask what gains, and no more."""

import numpy as np
import pytest

from benchmarks.restoration import trees

CLIPS = np.array([f"clip {n % 5}" for n in range(40)])
SIGNS = np.stack([np.arange(40.0), np.arange(40.0) % 7], 1)
LOW = SIGNS[:, 0] < 20


def test_a_question_is_asked_where_it_gains_and_of_the_sign_that_tells():
    cost = np.stack([np.zeros(40), np.where(LOW, -1.0, 1.0)], 1)
    sign, threshold, below, above = trees.grown(SIGNS, cost, CLIPS, 2)
    assert (sign, threshold, below, above) == (0, 19.5, 1, 0)
    assert trees.grown(SIGNS, cost, CLIPS, 0) == 0
    assert trees.grown(SIGNS, cost / 1000, CLIPS, 2) == 0, "it gains too little"
    for row, best in zip(SIGNS, LOW, strict=True):
        assert trees.asked((sign, threshold, below, above), row) == int(best)


def test_what_one_clip_tells_alone_is_not_asked():
    cost = np.stack([np.zeros(40), np.where(LOW, -1.0, 1.0)], 1)
    _, threshold, *_ = trees.grown(SIGNS, cost, np.where(LOW, "one", CLIPS), 1)
    assert threshold > 20, "another clip lies below, too"


def test_clips_that_are_left_out_tell_what_a_tree_costs():
    cost = np.stack([np.zeros(40), np.where(LOW, -1.0, 1.0)], 1)
    assert trees.left_out(SIGNS, cost, CLIPS, 1) == pytest.approx(-0.5, abs=0.05)
    # Where each clip is another way, what others told is wrong.
    own = np.where(CLIPS == "clip 0", -1, 1)[:, None] * cost
    assert trees.left_out(SIGNS, own, CLIPS, 1) > trees.left_out(SIGNS, cost, CLIPS, 1)
