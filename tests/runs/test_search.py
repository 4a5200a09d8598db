"""What a library has of another video, and where."""

import numpy as np
import pytest
from drifting import Thumbnails, drift, drifting
from PIL import Image

from tfvgan.data.write import write_video
from tfvgan.library import Library
from tfvgan.runs.index import index
from tfvgan.runs.search import search


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of four films, a library of them, and an embedder that noted what it saw."""
    folder = tmp_path_factory.mktemp("films")
    for number in range(4):
        drifting(folder / f"{number}.mp4", 14, number, fps=16)
    index(folder, folder / "library", Thumbnails())
    return folder


def test_an_excerpt_is_found_to_half_a_second(folder, tmp_path):
    query = write_video(tmp_path / "q.mp4", drift(14, 2, 16)[16 * 5 + 3 : 16 * 9], fps=16)
    hits = search(folder / "library", query, model=Thumbnails(), sheet=tmp_path / "sheet.png")
    assert [hit.path for hit in hits] == [str(folder / "2.mp4")]
    (match,) = hits[0].matches
    assert abs(match.start - 5.2) < 0.5 and abs(match.stop - 9) < 0.5
    assert match.speed == pytest.approx(1, abs=0.1) and hits[0].score > 0.5
    sheet = np.asarray(Image.open(tmp_path / "sheet.png").convert("RGB"))
    assert min(sheet.shape[:2]) > 100 and sheet.std() > 20


def test_one_that_is_faster_is_aligned(folder, tmp_path):
    film = drift(14, 1, 16)
    query = write_video(tmp_path / "q.mp4", film[np.arange(0, len(film) - 1, 1.5).astype(int)], 16)
    (hit,) = search(folder / "library", query, model=Thumbnails())
    assert hit.path.endswith("1.mp4")
    assert hit.matches[0].speed == pytest.approx(1.5, abs=0.06)
    assert hit.matches[0].start < 0.5 and abs(hit.matches[0].stop - 14) < 1


def test_others_and_the_query_itself_are_not_found(folder, tmp_path):
    for path in (drifting(tmp_path / "q.mp4", 6, 77), folder / "3.mp4"):
        assert search(folder / "library", path, model=Thumbnails()) == []


def test_bad_input_is_a_sentence(folder, tmp_path):
    library, short = folder / "library", drifting(tmp_path / "short.mp4", 0.6)
    with pytest.raises(ValueError, match=r"shows something for 0.50 seconds, but a query must for"):
        search(library, short, model=Thumbnails())
    black = write_video(tmp_path / "black.mp4", np.zeros((40, 32, 32, 3), np.uint8), fps=10)
    with pytest.raises(ValueError, match=r"shows something for 0.00 seconds"):
        search(library, black, model=Thumbnails())
    with pytest.raises(ValueError, match="made with the model thumbnails, but this one is other"):
        search(library, short, model=Thumbnails("other"))
    with pytest.raises(ValueError, match="no library of videos: make one with `tfvgan index"):
        search(tmp_path, short, model=Thumbnails())
    with pytest.raises(ValueError, match="`k` must be"):
        search(library, short, 0, model=Thumbnails())
    with pytest.raises(ValueError, match="can't be read as a video"):
        search(library, tmp_path / "none.mp4", model=Thumbnails())


def test_a_damaged_library_says_what_to_do(folder, tmp_path):
    query = drifting(tmp_path / "q.mp4", 3)
    index(query, tmp_path / "library", Thumbnails())
    (place,) = Library(tmp_path / "library").places.values()
    file = tmp_path / "library" / "vectors" / f"{place.key}.npz"
    file.write_bytes(file.read_bytes()[:-50])
    with pytest.raises(ValueError, match=r"knows of `.*q.mp4` is damaged .*index` makes it again"):
        search(tmp_path / "library", query, model=Thumbnails())
    index(query, tmp_path / "library", Thumbnails())
    assert search(tmp_path / "library", folder / "1.mp4", model=Thumbnails()) == []
