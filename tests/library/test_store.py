import json

import pytest
from drifting import entry

from tfvgan.library.store import Library, Place, entry_file, write_list


@pytest.fixture
def folder(tmp_path):
    """A library of two videos."""
    (tmp_path / "vectors").mkdir()
    places = [Place("/b.mp4", 4000, 7, "b" * 32), Place("/a\udce9.mp4", 4000, 8, "a" * 32)]
    for place in places:
        entry().save(entry_file(tmp_path, place.key))
    write_list(tmp_path, "toy", places)
    return tmp_path


def test_what_was_written_is_read(folder):
    library = Library(folder)
    assert library.model == "toy" and list(library.places) == ["/a\udce9.mp4", "/b.mp4"]
    assert library.places["/b.mp4"] == Place("/b.mp4", 4000, 7, "b" * 32)
    assert [each.facts.width for each in library.entries().values()] == [64, 64]
    library.check_model("toy")
    with pytest.raises(ValueError, match="was made with the model toy, but this one is other"):
        library.check_model("other")


def test_what_is_no_library_says_how_to_make_one(tmp_path):
    with pytest.raises(ValueError, match="is no library of videos: make one with `tfvgan index"):
        Library(tmp_path)
    write_list(tmp_path, "toy", [])
    with pytest.raises(ValueError, match="There is no video in"):
        Library(tmp_path).entries()


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', '{"version": 1, "model": 3}'])
def test_a_damaged_list_says_so(folder, text):
    (folder / "library.json").write_text(text)
    with pytest.raises(ValueError, match="library.json` should be the list of a library, but is"):
        Library(folder)


def test_a_later_version_is_not_read(folder):
    listed = json.loads((folder / "library.json").read_text())
    (folder / "library.json").write_text(json.dumps({**listed, "version": 2}))
    with pytest.raises(ValueError, match="a later version of tfvgan: update"):
        Library(folder)


@pytest.mark.parametrize("ways", ["gone", "damaged"])
def test_an_entry_that_can_not_be_read_says_which(folder, ways):
    file = entry_file(folder, "b" * 32)
    file.unlink() if ways == "gone" else file.write_bytes(file.read_bytes()[:99])
    library = Library(folder)
    library.entry("/a\udce9.mp4")
    with pytest.raises(ValueError, match=f"knows of `/b.mp4` is {ways} .*index` makes it again"):
        library.entries()


def test_a_key_leads_to_no_other_folder(folder):
    assert entry_file(folder, "../../x").parent == folder / "vectors"
