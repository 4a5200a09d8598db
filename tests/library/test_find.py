import numpy as np
import pytest
from drifting import FACTS, walk

from tfvgan.library.embedding import Vectors
from tfvgan.library.entry import VideoEntry
from tfvgan.library.find import Candidates, compared, find_hits
from tfvgan.library.match import NEAR, matches

NOTHING = Vectors(np.empty(0, np.float32), np.empty((0, 64), np.int8))


def film(seconds, seed, begin=0.0, noise=0.0):
    times = np.arange(0, seconds, 0.5, dtype=np.float32)
    return Vectors(times, walk(60, seed)(begin + times, noise))


@pytest.fixture
def entries():
    videos = {f"{n}.mp4": film(20 + n, n) for n in range(6)} | {"black.mp4": NOTHING}
    return {path: VideoEntry(FACTS, video) for path, video in videos.items()}


@pytest.mark.parametrize("at_once", [10, 45, 1 << 16])
def test_what_may_speak_for_a_video_is_never_less_than_what_does(entries, at_once, monkeypatch):
    monkeypatch.setattr("tfvgan.library.find.AT_ONCE", at_once)
    monkeypatch.setattr("tfvgan.library.find.ROWS", 7)
    videos = [entry.vectors for entry in entries.values()]
    for number in range(6):
        query = film(10, number, 5.2, 0.4)
        near, most = Candidates(videos).look(query)
        assert most.shape == (7,) and most[6] == 0 and most.argmax() == number
        evidence = sum(match.evidence for match in matches(query, videos[number], near))
        assert most[number] > evidence - 1e-5 and evidence > 3


def test_windows_that_are_like_everything_say_little(monkeypatch):
    """The first half of each film is the same title, the second its own."""
    monkeypatch.setattr("tfvgan.library.find.ROWS", 7)

    def titled(seed):
        numbers = np.concatenate([film(10, 99).numbers, film(10, seed).numbers])
        return Vectors(np.arange(40, dtype=np.float32) / 2, numbers)

    videos = [titled(seed) for seed in range(8)]
    near, most = Candidates(videos).look(videos[3])
    assert (near[:20] == np.float32(0.9)).all() and (near[20:] < 0.8).all()
    assert (near[20:] >= np.float32(0.55)).all() and near.dtype == np.float32
    few, more = Candidates(videos[:7]).look(videos[3])
    assert (few == np.float32(NEAR)).all() and most.argmax() == more.argmax() == 3
    assert len(Candidates([NOTHING]).look(videos[0])[1]) == 1


def test_the_video_that_it_is_of_is_found_and_no_other(entries):
    told = []
    hits = find_hits(film(8, 3, 4.0, 0.3), entries, 5, lambda *given: told.append(given))
    assert [hit.path for hit in hits] == ["3.mp4"] and 0.5 < hits[0].score <= 1
    assert abs(hits[0].matches[0].start - 4) < 0.5 and told[0][0] == 1


def test_the_best_come_first_and_no_more_than_were_asked_for(entries):
    copies = {f"copy{n}.mp4": film(8, 3, 4.0, n / 2) for n in range(3)}
    entries |= {path: VideoEntry(FACTS, video) for path, video in copies.items()}
    query = film(8, 3, 4.0)
    hits = find_hits(query, entries, 9)
    assert {hit.path for hit in hits} == {*copies, "3.mp4"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert find_hits(query, entries, 2) == hits[:2]
    assert find_hits(film(8, 50), entries, 5) == find_hits(NOTHING, entries, 5) == []


def test_pairs_are_compared_once_the_shorter_first(entries):
    videos = [film(30, 0), NOTHING, film(10, 0, 5), film(30, 0), film(20, 9)]
    found = {(one, other): shared[0] for one, other, shared in compared(videos)}
    assert set(found) == {(0, 3), (2, 0), (2, 3)}
    assert abs(found[2, 0].start - 5) < 0.3 and found[0, 3].end == 30
