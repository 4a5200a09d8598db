"""write_whole: all of a file, or what was there before."""

import pytest

from tfvgan.whole import write_whole


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
