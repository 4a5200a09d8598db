"""What becomes of videos: read once, known again where they move, gone when they are."""

import shutil

import media
import numpy as np
import pytest
from drifting import Thumbnails, drifting

from tfvgan.library.store import Library, entry_file
from tfvgan.library.update import entry_of, update
from tfvgan.library.windows import windows_of


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    for seed, name in enumerate("abc"):
        drifting(folder / f"{name}.mp4", 2, seed)
    return folder


@pytest.fixture
def videos(films, tmp_path):
    return shutil.copytree(films, tmp_path / "videos")


@pytest.fixture
def library(videos, tmp_path):
    """The folder of a library, in which the videos are."""
    update(tmp_path / "library", videos, Thumbnails())
    return tmp_path / "library"


def names(paths):
    return [path.rpartition("/")[2] for path in paths]


def test_a_library_says_what_its_videos_are(videos, library):
    found = Library(library)
    assert names(found.places) == ["a.mp4", "b.mp4", "c.mp4"] and found.model == "thumbnails"
    entry = found.entry(str(videos / "b.mp4"))
    facts = entry.facts
    assert (facts.frames, facts.fps, facts.height, facts.width) == (20, 10, 24, 32)
    assert facts.size == (videos / "b.mp4").stat().st_size and facts.duration == 2
    wanted = Thumbnails().embed(next(windows_of(videos / "b.mp4")).frames)
    np.testing.assert_array_equal(entry.vectors.numbers, wanted)


def test_what_did_not_change_is_not_read_again(videos, library):
    embedder, before = Thumbnails(), (library / "library.json").read_bytes()
    changes = update(library, videos, embedder)
    assert embedder.seen == 0 and names(changes.same) == ["a.mp4", "b.mp4", "c.mp4"]
    assert not any(changes._replace(same=[])) and (library / "library.json").read_bytes() == before


def test_what_was_moved_is_known_and_what_is_gone_is_said(videos, library):
    (videos / "sub").mkdir()
    (videos / "a.mp4").rename(videos / "sub" / "z.mp4")
    (videos / "b.mp4").unlink()
    shutil.copy(videos / "c.mp4", videos / "d.mp4")
    embedder = Thumbnails()
    changes = update(library, videos, embedder)
    assert embedder.seen == 0 and not changes.read
    assert changes.moved == [(str(videos / "a.mp4"), str(videos / "sub" / "z.mp4"))]
    assert names(changes.gone) == ["b.mp4"] and names(changes.known) == ["d.mp4"]
    found = Library(library)
    assert names(found.places) == ["c.mp4", "d.mp4", "z.mp4"]
    assert len(found.entries()) == 3 and len(list((library / "vectors").iterdir())) == 2


def test_what_changed_is_read_again_alone(videos, library):
    drifting(videos / "b.mp4", 3, 8)
    (videos / "c.mp4").touch()
    embedder = Thumbnails()
    changes = update(library, videos, embedder)
    assert names(changes.read) == ["b.mp4"] and embedder.seen == 6
    assert names(changes.known) == ["c.mp4"] and names(changes.same) == ["a.mp4"]
    assert Library(library).entry(str(videos / "b.mp4")).facts.frames == 30


def test_folders_are_added_and_those_that_can_not_be_reached_stay(films, videos, library):
    changes = update(library, [films / "a.mp4"], Thumbnails())
    assert changes.known == [str(films / "a.mp4")] and len(Library(library).places) == 4
    videos.rename(videos.with_name("away"))  # As a disk that is not there.
    changes = update(library, films, Thumbnails())
    assert not changes.gone and len(Library(library).places) == 6
    assert len(list((library / "vectors").iterdir())) == 3


def test_a_folder_that_is_gone_below_what_was_named_is(films, videos, library):
    shutil.copytree(films, videos / "sub")
    update(library, videos, Thumbnails())
    shutil.rmtree(videos / "sub")
    changes = update(library, videos, Thumbnails())
    assert len(changes.gone) == 3 and len(Library(library).places) == 3


def test_entries_that_were_made_before_are_taken(videos, library, tmp_path, caplog):
    made = {
        str(videos / f"{name}.mp4"): entry_of(videos / f"{name}.mp4", Thumbnails()) for name in "ab"
    }
    embedder, asked = Thumbnails(), []

    def given(path):
        asked.append(path)
        if path.endswith("c.mp4"):
            raise OSError("each process at c.mp4 was killed.")
        return made.get(path)

    changes = update(tmp_path / "new", videos, embedder, made=given)
    assert names(changes.read) == ["a.mp4", "b.mp4"] and embedder.seen == 0
    assert names(changes.unreadable) == ["c.mp4"]
    assert "each process at c.mp4 was killed: it is left out (3 of 3 videos)" in caplog.text
    for path in made:
        files = [
            entry_file(place, Library(place).places[path].key)
            for place in (library, tmp_path / "new")
        ]
        assert files[0].read_bytes() == files[1].read_bytes()
    update(tmp_path / "new", videos, embedder, made=lambda path: None)
    assert embedder.seen == 4 and len(asked) == 3


def test_a_damaged_entry_is_made_again_as_a_line_says(videos, library, caplog):
    place = Library(library).places[str(videos / "b.mp4")]
    file = entry_file(library, place.key)
    whole = file.read_bytes()
    file.write_bytes(whole[:-30])
    changes = update(library, videos, Thumbnails())
    assert names(changes.read) == ["b.mp4"] and file.read_bytes() == whole
    assert f"`{file}` is damaged, and is made again of `{videos / 'b.mp4'}`" in caplog.text


def test_what_can_not_be_read_is_left_out_as_a_line_says(videos, library, caplog):
    media.text(videos / "b.mp4")
    changes = update(library, videos, Thumbnails())
    assert names(changes.unreadable) == ["b.mp4"] and len(Library(library).places) == 2
    assert "b.mp4 can't be read as a video" in caplog.text
    assert "it is left out (2 of 3 videos)" in caplog.text
    for name in "ac":
        media.empty(videos / f"{name}.mp4")
    with pytest.raises(ValueError, match="None of 3 files can be read as a video"):
        update(library, videos, Thumbnails())


def test_bad_input_changes_nothing(videos, library, tmp_path):
    before = (library / "library.json").read_bytes()
    with pytest.raises(ValueError, match="made with the model thumbnails, but this one is other"):
        update(library, videos, Thumbnails("other"))
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match="holds no video"):
        update(tmp_path / "new", tmp_path / "none", Thumbnails())
    assert (library / "library.json").read_bytes() == before and not (tmp_path / "new").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_stops_it_costs_the_video_that_is_read(videos, tmp_path, error):
    class Stopping(Thumbnails):
        def embed(self, windows):
            if self.seen > 4:
                raise error
            return super().embed(windows)

    with pytest.raises(error):
        update(tmp_path / "new", videos, Stopping())
    assert len(Library(tmp_path / "new").places) == 2
    (tmp_path / "new" / "library.json").unlink()  # As one who was killed before it was written.
    (tmp_path / "new" / "vectors" / f".writing-7-{'0' * 32}.npz").touch()
    embedder = Thumbnails()
    changes = update(tmp_path / "new", videos, embedder)
    assert names(changes.read) == ["c.mp4"] and embedder.seen == 4
    assert len(list((tmp_path / "new" / "vectors").iterdir())) == 3
