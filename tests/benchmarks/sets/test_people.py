"""People cut out by a teacher: the sure part, its edges those of the picture, nothing far away."""

import numpy as np
import pytest

from benchmarks.sets import people
from tfvgan.data.masks import numbers, palette

HEIGHT, WIDTH = 72, 96
Y, X = np.mgrid[:HEIGHT, :WIDTH]
BODY = (np.abs(X - 48) < 16) & (Y > 20)
FRAME = np.where(BODY[..., None], (200, 120, 90), (30, 60, 90)).astype("uint8")


class Seeing:
    """A teacher that knows a body by its red, or says of every pixel that it may be one."""

    def __init__(self, unsure=()):
        self.count, self.unsure = 0, unsure

    def __call__(self, frame):
        number, self.count = self.count // 4, self.count + 1
        found = np.clip((frame[..., 0].astype("float32") - 30) / 170, 0, 1)
        return np.full_like(found, 0.5) if number in self.unsure else found


def test_shares_follow_the_edges_of_the_picture():
    coarse = np.clip((18 - np.abs(X - 48)) / 4, 0, 1) * np.clip((Y - 18) / 4, 0, 1)
    found = people.refined(FRAME, coarse)
    assert found.shape == (HEIGHT, WIDTH) and found.min() >= 0 and found.max() <= 1
    far = [np.abs(each - BODY).mean() for each in (coarse, found)]
    assert far[1] < 0.5 * far[0]


def test_a_thin_streak_is_nobody():
    share = BODY.astype("float32")
    share[8:10, :30] = 1
    found = people.refined(FRAME, share)
    assert not found[:14, :30].any() and found[50, 48] > 0.9


@pytest.mark.parametrize("unsure, wanted", [((), 60), ((20,), 39), ((50,), 50), ((15, 39), None)])
def test_the_longest_sure_part_is_kept(unsure, wanted):
    found = people.cut_out(Seeing(unsure), [FRAME] * 60)
    if wanted is None:
        assert found is None, "each part is too short"
        return
    video, alphas = found
    assert len(video) == len(alphas) == wanted
    assert (video == FRAME).all() and np.abs(alphas / 255 - BODY).mean() < 0.02


def test_nobody_is_not_cut_out():
    assert people.cut_out(Seeing(), [np.full_like(FRAME, 30)] * 60) is None


def test_nobody_is_left_on_a_ground():
    slope = np.rint(2.0 * X[..., None] + (10, 20, 30)).astype("uint8")
    found = people.emptied(np.where(BODY[..., None], FRAME, slope), 255 * BODY.astype("uint8"))
    far = np.abs(X - 48) > 20
    np.testing.assert_array_equal(found[far], slope[far])
    assert np.abs(found.astype(int) - slope).max() < 40
    assert people.emptied(FRAME, np.full_like(FRAME[..., 0], 255)).shape == FRAME.shape


def test_what_is_written_fits_together():
    alphas = np.where(BODY, np.where(Y > 40, 255, 100), 0).astype("uint8")[None]
    found = people.written(FRAME[None], alphas)
    assert {name: each.shape for name, each in found.items()} == dict.fromkeys(
        ("videos", "alphas", "masks", "grounds"), (1, HEIGHT, WIDTH, 3)
    )
    np.testing.assert_array_equal(numbers(found["masks"], palette()), alphas > 127)
    np.testing.assert_array_equal(found["alphas"][..., 0], alphas)
