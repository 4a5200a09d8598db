"""Pictures in files, as graphs read and write them."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.tasks.picture_files import (
    LARGEST,
    is_jpeg,
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


@pytest.mark.parametrize("channels", [1, 3])
def test_png_comes_back_as_it_was(channels):
    picture = PICTURE[..., :channels]
    file = write_picture(picture, tf.constant(False))
    assert not is_jpeg(file) and sizes(file) == [5, 7]
    np.testing.assert_array_equal(read_picture(file, SIZE, channels), picture)


def test_jpeg_comes_back_nearly():
    file = write_picture(SMOOTH, tf.constant(True))
    assert is_jpeg(file) and sizes(file) == [40, 48]
    made = read_picture(file, tf.constant([40, 48]), 3).numpy().astype(int)
    assert 0 < np.abs(made - SMOOTH).max() < 8


def png(width, height):
    """Returns the beginning of a PNG file, which says a size."""
    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + sides + b"\x08\x02\0\0\0"


@pytest.mark.parametrize(
    "file",
    [b"", b"GIF89a", b"BM", png(0, 5), png(LARGEST + 1, 1), png(1, LARGEST + 1), png(2**31, 1)],
)
def test_what_is_no_picture_or_too_large_is_refused(file):
    with pytest.raises(tf.errors.InvalidArgumentError, match="pictures must be JPEG or PNG, with"):
        picture_size(tf.constant(file))
    assert sizes(png(LARGEST, 7)) == [7, LARGEST]


@pytest.mark.parametrize("as_jpeg", [False, True])
def test_what_is_cut_off_or_of_another_size_is_refused(as_jpeg):
    file = write_picture(PICTURE, tf.constant(as_jpeg)).numpy()
    with pytest.raises(tf.errors.InvalidArgumentError):
        read_picture(tf.constant(file[: len(file) // 2]), SIZE, 3)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must all have the height and"):
        read_picture(tf.constant(file), tf.constant([7, 5]), 3)
