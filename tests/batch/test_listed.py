"""The files of a folder and of its outputs."""

import films as clips
import pytest
import toy_verb

from tfvgan.batch.listed import is_folder_of_videos, items, with_ending


def test_names_are_mirrored(tmp_path):
    folder = toy_verb.films(tmp_path / "in", "b.mp4", "walk/a.mkv", ".x.mp4", "note.txt")
    found = items(folder, tmp_path / "out", lambda name: name + ".tvg")
    assert [item.name for item in found] == ["b.mp4", "walk/a.mkv"]
    assert found[1].path == str(folder / "walk" / "a.mkv")
    assert found[1].out == str(tmp_path / "out" / "walk" / "a.mkv.tvg")


def test_others_than_videos_can_be_looked_for(tmp_path):
    folder = toy_verb.films(tmp_path / "in", "b.tvg", "walk/a.TVG", ".x.tvg", ".y/z.tvg", "c.mp4")
    found = items(folder, tmp_path / "out", only=".tvg")
    assert [item.name for item in found] == ["b.tvg", "walk/a.TVG"]
    with pytest.raises(ValueError, match="holds no .tvh file"):
        items(folder, tmp_path / "out", only=".tvh")


def test_a_folder_of_images_is_one_video(tmp_path):
    clips.film(tmp_path / "in" / "a.mp4", 2)
    pictures = tmp_path / "in" / "shot"
    toy_verb.films(pictures, "1.png", "2.png")
    assert [item.name for item in items(tmp_path / "in", tmp_path / "out")] == ["a.mp4", "shot"]
    assert is_folder_of_videos(tmp_path / "in") and not is_folder_of_videos(pictures)
    assert not is_folder_of_videos(tmp_path / "in" / "a.mp4")


def test_two_videos_never_have_one_output(tmp_path):
    folder = toy_verb.films(tmp_path / "in", "a.mp4", "a.mkv")
    assert len(items(folder, tmp_path / "out")) == 2
    with pytest.raises(ValueError, match="a.mkv and a.mp4 would both become .*--ending"):
        items(folder, tmp_path / "out", lambda name: with_ending(name, ".webm"))
    assert with_ending("walk/a.b.mkv", ".mp4") == "walk/a.b.mp4"


def test_what_is_no_folder_is_refused(tmp_path):
    folder = toy_verb.films(tmp_path / "in", "a.mp4")
    with pytest.raises(ValueError, match="should be a folder of videos"):
        items(folder / "a.mp4", tmp_path / "out")
    with pytest.raises(ValueError, match="is a file, but the outputs"):
        items(folder, folder / "a.mp4")
    for out in (folder, folder / "out", tmp_path):
        with pytest.raises(ValueError, match="one is in the other"):
            items(folder, out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no video"):
        items(tmp_path / "empty", tmp_path / "out")
