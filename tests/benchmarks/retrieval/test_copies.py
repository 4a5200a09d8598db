"""Which copies are found: who is looked for, what counts, and where two seconds lie."""

from pathlib import Path

import films
import numpy as np
import pytest
from drifting import walk

from benchmarks.retrieval import copies, edited
from benchmarks.retrieval.rivals import of_file
from tfvgan.library.embedding import Vectors
from tfvgan.library.match import Match


def test_videos_that_show_what_others_do_are_sorted_out(tmp_path):
    paths = [Path(films.film(tmp_path / f"{n}.mp4", seed=n, size=(32, 32))) for n in (0, 1)]
    again = Path(films.film(tmp_path / "z.mp4", frames=6, seed=0, size=(32, 32)))
    looks = {path: of_file(path, {"x": copies.look})["x"] for path in [*paths, again]}
    kept, out = copies.distinct(looks)
    assert kept == paths and out == ["z.mp4"]


def test_searching_finds_a_part_of_a_film_and_gives_others_nothing():
    times = np.arange(0, 20, 0.5, dtype=np.float32)
    library = {name: Vectors(times, walk(20, seed)(times)) for seed, name in enumerate("ab")}
    query = Vectors(times[:8], walk(20, 0)(5 + times[:8]))
    scores = copies.searched(query, library)
    assert list(scores) == ["a", "b"] and scores["a"] > 0.9 and scores["b"] == 0


def row(video, edit, true, false, who="A"):
    first = None if true is None else float(true > false)
    return {"video": video, "edit": edit, "who": who, "R@1": first, "true": true} | {
        "false": false,
        "error": None,
    }


def test_found_is_what_scores_above_every_false_pair_of_the_method():
    rows = [row("a", "mirrored", 0.9, 0.5), row("b", "mirrored", 0.7, 0.8)]
    rows += [row("a", "grey", 0.75, 0.1), row("a", edited.TWO, 0.1, 0.3)]
    rows += [row("a", "mirrored", 0.3, 0.2, "B")]
    where = {**row("a", edited.EXCERPT, None, None), "error": 0.5}
    made = copies.judged([*rows, where, {**where, "video": "b", "error": 0.51}])
    assert [each["found"] for each in made[:5]] == [1, 0, 0, 0, 1]
    assert [each["within"] for each in made[5:7]] == [1, 0] and made[5]["found"] is None
    means = {(each["video"], each["who"]): each for each in made[7:]}
    assert {each["edit"] for each in made[7:]} == {copies.ALL}
    assert means["a", "A"]["R@1"] == 1 and means["a", "A"]["found"] == 0.5
    assert means["b", "A"]["R@1"] == 0 == means["b", "A"]["found"]


@pytest.mark.parametrize("found", [True, False])
def test_a_video_is_looked_for_by_each_of_its_copies(monkeypatch, found):
    path, other = Path("a.mp4"), Path("b.mp4")
    monkeypatch.setattr(edited, "copies", lambda *given: {"grey": "g", "mirrored": "m"})
    monkeypatch.setattr(edited, "located", lambda *given: ("e", 7.0))
    monkeypatch.setattr(copies, "vectors_of", lambda *given, **how: None)
    match = Match(0.25, 2, 7.5, 9.25, 1.0, 1.0, 2.0, 2.0)
    monkeypatch.setattr(copies, "matches", lambda one, other: [match] * found)
    monkeypatch.setattr(copies, "searched", lambda query, library: {path: 0.2, other: 0.4})
    known = {path: {"A": np.array([[1.0]])}, other: {"A": np.array([[0.5]])}}
    describe = lambda place: {"A": np.array([[1.0]]) * (place == "g")}  # noqa: E731
    how = {"A": lambda one, other: one @ other.T}, describe
    rows = copies.rows_of(path, known, {path: None}, *how, None, None, 2.0)
    grey, grey_searched, mirrored, _, where = rows
    assert (grey["true"], grey["false"], grey["R@1"]) == (1.0, 0.5, 1)
    assert mirrored["R@1"] == 0
    assert (grey_searched["who"], grey_searched["true"]) == (copies.SEARCH, 0.2)
    assert grey_searched["R@1"] == 0
    assert where["edit"] == edited.EXCERPT and where["who"] == copies.OURS
    assert where["error"] == (0.25 if found else 16.0)
