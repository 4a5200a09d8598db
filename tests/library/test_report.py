"""Groups of copies, and how they differ."""

import json

import numpy as np
import pytest
from drifting import Thumbnails, drift

from tfvgan.data.write import write_video
from tfvgan.library.report import find_duplicates
from tfvgan.library.store import Library
from tfvgan.library.update import update

FPS = 8


class Evenly(Thumbnails):
    """An embedder that sees no difference when left and right change places."""

    def embed(self, windows):
        sums = windows.astype(np.uint16) + windows[:, :, :, ::-1]
        return super().embed((sums // 2).astype(np.uint8))


def doubled(film):
    return film.repeat(2, axis=1).repeat(2, axis=2)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Returns the duplicates in a folder of edits, and its path."""
    folder = tmp_path_factory.mktemp("films")
    film, other = drift(16, 0, FPS, (48, 64)), drift(16, 1, FPS, (48, 64))
    films = {
        "best.mp4": doubled(film),
        "small.mp4": film,
        "mirrored.mp4": film[:, :, ::-1],
        "trimmed.mp4": film[3 * FPS : 14 * FPS],
        "fast.mp4": film[::2],
        "excerpt.mp4": film[5 * FPS : 10 * FPS],
        "titled.mp4": np.concatenate([film[: 4 * FPS], other[: 9 * FPS]]),
        "other.mp4": other,
    }
    for name, frames in films.items():
        write_video(folder / name, frames, fps=FPS)
    (folder / "twice.mp4").write_bytes((folder / "best.mp4").read_bytes())
    update(folder / "library", folder, Evenly())
    library = Library(folder / "library")
    keys = {path: place.key for path, place in library.places.items()}
    return find_duplicates(library.entries(), keys), folder


def test_copies_are_grouped_and_how_they_differ_is_said(found):
    duplicates, folder = found
    (group,) = duplicates.groups
    differs = {member.path.removeprefix(f"{folder}/"): member.differs for member in group}
    best = group[0]
    assert best.best and not best.differs and not any(member.best for member in group[1:])
    assert best.path.endswith(("best.mp4", "twice.mp4"))
    assert ["the same file"] in differs.values()
    assert set(differs) == {
        *("best.mp4", "twice.mp4", "small.mp4", "mirrored.mp4", "trimmed.mp4", "fast.mp4")
    }
    for name, said in differs.items():
        assert ("mirrored" in said) == (name == "mirrored.mp4"), name
        assert any("as fast" in one for one in said) == (name == "fast.mp4"), name
        assert any("lacks" in one for one in said) == (name == "trimmed.mp4"), name
        size = "64x48 instead of 128x96" in said
        assert size == (name not in ("best.mp4", "twice.mp4")), name
    lacks = [one for one in differs["trimmed.mp4"] if "lacks" in one]
    assert [one.split()[2] for one in lacks] == ["first", "last"]
    seconds = [float(one.split()[3]) for one in lacks]
    np.testing.assert_allclose(seconds, [3, 2], atol=0.6)
    (fast,) = (one for one in differs["fast.mp4"] if "as fast" in one)
    assert float(fast.split()[0]) == pytest.approx(2, abs=0.1)


def test_excerpts_and_shared_titles_are_no_copies(found):
    duplicates, _ = found
    excerpts = {(pair.path[-11:], pair.shares[1] < 0.5) for pair in duplicates.excerpts}
    assert ("excerpt.mp4", True) in excerpts
    parts = {frozenset((pair.path[-10:], pair.other[-10:])) for pair in duplicates.parts}
    assert any("titled.mp4" in pair for pair in parts)


def test_all_of_it_is_json(found):
    text = json.loads(json.dumps(found[0].as_json()))
    assert set(text) == {"groups", "excerpts", "parts"}
    best = text["groups"][0][0]
    assert (best["width"], best["height"], best["best"]) == (128, 96, True)
    assert text["groups"][0][1]["matches"][0]["speed"] == pytest.approx(1, abs=0.05)
