"""Shots: transitions of probabilities, in closed forms."""

import numpy as np

from tfvgan.tasks.analysis.shots import CUT, Shot, Transition, runs, shots, transitions


def scores(cuts=(), slow=(), count=40):
    made = np.zeros((count, 2))
    for place, value in dict(cuts).items():
        made[place, 0] = value
    for begin, end in slow:
        made[begin:end, 1] = 0.9
    return made


def test_of_neighbours_the_likeliest_is_the_cut():
    low = CUT - 0.01
    found = transitions(scores({9: 0.6, 10: 0.9, 11: 0.7, 20: 0.8, 30: low}))
    assert found == [Transition("cut", 10, 10), Transition("cut", 20, 20)]
    assert transitions(scores({30: low}), cut=low) == [Transition("cut", 30, 30)]


def test_the_first_frame_begins_no_new_shot():
    assert transitions(scores({0: 0.9})) == []


def test_what_is_gradual_has_no_cuts_in_it_and_some_length():
    found = transitions(scores({12: 0.9, 16: 0.8}, [(10, 16), (19, 22), (30, 32)]))
    assert found == [Transition("gradual", 10, 22)], "a gap of three frames is none"


def test_shots_are_the_whole_film():
    found = [Transition("cut", 10, 10), Transition("gradual", 20, 26)]
    assert shots(found, 40) == [Shot(0, 10), Shot(10, 23), Shot(23, 40)]
    assert shots([], 7) == [Shot(0, 7)]
    assert shots([Transition("gradual", 0, 1), Transition("gradual", 6, 8)], 7) == [Shot(0, 7)]


def test_runs():
    chosen = np.array([1, 1, 0, 1, 0, 0, 1], bool)
    assert runs(chosen) == [(0, 2), (3, 4), (6, 7)]
    assert runs(chosen, 1) == [(0, 4), (6, 7)] and runs(chosen, 2) == [(0, 7)]
    assert runs(np.zeros(3, bool)) == []
