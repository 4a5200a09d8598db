import numpy as np
import pytest
from counting import Counting, told
from moving import texture

from tfvgan.streaming import Recurrence


def film(frames=5, size=32, seed=0):
    return list(texture(frames, size, (1.0, 0.0), seed)[0])


def made(frames, **how):
    return [step.picture for step in Recurrence(Counting(), **how)(frames)]


def test_every_frame_has_its_neighbours_and_the_state_goes_on():
    pictures = made(film())
    assert [told(picture) for picture in pictures] == [
        (0, False, True), (1, True, True), (2, True, True), (3, True, True), (4, True, False),
    ]  # fmt: skip
    doubled = film()[2].repeat(2, 0).repeat(2, 1)
    np.testing.assert_array_equal(pictures[2][4:], doubled[4:])


def test_a_cut_is_an_end_and_a_beginning():
    frames = [*film(3), *film(2, seed=1)]
    assert [told(picture) for picture in made(frames)][2:] == [
        (2, True, False), (0, False, True), (1, True, False),
    ]  # fmt: skip
    assert [told(picture)[0] for picture in made(frames, cuts=False)] == [0, 1, 2, 3, 4]


def test_one_frame_and_none():
    assert [told(picture) for picture in made(film(1))] == [(0, False, False)]
    assert made([]) == []


def test_a_flash_is_no_cut():
    frames = film(6)
    frames[2] = np.full_like(frames[2], 255)
    assert [told(picture)[0] for picture in made(frames)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("skipped", [1, 3, 4, 9, 11])
def test_going_on_behind_a_frame_is_never_having_stopped(skipped):
    frames = [*film(3), *film(8, seed=1), *film(2)]
    whole = list(Recurrence(Counting())(frames))
    assert [told(step.picture)[0] for step in whole] == [0, 1, 2, *range(8), 0, 1]
    later = Recurrence(Counting(), states=whole[skipped - 1].states)
    for frame in frames[:skipped]:
        later.skip(frame)
    for ours, theirs in zip(later(frames[skipped:]), whole[skipped:], strict=True):
        np.testing.assert_array_equal(ours.picture, theirs.picture)


def test_odd_sides_are_filled_up_and_cut_off():
    frames = [frame[:30, :27] for frame in film(2)]
    pictures = made(frames)
    assert pictures[1].shape == (60, 54, 3)
    np.testing.assert_array_equal(pictures[1][4:], frames[1].repeat(2, 0).repeat(2, 1)[4:])


def test_tiles_make_what_the_whole_makes():
    frames = film(3, 64)
    parts = made(frames, side=40, overlap=8)
    whole = made(frames)
    assert parts[1].shape == whole[1].shape
    assert np.abs(parts[2].astype(int) - whole[2])[100:, 100:].max() <= 1
    recurrence = Recurrence(Counting(), side=40, overlap=8)
    assert [len(step.states) for step in recurrence(frames)] == [4, 4, 4]


class Several(Counting):
    """Takes three frames at once, and notes how many it got."""

    together = 3

    def __init__(self):
        super().__init__()
        self.runs = []

    def steps(self, window, state):
        self.runs.append(len(window) - 2)
        pictures = []
        for at in range(1, len(window) - 1):
            picture, state = self.step(window[at - 1 : at + 2], state)
            pictures.append(picture)
        return pictures, state


@pytest.mark.parametrize("how", [{}, {"side": 40, "overlap": 8}])
def test_several_frames_at_once_are_what_they_are_one_by_one(how):
    """A run ends with its scene, and where states are needed."""
    frames = [*film(8), *film(5, seed=1)]
    stepper = Several()
    found = list(Recurrence(stepper, part=5, **how)(frames))
    wanted = list(Recurrence(Counting(), **how)(frames))
    for ours, theirs in zip(found, wanted, strict=True):
        np.testing.assert_array_equal(ours.picture, theirs.picture)
    ends = [2, 4, 7, 9, 12]
    assert [n for n, step in enumerate(found) if step.states is not None] == ends
    for end in ends:
        np.testing.assert_array_equal(found[end].states, wanted[end].states)
    piped = Several()
    list(Recurrence(piped, **how)(frames))
    assert stepper.runs and not piped.runs, "frames of a pipe go one by one"
