"""Stills: never more than so many, spread over the whole film."""

import numpy as np

from tfvgan.tasks.analysis.stills import Stills


def test_they_are_few_and_everywhere():
    stills = Stills(most=8)
    for number in range(1000):
        stills.add(number, number / 25, np.array(number))
    kept = stills.kept()
    assert 4 <= len(kept) <= 8 and min(kept) == 0 and max(kept) > 700
    assert all(int(still) == number for number, still in kept.items())


def test_a_short_film_keeps_four_a_second():
    stills = Stills()
    for number in range(50):
        stills.add(number, number / 25, np.array(number))
    assert len(stills.kept()) == 8
