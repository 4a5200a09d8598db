"""Pictures: what they are made of."""

import numpy as np
import pytest

from tfvgan import plots
from tfvgan.evaluation import picture
from tfvgan.evaluation.pairing import Pair
from tfvgan.evaluation.picture import PairsPicture, draw_sets, smaller

RANDOM = np.random.default_rng(0)


def videos(*shape):
    return RANDOM.integers(0, 256, (*shape, 3), np.uint8)


@pytest.fixture
def drawn(monkeypatch):
    """What `plots.comparison` is asked to draw."""
    calls = []
    monkeypatch.setattr(plots, "comparison", lambda *a, **k: calls.append((a, k)))
    return calls


def test_two_sets_become_rows_of_two_kinds(drawn):
    real, generated = videos(2, 4, 8, 8), videos(3, 4, 8, 8)
    draw_sets(real, generated, {"motion": {}}, "title", "x.png")
    ((rows, path), rest) = drawn[0]
    assert [kind for kind, _ in rows] == ["real"] * 2 + ["generated"] * 3
    np.testing.assert_array_equal(rows[2][1], generated[0])
    assert path == "x.png" and rest == {"histograms": {"motion": {}}, "title": "title"}


def watch(shown, name, reference, output, window=3):
    frames, height, width = reference.shape[:3]
    pair = Pair(name, "", "", frames, height, width, 10.0)
    for start in range(0, frames, window):
        first = max(0, start - 1)
        stop = start + window
        shown.add(pair, reference[first:stop], output[first:stop], start - first)


def test_pairs_become_rows_and_a_number_of_every_frame(drawn):
    reference = np.full((7, 8, 8, 3), 100, np.uint8)
    output = reference.copy()
    output[3] += 10
    shown = PairsPicture()
    watch(shown, "a", reference, output)
    shown.draw("title", "x.png")
    ((rows, _), rest) = drawn[0]
    kinds, shown_videos = zip(*rows)
    assert kinds == ("reference", "output", "4x difference")
    np.testing.assert_array_equal(shown_videos[1], output)
    assert shown_videos[2][3].max() == shown_videos[2][3].min() == 40
    psnr, change = rest["lines"].values()
    np.testing.assert_allclose(psnr["output"], [100] * 3 + [20 * np.log10(25.5)] + [100] * 3)
    np.testing.assert_array_equal(change["output"], [np.nan, 0, 0, 10, 10, 0, 0])
    np.testing.assert_array_equal(change["reference"], [np.nan, 0, 0, 0, 0, 0, 0])


def test_of_many_pairs_two_of_one_size_are_kept_and_of_long_ones_some_frames(drawn, monkeypatch):
    monkeypatch.setattr(picture, "SAMPLES", 4)
    shown = PairsPicture()
    wanted = []
    for name, shape in (("a", (9, 8, 8)), ("b", (9, 8, 6)), ("c", (12, 8, 8)), ("d", (9, 8, 8))):
        video = videos(*shape)
        wanted.append(shown.wants(Pair(name, "", "", *shape, 10.0)))
        watch(shown, name, video, video)
    assert wanted == [True, False, True, False]
    shown.draw("", "x.png")
    ((rows, _), rest) = drawn[0]
    assert len(rows) == 6 and {video.shape for _, video in rows} == {(4, 8, 8, 3)}
    assert [title[-3:] for title in rest["lines"]] == [", a", ", a", ", c", ", c"]
    assert len(next(iter(rest["lines"].values()))["output"]) == 9


def test_high_pictures_are_averaged_down():
    video = videos(2, 400, 600)
    small = smaller(video)
    assert small.shape == (2, 133, 200, 3)
    assert abs(int(small[0, 0, 0, 0]) - video[0, :3, :3, 0].mean()) <= 0.5
    assert smaller(small) is small
