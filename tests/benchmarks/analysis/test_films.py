"""Films for the benchmark: what is said of them is what was made."""

import argparse

import pytest
from moving import texture

from benchmarks.analysis import films
from benchmarks.analysis.films import SIZE, written
from benchmarks.sets.parts import CHOOSING, REPORTING
from tfvgan.data import write_video
from tfvgan.data.decode import read_video


def test_a_film_is_written_with_what_is_known(tmp_path):
    clips = [texture(24, 40, (0.5, 0.2), seed)[0] for seed in range(3)]
    known = written(tmp_path / "a.mp4", clips, 0, 80)
    assert read_video(known.path, decoder="pyav").shape == (80, *SIZE, 3)
    assert known.frames == 80 and len(known.cuts) + len(known.gradual) > 0
    assert all(begin == end for begin, end in known.cuts)
    assert all(0 <= begin < end <= 80 for begin, end in known.gradual + known.decoys)


def test_films_are_made_of_each_half(tmp_path, monkeypatch):
    """Every other video chooses; the films of both halves are drawn anew, each from its own."""
    (tmp_path / "videos").mkdir()
    for number in range(3):
        write_video(tmp_path / "videos" / f"{number}.mp4", texture(4, 32, (0, 0), number)[0], 25)
    parser = argparse.ArgumentParser()
    films.add_films(parser)
    words = [str(tmp_path / "videos"), "--films", "2", "--frames", "9"]
    arguments = parser.parse_args(words)
    halves = films.halves_of(parser, arguments)
    names = {part: [path.name for path in paths] for part, paths in halves.items()}
    assert names == {CHOOSING: ["0.mp4", "2.mp4"], REPORTING: ["1.mp4"]}
    facts = films.facts_of(halves, arguments)
    assert facts["clips"] == ["0.mp4", "1.mp4", "2.mp4"] and facts["parts"] == names
    assert (facts["films"], facts["frames"]) == (2, 9)
    asked = []
    monkeypatch.setattr(films, "clips_of", lambda paths: [path.name for path in paths])
    monkeypatch.setattr(films, "written", lambda *given: asked.append(given))
    for part, paths in halves.items():
        assert len(films.films_of(part, paths, tmp_path, arguments)) == 2
    assert [given[1] for given in asked] == 2 * [["0.mp4", "2.mp4"]] + 2 * [["1.mp4"]]
    assert len({given[0] for given in asked}) == len({given[2] for given in asked}) == 4
    with pytest.raises(SystemExit):
        films.halves_of(parser, parser.parse_args([*words, "--part", CHOOSING]))


def test_near_is_within_two_frames():
    assert [films.near(place, (5, 6)) for place in (2, 3, 8, 9)] == [False, True, True, False]
