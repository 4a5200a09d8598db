"""Pictures in JPEG, PNG and PPM files, read and written by graphs that are served.

A PPM file, or PGM of grey levels, is a short head and all levels: nothing is quicker to read.
Source: https://netpbm.sourceforge.net/doc/ppm.html, without comments and with levels up to 255.
"""

import tensorflow as tf

LARGEST = 4096  # Pixels of a side: a small file may claim to be a large picture.
QUALITY = 95  # Of JPEG files.
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
SIDES = 16  # Where the width and the height stand in a PNG file: 4 bytes each, of big endian.
GREY = 1  # Channels.
PNG_KIND, JPEG_KIND, PLAIN_KIND = range(3)
PLAIN = rb"P[56]\s(\d{1,5})\s(\d{1,5})\s255\s"  # How a PPM or a PGM file begins.
HEAD = 20  # Bytes that it takes at most.

_FILE = tf.TensorSpec((), tf.string)


def picture_kind(file: tf.Tensor) -> tf.Tensor:
    """Returns what a file begins as, int32 `()`: `JPEG_KIND`, `PLAIN_KIND`, else `PNG_KIND`.

    Args:
        file: string `()`.
    """
    plain = tf.where(_is_plain(file), PLAIN_KIND, PNG_KIND)
    return tf.where(_begins(file, JPEG), JPEG_KIND, plain)


@tf.function(input_signature=[_FILE], autograph=False)
def picture_size(file: tf.Tensor) -> tf.Tensor:
    """Returns the height and the width of a picture, int32 `(2,)`, without reading it all.

    What is neither JPEG nor PNG nor PPM, or is larger than `LARGEST`, fails in a sentence.

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

    def plain():
        sides = tf.strings.regex_replace(_head(file), rb"\A" + PLAIN + rb"\C*\z", rb"\2 \1")
        return tf.reshape(tf.strings.to_number(tf.strings.split(sides), tf.int32), (2,))

    def other():
        return tf.cond(_begins(file, PNG), png, neither)

    branches = {PNG_KIND: other, JPEG_KIND: jpeg, PLAIN_KIND: plain}
    size = tf.switch_case(picture_kind(file), branches)
    fits = tf.reduce_all(tf.logical_and(size >= 1, size <= LARGEST))
    message = (
        f"pictures must be JPEG, PNG or PPM, with sides from 1 to {LARGEST} pixels, but one is"
    )
    with tf.control_dependencies([tf.debugging.Assert(fits, [message, size])]):
        return tf.identity(size)


def read_picture(file: tf.Tensor, size: tf.Tensor, channels: int) -> tf.Tensor:
    """Returns a picture, uint8 `(h, w, channels)`.

    One that has another size fails in a sentence.

    Args:
        file: string `()`, JPEG, PNG or PPM; of one channel PGM, instead.
        size: int32 `(2,)`, the height and the width that it has to have.
        channels: 1 or 3.
    """
    return (_read_grey if channels == GREY else _read_colours)(file, size)


def write_picture(picture: tf.Tensor, kind: tf.Tensor) -> tf.Tensor:
    """Returns the file of a picture, string `()`: JPEG of quality 95, or PNG or PPM without loss.

    Args:
        picture: uint8 `(h, w, 1)` or `(h, w, 3)`.
        kind: int32 `()`, of `picture_kind`.
    """
    return _write(picture, kind)


def _reading(channels):
    def read(file, size):
        same = tf.reduce_all(picture_size(file) == size)
        message = "pictures must all have the height and the width of the first, or as asked for:"
        with tf.control_dependencies([tf.debugging.Assert(same, [message, size])]):
            picture = tf.cond(
                _is_plain(file),
                lambda: _levels(file, size, channels),
                # It reads PNG, too. A fast inverse transform would be a level or two off.
                lambda: tf.image.decode_jpeg(file, channels, dct_method="INTEGER_ACCURATE"),
            )
        return tf.reshape(picture, (size[0], size[1], channels))

    return tf.function(read, [_FILE, tf.TensorSpec((2,), tf.int32)], autograph=False)


def _levels(file, size, channels):
    """Returns the levels of a PPM file, or of a PGM one."""
    count = tf.reduce_prod(size) * channels
    magic = b"P5" if channels == GREY else b"P6"
    head = tf.strings.length(file) - count
    begin = tf.strings.regex_replace(_head(file), rb"\A(" + PLAIN + rb")\C*\z", rb"\1")
    whole = tf.logical_and(_begins(file, magic), head == tf.strings.length(begin))
    message = f"a plain picture must be {magic.decode()} with a level of each pixel's channels, of"
    with tf.control_dependencies([tf.debugging.Assert(whole, [message, count])]):
        levels = tf.io.decode_raw(tf.strings.substr(file, head, count), tf.uint8)
    return tf.reshape(levels, (size[0], size[1], channels))


_read_grey, _read_colours = _reading(GREY), _reading(3)
_KIND = tf.TensorSpec((), tf.int32)


@tf.function(input_signature=[tf.TensorSpec((None, None, None), tf.uint8), _KIND], autograph=False)
def _write(picture, kind):
    def plain():
        height, width = (tf.strings.as_string(tf.shape(picture)[axis]) for axis in range(2))
        magic = tf.where(tf.shape(picture)[2] == GREY, "P5", "P6")
        count = tf.size(picture)  # The levels are the end of what is serialised.
        levels = tf.strings.substr(tf.io.serialize_tensor(picture), -count, count)
        return tf.strings.join([magic, "\n", width, " ", height, "\n255\n", levels])

    return tf.switch_case(
        kind,
        {
            PNG_KIND: lambda: tf.image.encode_png(picture, compression=1),
            JPEG_KIND: lambda: tf.image.encode_jpeg(picture, quality=QUALITY),
            PLAIN_KIND: plain,
        },
    )


def _is_plain(file):
    return tf.strings.regex_full_match(_head(file), PLAIN + rb"\C*")


def _head(file):
    """Returns the first bytes of a file, filled up with zeros."""
    return tf.strings.substr(tf.strings.join([file, tf.constant(b"\0" * HEAD)]), 0, HEAD)


def _begins(file, magic):
    padded = tf.strings.join([file, tf.constant(b"\0" * len(magic))])
    return tf.strings.substr(padded, 0, len(magic)) == magic
