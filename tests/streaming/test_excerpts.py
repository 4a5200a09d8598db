"""Stretches of a film as films: their frames, their times, and what is heard in them."""

from fractions import Fraction

import numpy as np
import pytest
import sounding
from cutting import shots

from tfvgan.streaming import Source
from tfvgan.streaming.excerpts import NEVER, Excerpts, Moved
from tfvgan.streaming.timeline import Timeline


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return shots(tmp_path_factory.mktemp("film") / "a.mkv")


def frames(path):
    return list(Source(path).frames())


def test_times_move_behind_one_another():
    moved = Moved(Timeline(1), [(Fraction(1), Fraction(2)), (Fraction(5), Fraction(7))])
    assert [moved(Fraction(n, 2)) for n in (2, 3, 10, 13)] == [0, Fraction(1, 2), 1, Fraction(5, 2)]
    assert moved(Fraction(0)) == moved(Fraction(2)) == moved(Fraction(9)) == NEVER
    assert moved.length == 3


@pytest.mark.parametrize("stretches", [[(0, 10)], [(10, 20)], [(4, 8), (20, 30)]])
def test_a_stretch_is_the_same_frames_and_sound(path, tmp_path, stretches):
    out = tmp_path / "x.mkv"
    Excerpts(Source(path), "ffv1", ending=".mkv").write([(out, stretches)])
    whole, part = frames(path), frames(out)
    numbers = [number for stretch in stretches for number in range(*stretch)]
    assert len(part) == len(numbers)
    for number, frame in zip(numbers, part):
        np.testing.assert_array_equal(frame.rgb, whole[number].rgb)
    times = [float(frame.time) for frame in part]
    np.testing.assert_allclose(times, np.arange(len(part)) / 10, atol=0.02)
    heard, packets = sounding.heard(out)
    everything = sounding.heard(path)[1]
    assert set(packets) <= set(everything), "copied as it was"
    assert max(heard) - min(heard) == pytest.approx(len(part) / 10, abs=0.2)
    assert [each.name for each in tmp_path.iterdir()] == ["x.mkv"]


def test_several_films_in_one_look(path, tmp_path):
    told, films = [], [(tmp_path / f"{n}.mp4", [(10 * n, 10 * n + 10)]) for n in range(3)]
    Excerpts(Source(path)).write(films, lambda *how: told.append(how))
    assert [len(frames(out)) for out, _ in films] == [10, 10, 10] and told[-1] == (30, 30)


def test_what_has_no_sound_has_none(tmp_path):
    silent = shots(tmp_path / "a.mp4", sound=False)
    Excerpts(Source(silent)).write([(tmp_path / "x.mp4", [(3, 9)])])
    assert len(frames(tmp_path / "x.mp4")) == 6


def test_an_encoder_that_is_not_there_is_refused_before(path):
    with pytest.raises(ValueError, match="`codec` must be an encoder of video"):
        Excerpts(Source(path), "none")
