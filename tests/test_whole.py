"""write_whole: all of a file, or what was there before."""

import zipfile

import pytest

from tfvgan.whole import deflate, write_whole


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "note.txt"
    for text in ("old", "new"):
        assert write_whole(path, lambda file, text=text: file.write_text(text)) == str(path)
        assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("old")

    def write(file):
        assert file.suffix == ".txt" and file.parent == tmp_path
        file.write_text("half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_whole(path, write)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_deflated_archive_holds_the_same_and_is_smaller(tmp_path):
    path = tmp_path / "x.zip"
    files = {"a.txt": b"a" * 1000, "in/b.txt": b"b"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    before = path.stat().st_size
    deflate(path)
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert path.stat().st_size < before / 2
