"""Pictures in JPEG and PNG files, read and written by graphs that are served."""

import tensorflow as tf

LARGEST = 4096  # Pixels of a side: a small file may claim to be a large picture.
QUALITY = 95  # Of JPEG files.
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
SIDES = 16  # Where the width and the height stand in a PNG file: 4 bytes each, of big endian.
GREY = 1  # Channels.

_FILE = tf.TensorSpec((), tf.string)
_FLAG = tf.TensorSpec((), tf.bool)


def is_jpeg(file: tf.Tensor) -> tf.Tensor:
    """Returns whether a file begins as JPEG does, bool `()`."""
    return _begins(file, JPEG)


@tf.function(input_signature=[_FILE], autograph=False)
def picture_size(file: tf.Tensor) -> tf.Tensor:
    """Returns the height and the width of a picture, int32 `(2,)`, without reading it all.

    What is neither JPEG nor PNG, or is larger than `LARGEST`, fails in a sentence.

    Args:
        file: string `()`, all bytes of the file.
    """

    def png():
        padded = tf.strings.join([file, tf.constant(b"\0" * (SIDES + 8))])
        sides = tf.strings.substr(padded, SIDES, 8)
        return tf.reshape(tf.io.decode_raw(sides, tf.int32, little_endian=False), (2,))[::-1]

    def jpeg():
        return tf.image.extract_jpeg_shape(file)[:2]

    def neither():
        return tf.zeros((2,), tf.int32)

    size = tf.cond(is_jpeg(file), jpeg, lambda: tf.cond(_begins(file, PNG), png, neither))
    fits = tf.reduce_all(tf.logical_and(size >= 1, size <= LARGEST))
    message = f"pictures must be JPEG or PNG, with sides from 1 to {LARGEST} pixels, but one is"
    with tf.control_dependencies([tf.debugging.Assert(fits, [message, size])]):
        return tf.identity(size)


def read_picture(file: tf.Tensor, size: tf.Tensor, channels: int) -> tf.Tensor:
    """Returns a picture, uint8 `(h, w, channels)`.

    One that has another size fails in a sentence.

    Args:
        file: string `()`, JPEG or PNG.
        size: int32 `(2,)`, the height and the width that it has to have.
        channels: 1 or 3.
    """
    return (_read_grey if channels == GREY else _read_colours)(file, size)


def write_picture(picture: tf.Tensor, as_jpeg: tf.Tensor) -> tf.Tensor:
    """Returns the file of a picture, string `()`: JPEG of quality 95, or PNG without loss.

    Args:
        picture: uint8 `(h, w, 1)` or `(h, w, 3)`.
        as_jpeg: bool `()`.
    """
    return _write(picture, as_jpeg)


def _reading(channels):
    def read(file, size):
        same = tf.reduce_all(picture_size(file) == size)
        message = "pictures must all have the height and the width of the first, or as asked for:"
        with tf.control_dependencies([tf.debugging.Assert(same, [message, size])]):
            # It reads PNG, too. A fast inverse transform would be a level or two off.
            picture = tf.image.decode_jpeg(file, channels, dct_method="INTEGER_ACCURATE")
        return tf.reshape(picture, (size[0], size[1], channels))

    return tf.function(read, [_FILE, tf.TensorSpec((2,), tf.int32)], autograph=False)


_read_grey, _read_colours = _reading(GREY), _reading(3)


@tf.function(input_signature=[tf.TensorSpec((None, None, None), tf.uint8), _FLAG], autograph=False)
def _write(picture, as_jpeg):
    return tf.cond(
        as_jpeg,
        lambda: tf.image.encode_jpeg(picture, quality=QUALITY),
        lambda: tf.image.encode_png(picture, compression=1),
    )


def _begins(file, magic):
    padded = tf.strings.join([file, tf.constant(b"\0" * len(magic))])
    return tf.strings.substr(padded, 0, len(magic)) == magic
