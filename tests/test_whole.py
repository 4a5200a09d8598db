"""write_whole: all of a file, or what was there before."""

import os
import zipfile
from pathlib import Path

import pytest

from tfvgan.locks import Lock
from tfvgan.whole import LONGEST_NAME, aside, beside, deflate, named_after, put, write_whole


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


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done, path = [], tmp_path / "note.txt"

    def noted(name, function):
        def call(first, *rest):
            where = os.readlink(f"/proc/self/fd/{first}") if name == "fsync" else os.fspath(first)
            done.append((name, os.path.basename(where)))
            return function(first, *rest)

        monkeypatch.setattr(os, name, call)

    noted("fsync", os.fsync)
    noted("replace", os.replace)
    write_whole(path, lambda file: file.write_text("new"))
    hidden = f".writing-{os.getpid()}-note.txt"
    assert done == [("fsync", hidden), ("replace", hidden), ("fsync", tmp_path.name)]


def test_a_disk_that_syncs_no_folders_will_do(tmp_path, monkeypatch):
    fsync = os.fsync

    def refuse(file):
        if os.path.isdir(f"/proc/self/fd/{file}"):
            raise OSError("Invalid argument")
        fsync(file)

    monkeypatch.setattr(os, "fsync", refuse)
    (tmp_path / "a").write_text("1")
    put(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "1"


def test_what_killed_processes_left_is_removed_and_nothing_else(tmp_path):
    left, other, mine = (".writing-99-note.txt", ".writing-99-other.txt", ".99-note.txt")
    running = ".writing-98-note.txt"
    for name in (left, other, mine):
        (tmp_path / name).touch()
    with Lock(tmp_path / running):
        write_whole(tmp_path / "note.txt", lambda file: file.write_text("new"))
    assert sorted(os.listdir(tmp_path)) == sorted([other, mine, running, "note.txt"])


@pytest.mark.parametrize(
    "name", ["a" * 251 + ".txt", "é" * 125 + ".txt", "a" * 255, "x." + "b" * 250]
)
def test_names_may_be_as_long_as_the_disk_has_them(tmp_path, name):
    path = tmp_path / name
    hidden = beside(path, ".", ".unfinished")
    assert len(os.fsencode(hidden.name)) <= LONGEST_NAME and hidden.parent == tmp_path
    assert hidden != beside(tmp_path / (name[:-1] + "z"), ".", ".unfinished")
    write_whole(path, lambda file: file.write_text(file.suffix if len(file.suffix) < 9 else ""))
    assert path.read_text() == (".txt" if name.endswith(".txt") else "")


def test_a_folder_that_is_named_by_dots_has_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert beside(".", ".", ".x") == tmp_path.parent / f".{tmp_path.name}.x"


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


def test_what_is_named_after_a_file_has_a_name(tmp_path):
    assert named_after("folder/film.mp4", "-compared.png") == Path("folder/film-compared.png")
    for name in ("a" * 251 + ".mp4", "é" * 125 + ".mp4"):
        made = named_after(tmp_path / name, "-compared.png")
        made.touch()
        assert made.name.endswith(name[0] + "-compared.png") and len(os.fsencode(made.name)) > 252


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    with pytest.raises(KeyError), aside(tmp_path) as hidden:
        (hidden / "in").mkdir()
        raise KeyError
    assert os.listdir(tmp_path) == []
    with aside(tmp_path) as hidden:
        (hidden / "in").mkdir()
        (hidden / "in" / "a.txt").write_text("new")
        put(hidden, tmp_path / "made")
    assert os.listdir(tmp_path) == ["made"]
    assert (tmp_path / "made" / "in" / "a.txt").read_text() == "new"


def test_folders_that_killed_processes_left_are_removed_and_no_others(tmp_path):
    for name in (".unfinished-left", ".unfinished-mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").touch()
    (tmp_path / ".unfinished-left.lock").touch()
    with aside(tmp_path) as running, aside(tmp_path) as hidden:
        assert running.is_dir() and hidden.is_dir()
    assert os.listdir(tmp_path) == [".unfinished-mine"]
