"""Stills are as people see them, whatever the file holds, and no larger than was asked for."""

import numpy as np
import pytest
from PIL import Image

from tfvgan.data.stills import read_still

RED, WHITE = [255, 0, 0], [255, 255, 255]


def halves(size=(40, 20)):
    """Returns a picture that is red on the left and white on the right."""
    made = Image.new("RGB", size, "white")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    return made


@pytest.mark.parametrize("shorter", [None, 20, 5])
@pytest.mark.parametrize("name", ["x.jpg", "x.png", "x.tif"])
def test_it_stands_as_its_file_says(tmp_path, name, shorter):
    said = Image.Exif()
    said[0x112] = 6  # To be turned by a quarter, clockwise: what is left comes up.
    halves().save(tmp_path / name, exif=said)
    seen = read_still(tmp_path / name, shorter)
    width = shorter or 20
    assert seen.shape == (2 * width, width, 3)
    np.testing.assert_allclose(seen[width // 2, width // 2], RED, atol=3)
    np.testing.assert_allclose(seen[-width // 2, width // 2], WHITE, atol=3)


def test_what_is_small_stays_as_it_was(tmp_path):
    levels = np.random.default_rng(0).integers(0, 256, (9, 12, 3)).astype("uint8")
    Image.fromarray(levels).save(tmp_path / "x.png")
    for shorter in (None, 9, 10):
        np.testing.assert_array_equal(read_still(tmp_path / "x.png", shorter), levels)
    assert read_still(tmp_path / "x.png", 8).shape == (8, 11, 3)


def test_a_photo_is_shrunk_while_it_is_decoded(tmp_path, monkeypatch):
    halves((640, 320)).save(tmp_path / "x.jpg")
    decoded = []
    shrink = Image.Image.thumbnail
    monkeypatch.setattr(
        Image.Image,
        "thumbnail",
        lambda picture, size: decoded.append(picture.size) or shrink(picture, size),
    )
    assert read_still(tmp_path / "x.jpg", 20).shape == (20, 40, 3)
    assert decoded == [(80, 40)]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_lies_on_white(tmp_path, mode):
    if mode == "P":
        made = Image.new("P", (8, 8), 1)
        made.putpalette([0, 0, 0, 255, 0, 0])
        made.paste(0, (0, 0, 4, 8))
        made.save(tmp_path / "x.png", transparency=0)
    else:
        made = Image.new(mode, (8, 8), (255, 0, 0, 255) if mode == "RGBA" else (76, 255))
        made.paste((0,) * len(mode), (0, 0, 4, 8))
        made.save(tmp_path / "x.png")
    seen = read_still(tmp_path / "x.png")
    assert seen[0, 0].tolist() == WHITE
    assert seen[0, 7].tolist() == ([76] * 3 if mode == "LA" else RED)


def test_half_of_transparent_is_half_white(tmp_path):
    Image.new("RGBA", (8, 8), (255, 0, 0, 128)).save(tmp_path / "x.png")
    np.testing.assert_allclose(read_still(tmp_path / "x.png")[0, 0], [255, 127, 127], atol=1)


@pytest.mark.parametrize(("name", "dtype"), [("x.png", "uint16"), ("x.tif", "int32")])
def test_sixteen_bits_keep_their_tones(tmp_path, name, dtype):
    levels = np.arange(0, 65536, 256).reshape(16, 16)
    Image.fromarray(levels.astype(dtype)).save(tmp_path / name)
    seen = read_still(tmp_path / name)
    np.testing.assert_array_equal(seen, (levels >> 8)[..., None].repeat(3, -1))


def test_colours_of_print_are_those_of_a_screen(tmp_path):
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "x.jpg", quality=100)
    np.testing.assert_allclose(read_still(tmp_path / "x.jpg")[4, 4], RED, atol=3)


def test_levels_that_no_one_knows_are_refused(tmp_path):
    for name, levels in (
        ("f.tif", np.ones((8, 8), "float32")),
        ("i.tif", np.full((8, 8), 65536, "int32")),
    ):
        Image.fromarray(levels).save(tmp_path / name)
        with pytest.raises(ValueError, match="its levels are neither of 8 bits nor of 16"):
            read_still(tmp_path / name)


def test_a_picture_larger_than_pillow_likes_is_read_without_a_warning(tmp_path, recwarn):
    Image.new("1", (9600, 9600)).save(tmp_path / "x.png")
    assert read_still(tmp_path / "x.png", shorter=8).shape == (8, 8, 3)
    assert not recwarn.list
