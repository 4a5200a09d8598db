"""Runs of frames one after the other: as of one run, but for what no one has seen yet."""

import numpy as np
from peers import Carrying

from tfvgan.tasks.restoration.propagation import Propagation

FRAMES = np.random.default_rng(0).uniform(size=(4, 5, 6, 3)).astype("float32")
WHOLE = Carrying().whole(FRAMES)


def test_one_run_is_what_the_network_makes_of_the_video():
    made = list(Propagation(Carrying())([FRAMES[0], *FRAMES, FRAMES[-1]], None))
    assert WHOLE.shape == (4, 20, 24, 3) and made[0][1].shape == (5, 6, 2)
    np.testing.assert_allclose([picture for picture, _ in made], WHOLE, atol=1e-5)


def test_the_next_run_knows_all_before():
    propagation = Propagation(Carrying())
    first = list(propagation([FRAMES[0], *FRAMES[:3]], None))
    second = list(propagation([*FRAMES[1:], FRAMES[-1]], first[-1][1]))
    assert len(first) == len(second) == 2
    made = [picture for picture, _ in first + second]
    np.testing.assert_allclose(made[2:], WHOLE[2:], atol=1e-5)
    # What is made first has not seen the last frame; of the one after the run it knows.
    np.testing.assert_allclose(made[:2], Carrying().whole(FRAMES[:3])[:2], atol=1e-5)
    assert np.abs(made[1] - WHOLE[1]).max() > 1e-3


def test_a_new_scene_reads_no_frame_before():
    propagation = Propagation(Carrying())
    made = [next(propagation([before, *FRAMES[1:3]], None))[0] for before in FRAMES[[0, 3]]]
    np.testing.assert_array_equal(*made)
