"""Actions known again: strips of other people only, two ways to compare, moments of equal time."""

import io
import tarfile

import numpy as np
import pytest
from PIL import Image

from benchmarks.retrieval import actions
from benchmarks.sets.mocogan import Strip, strips

RNG = np.random.default_rng(0)


def test_strips_are_read_in_the_order_of_their_numbers(tmp_path):
    """Folders are the actions, and eight numbers that follow each other a person."""
    path = tmp_path / "actions.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for number, action, frames in ((15, "3", 2), (2, "1", 3), (8, "3", 1)):
            held = io.BytesIO()
            Image.new("RGB", (64 * frames, 64), (number, 0, 0)).save(held, "png")
            info = tarfile.TarInfo(f"actions/{action}/{number:08}.jpg")
            info.size = held.tell()
            held.seek(0)
            tar.addfile(info, held)
    found = strips(path)
    assert [(each.action, each.person) for each in found] == [("1", 0), ("3", 1), ("3", 1)]
    assert [each.video.shape for each in found] == [(n, 64, 64, 3) for n in (3, 1, 2)]
    assert [each.video[0, 0, 0, 0] for each in found] == [2, 8, 15]


def test_the_nearest_strip_is_looked_for_among_other_people():
    """The nearest of all is the same person's, in another action; it does not count."""
    features = [np.array([[angle]]) for angle in (0.0, 0.1, 0.3, 1.0)]
    names, persons = ["wave", "jump", "wave", "jump"], [0, 0, 1, 1]
    near = lambda one, other: -abs(float(one[0, 0] - other[0, 0]))  # noqa: E731
    found = actions.first_matches(features, names, persons, near)
    assert found.tolist() == [True, False, False, True]


def test_means_and_moments_are_compared_by_cosines():
    one, other = np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 3.0]])
    assert actions.by_mean(one, other) == pytest.approx(1 / 5**0.5)
    assert actions.by_moments(one, other) == pytest.approx(0.5)  # The first has 0, the second 1.
    assert actions.by_moments(other, one) == pytest.approx(1)
    np.testing.assert_array_equal(actions.cosines(0 * one, one), np.zeros((2, 2)))


def test_frames_are_those_on_show():
    video = np.arange(50)
    assert actions.seconds_apart(video, 8).tolist()[:9] == [0, 3, 6, 9, 12, 15, 18, 21, 25]
    assert len(actions.seconds_apart(video, 8)) == 16
    assert actions.in_clips(np.zeros((35, 2, 2, 3))).shape == (2, 16, 2, 2, 3)


def test_energy_is_where_something_moves_whichever_way():
    video = np.zeros((3, 2, 2, 3), np.uint8)
    video[1, 0, 1] = 90  # It appears and goes.
    np.testing.assert_allclose(actions.energy(video), [[0, 90, 0, 0]])


def test_a_row_is_the_mean_of_its_functions():
    """One function knows the action, another says the opposite of each strip's."""
    kinds = {"a": [1.0, 0.0], "b": [0.0, 1.0]}
    given = [Strip(kind, person, np.array([kinds[kind]])) for person in (0, 1) for kind in kinds]
    other = iter(([1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]))
    right, wrong = (lambda video: video), (lambda video: np.array([next(other)]))
    assert actions.row_of("x", [right], given)["R@1, mean"] == 1
    row = actions.row_of("x", [right, wrong], given)
    assert row["each"] == [1.0, 0.5] and row["R@1, mean"] == 0.75 and row["R@1, moments"] is None
    twice = [strip._replace(video=np.repeat(strip.video, 2, 0)) for strip in given]
    assert actions.row_of("x", [right], twice)["R@1, moments"] == 1
