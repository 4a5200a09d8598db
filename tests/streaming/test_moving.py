import os

import pytest

from tfvgan.streaming.moving import RECORD, move_images


def images(folder, *numbers):
    """Makes images of such numbers."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:06d}.png").write_bytes(b"new")


def test_images_are_moved_to_another_disk_too(tmp_path, monkeypatch):
    def rename(source, target):
        raise OSError("another device")

    images(tmp_path / "in", 1, 2)
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        move_images(tmp_path / "in", tmp_path / "out", 2)
    assert os.listdir(tmp_path / "in") == []
    assert sorted(os.listdir(tmp_path / "out")) == [RECORD, "000001.png", "000002.png"]


@pytest.mark.parametrize("stop", range(1, 12))
def test_a_move_goes_on_where_it_was_stopped(tmp_path, monkeypatch, stop):
    """However far it came, of the longer video before nothing is left, and all of others."""
    out = tmp_path / "out"
    images(tmp_path / "before", *range(1, 6))
    move_images(tmp_path / "before", out, 5)
    mine = ["000077.png", "20240101.png", "cover.png", "7.png", "000009.jpg"]
    for name in mine:
        (out / name).write_bytes(b"mine")
    images(tmp_path / "in", 1, 2, 3)
    left = [stop]

    def limited(name):
        function = getattr(os, name)

        def call(*given, **named):
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
            return function(*given, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "unlink"):
            patch.setattr(os, name, limited(name))
        try:
            move_images(tmp_path / "in", out, 3)
        except KeyboardInterrupt:
            assert left[0] <= 0
    move_images(tmp_path / "in", out, 3)
    kept = ["000001.png", "000002.png", "000003.png"]
    assert sorted(os.listdir(out)) == sorted([RECORD, *kept, *mine])
    assert all((out / name).read_bytes() == b"new" for name in kept)
    assert all((out / name).read_bytes() == b"mine" for name in mine)


def test_images_that_no_record_names_are_left_and_told(tmp_path, caplog):
    images(tmp_path / "out", *range(1, 31))
    images(tmp_path / "in", *range(1, 15))
    move_images(tmp_path / "in", tmp_path / "out", 14)
    assert len(list((tmp_path / "out").glob("*.png"))) == 30
    assert "holds 16 numbered images that are not of this video, such as 000015.png" in caplog.text


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"images": "9"}', '{"images": null}'])
def test_a_record_that_says_nothing_names_nothing(tmp_path, text):
    images(tmp_path / "out", 1, 2, 3)
    (tmp_path / "out" / RECORD).write_text(text)
    images(tmp_path / "in", 1)
    move_images(tmp_path / "in", tmp_path / "out", 1)
    assert len(list((tmp_path / "out").glob("*.png"))) == 3
