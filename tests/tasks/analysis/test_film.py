"""A film's analysis: as long as the film, with shots where cuts are, and motion where it moves."""

import numpy as np
import pytest
from cutting import Told, shots
from media import frames, video

from tfvgan.tasks.analysis.anomaly import anomaly
from tfvgan.tasks.analysis.film import analysed, normal_films, seen_size, stretches


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return shots(tmp_path_factory.mktemp("film") / "a.mkv")


@pytest.fixture(scope="module")
def analysis(path):
    return analysed(path, Told(10, 20))


def test_all_curves_are_as_long_as_the_film(analysis):
    curves = [analysis.times, analysis.anomaly, *analysis.measures.values(), *analysis.sound]
    assert {len(each) for each in curves} == {30} and analysis.scores.shape == (30, 2)
    np.testing.assert_allclose(analysis.times, np.arange(30) / 10, atol=0.02)
    assert analysis.end == pytest.approx(3.0, abs=0.02) and analysis.fps == 10


def test_shots_are_where_cuts_are_and_no_motion(analysis):
    assert [tuple(each) for each in analysis.shots] == [(0, 10), (10, 20), (20, 30)]
    assert not analysis.measures["motion"][[0, 10, 20]].any()
    assert (analysis.measures["motion"][[5, 15, 25]] > 1).all()
    assert analysis.time(10) == pytest.approx(1.0, abs=0.02) and analysis.time(30) == analysis.end


def test_what_moves_is_one_stretch(analysis):
    assert analysis.moving == [(0, 30)]


def test_progress_is_told_to_the_end(path):
    told = []
    analysed(path, Told(), progress=lambda *how: told.append(how))
    assert told[0] == (1, 30) and told[-1] == (30, 30)


def test_a_film_without_sound(tmp_path):
    found = analysed(video(tmp_path / "a.mp4", "h264.mp4", pictures=frames(3)), Told())
    assert found.sound is None and [tuple(each) for each in found.shots] == [(0, 3)]


def test_what_is_normal_is_usual(path):
    found = analysed(path, Told(10, 20), normal_films([path]))
    assert found.anomaly.shape == (30,) and np.median(found.anomaly) <= 1


def test_what_is_odd_has_a_place(path, tmp_path):
    """A film is held against one in which nothing moves, so that most of it is odd."""
    still = video(tmp_path / "still.mp4", "h264.mp4", pictures=frames(1).repeat(30, 0))
    found = analysed(path, Told(10, 20), normal_films([still]))
    assert found.odd and len(found.places) == len(found.odd)
    for left, top, width, height in found.places:
        assert 0 <= left < left + width <= 1 and 0 <= top < top + height <= 1


def test_a_cut_is_no_motion_to_the_anomaly_curve(path, monkeypatch):
    known = []

    def told(seen, normal):
        known.append(seen)
        return anomaly(seen, normal)

    monkeypatch.setattr("tfvgan.tasks.analysis.film.anomaly", told)
    analysed(path, Told(10, 20))
    moves = known[0].change.any((1, 2))
    cuts = known[0].window[[10, 20]]
    assert not moves[cuts].any() and np.delete(moves, cuts).all()


def test_stretches_are_widened_and_joined():
    chosen = np.zeros(100, bool)
    chosen[[40, 55]] = True
    assert stretches(chosen, 10, 1.0, 0.5) == [(35, 61)]
    assert stretches(chosen, 10, 0.3, 0.5) == [(35, 46), (50, 61)]


def test_large_frames_are_looked_at_small_and_small_ones_large_enough():
    assert seen_size((1080, 1920)) == (180, 320) and seen_size((1920, 1080)) == (320, 180)
    assert seen_size((144, 176)) == (144, 176) and seen_size((8, 8)) == (27, 48)
