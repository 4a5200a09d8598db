"""The clips of one file on their own: those that the file gives, and its end."""

import films
import media
import numpy as np
import pytest

from tfvgan.data import cut, parts
from tfvgan.data.cut import ShortVideo, cut_file
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.parts import read_part, write_part
from tfvgan.data.settings import ClipSettings

SETTINGS = ClipSettings(frames=4, size=16)


def test_a_part_gives_the_clips_of_the_file(tmp_path):
    path = films.film(tmp_path / "a.mp4", 11)
    settings = ClipSettings(frames=4, size=(8, 16), crop="random", overlap=1)
    write_part(path, tmp_path / "parts" / "a.clips", settings, "pyav")
    found = list(read_part(path, tmp_path / "parts" / "a.clips"))
    wanted = list(cut_file(path, settings, "pyav"))
    assert len(found) == len(wanted) == 3
    np.testing.assert_array_equal(found, wanted)
    assert [file.name for file in (tmp_path / "parts").iterdir()] == ["a.clips"]


def test_a_file_that_is_too_short_is_so_again(tmp_path):
    path = films.film(tmp_path / "a.mp4", 3)
    write_part(path, tmp_path / "a.clips", SETTINGS)
    with pytest.raises(ShortVideo) as found:
        list(read_part(path, tmp_path / "a.clips"))
    with pytest.raises(ShortVideo) as wanted:
        list(cut_file(path, SETTINGS, "auto"))
    assert str(found.value) == str(wanted.value)


def test_a_file_that_ends_early_gives_what_it_gave(tmp_path, monkeypatch):
    clips = [np.full((4, 16, 16, 3), value, np.uint8) for value in (1, 2)]

    def broken(*given):
        yield from clips
        raise UnreadableVideo("a.mp4", "its end is missing")

    monkeypatch.setattr(parts, "cut_file", broken)
    write_part("a.mp4", tmp_path / "a.clips", SETTINGS)
    found = read_part("a.mp4", tmp_path / "a.clips")
    np.testing.assert_array_equal([next(found), next(found)], clips)
    with pytest.raises(UnreadableVideo, match="a.mp4 can't be read .* its end is missing"):
        next(found)
    assert cut.ShortVideo is ShortVideo


def test_what_is_there_is_replaced_by_a_whole_one(tmp_path, monkeypatch):
    part = tmp_path / "a.clips"
    write_part(films.film(tmp_path / "a.mp4", 8), part, SETTINGS)
    path = films.film(tmp_path / "a.mp4", 12, seed=1)

    def stopped(*given):
        yield np.zeros((4, 16, 16, 3), np.uint8)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(parts, "cut_file", stopped)
        write_part(path, part, SETTINGS)
    assert len(list(read_part(path, part))) == 2
    write_part(path, part, SETTINGS)
    assert len(list(read_part(path, part))) == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.clips", "a.mp4"]


def test_a_damaged_part_is_a_sentence(tmp_path):
    part, path = tmp_path / "a.clips", films.film(tmp_path / "a.mp4", 8)
    write_part(path, part, SETTINGS)
    shard = next(part.glob("*.tfrecord"))
    content = bytearray(shard.read_bytes())
    content[len(content) // 4] ^= 1
    shard.write_bytes(content)
    with pytest.raises(ValueError, match="is damaged"):
        list(read_part(path, part))
    (part / parts.ENDED).write_text("[]")
    with pytest.raises(ValueError, match="how a video file ended"):
        list(read_part(path, part))


def test_a_file_that_is_none_gives_nothing(tmp_path):
    path = media.text(tmp_path / "a.mp4")
    write_part(path, tmp_path / "a.clips", SETTINGS)
    with pytest.raises(UnreadableVideo, match=r"a\.mp4 can't be read"):
        list(read_part(path, tmp_path / "a.clips"))
