"""Pictures in files, as graphs read and write them."""

import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfvgan.tasks.picture_files import (
    JPEG_KIND,
    LARGEST,
    PLAIN_KIND,
    PNG_KIND,
    picture_kind,
    picture_size,
    read_picture,
    write_picture,
)

PICTURE = np.random.default_rng(0).integers(0, 256, (5, 7, 3)).astype("uint8")
SMOOTH = np.arange(0, 240, 5, dtype="uint8")[None, :, None] + np.uint8([0, 9, 15])
SMOOTH = np.tile(SMOOTH, (40, 1, 1))
SIZE = tf.constant([5, 7])


def sizes(header):
    return picture_size(tf.constant(header)).numpy().tolist()


@pytest.mark.parametrize("kind", [PNG_KIND, PLAIN_KIND])
@pytest.mark.parametrize("channels", [1, 3])
def test_png_and_ppm_come_back_as_they_were(channels, kind):
    picture = PICTURE[..., :channels]
    file = write_picture(picture, tf.constant(kind))
    assert picture_kind(file) == kind and sizes(file) == [5, 7]
    np.testing.assert_array_equal(read_picture(file, SIZE, channels), picture)


def test_ppm_is_what_other_programs_write_and_read():
    for channels, magic in ((1, b"P5"), (3, b"P6")):
        picture = PICTURE[..., :channels]
        file = write_picture(picture, tf.constant(PLAIN_KIND)).numpy()
        assert file == magic + b"\n7 5\n255\n" + picture.tobytes()
        opened = np.asarray(Image.open(io.BytesIO(file)))
        np.testing.assert_array_equal(opened.reshape(picture.shape), picture)


@pytest.mark.parametrize(
    "file",
    [
        b"P6\n7 5\n255\n" + bytes(104),
        b"P6\n7 5\n255\n" + bytes(106),
        b"P5\n7 5\n255\n" + bytes(105),
        b"P5\n7 5\n255\n" + bytes(35),
    ],
)
def test_a_ppm_has_the_levels_that_it_tells_of(file):
    with pytest.raises(tf.errors.InvalidArgumentError, match="a plain picture must be P6 with a"):
        read_picture(tf.constant(file), SIZE, 3)


def test_jpeg_comes_back_nearly():
    file = write_picture(SMOOTH, tf.constant(JPEG_KIND))
    assert picture_kind(file) == JPEG_KIND and sizes(file) == [40, 48]
    made = read_picture(file, tf.constant([40, 48]), 3).numpy().astype(int)
    assert 0 < np.abs(made - SMOOTH).max() < 8


def png(width, height):
    """Returns the beginning of a PNG file, which says a size."""
    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + sides + b"\x08\x02\0\0\0"


@pytest.mark.parametrize(
    "file",
    [
        *[
            b"",
            b"GIF89a",
            b"BM",
            b"P6\n4097 1\n255\n",
            b"P6\n1 0\n255\n",
            b"P6\n1 1\n65535\n\0\0\0",
        ],
        *[png(0, 5), png(LARGEST + 1, 1), png(1, LARGEST + 1), png(2**31, 1)],
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(file):
    with pytest.raises(
        tf.errors.InvalidArgumentError, match="pictures must be JPEG, PNG or PPM, with"
    ):
        picture_size(tf.constant(file))
    assert sizes(png(LARGEST, 7)) == [7, LARGEST]


@pytest.mark.parametrize("kind", [PNG_KIND, JPEG_KIND, PLAIN_KIND])
def test_what_is_cut_off_or_of_another_size_is_refused(kind):
    file = write_picture(PICTURE, tf.constant(kind)).numpy()
    with pytest.raises(tf.errors.InvalidArgumentError):
        read_picture(tf.constant(file[: len(file) // 2]), SIZE, 3)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must all have the height and"):
        read_picture(tf.constant(file), tf.constant([7, 5]), 3)
