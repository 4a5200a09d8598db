import json

import pytest
from drifting import Thumbnails, drift, drifting

from tfvgan.data.write import write_video
from tfvgan.runs.duplicates import duplicates
from tfvgan.runs.index import index


def test_a_page_and_numbers_are_written_and_nothing_is_deleted(tmp_path):
    films = tmp_path / "films"
    films.mkdir()
    drifting(films / "a.mp4", 6, 0)
    write_video(films / "b.mp4", drift(6, 0)[:, ::2, ::2], fps=10)
    drifting(films / "c.mp4", 6, 1)
    index(films, tmp_path / "library", Thumbnails())
    found = duplicates(tmp_path / "library")
    assert [[each.path[-5:] for each in group] for group in found.groups] == [["a.mp4", "b.mp4"]]
    listed = json.loads((tmp_path / "library" / "duplicates.json").read_text())
    assert listed == json.loads(json.dumps(found.as_json()))
    page = (tmp_path / "library" / "duplicates.html").read_text()
    assert (
        "Groups: 1. Copies beside the best of each: 1." in page and "16x12 instead of 32x24" in page
    )
    assert duplicates(tmp_path / "library", tmp_path / "report").groups == found.groups
    assert (tmp_path / "report" / "duplicates.html").read_text() == page
    assert len(list(films.iterdir())) == 3
    assert len(index(films, tmp_path / "library", Thumbnails()).same) == 3


def test_what_is_no_library_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is no library of videos"):
        duplicates(tmp_path, tmp_path / "report")
    assert not (tmp_path / "report").exists()
