"""Endpoints whose pictures are files, JPEG, PNG or PPM: a browser has them, and they are small.

What they read and give are strings of the batch's examples, each on its own: examples of other
sizes lie in one batch, as servers make them of several requests.
"""

from collections.abc import Callable, Mapping

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.tasks.picture_files import (
    PLAIN_KIND,
    PNG_KIND,
    picture_kind,
    picture_size,
    read_picture,
    write_picture,
)

CLIPS = ("video", "windows", "thumbnails")  # Whose pictures are called frames.
STATE, MASK = "state", "mask"


def encoded_endpoint(
    endpoint: Endpoint,
    makes: Mapping[str, tf.TensorSpec],
    start: Callable[[tf.Tensor], tf.Tensor] | None = None,
) -> Endpoint:
    """Returns an endpoint that does as another one does, to pictures in files.

    A tensor of pictures becomes strings: `video` is called `frames_bytes`, any other `NAME_bytes`.
    A `mask` of classes is a picture of grey levels for each, along one more axis. What is made of
    a JPEG is JPEG, of a PPM is PPM, all else is PNG, without loss. `state` becomes `state_bytes`,
    a tensor as `tf.io.serialize_tensor` writes it, which may be empty at the beginning. All else
    stays.

    Args:
        endpoint: of batches of any size, with a `request`.
        makes: specs of one example of what it gives, by name.
        start: function of the height and the width of frames, int32 `(2,)`, to the shape of the
            state of an example, int32.
    """
    reads = {spec.name: tf.TensorSpec(spec.shape[1:], spec.dtype) for spec in endpoint.signature}

    def one(values):
        """Returns what is made of one example."""
        read, size, kind = [], None, tf.constant(PNG_KIND)
        for (name, spec), value in zip(reads.items(), values, strict=True):
            if _is_pictures(name, spec):
                if size is None:  # Of the first picture, which all others are as large as.
                    first = _first(value)
                    kind = picture_kind(first)
                    size = (
                        picture_size(first) if None in _sides(spec) else tf.constant(_sides(spec))
                    )
                value = _read_pictures(value, size, spec)
            elif name == STATE:
                value = _read_state(value, start(size), spec)
            read.append(value[None])
        made = endpoint.function(*read)
        return {
            _file_name(name, spec): _written(made[name][0], name, spec, kind)
            for name, spec in makes.items()
        }

    def function(*inputs):
        given = {_file_name(name, spec): _of_files(name, spec) for name, spec in makes.items()}
        return tf.map_fn(one, inputs, parallel_iterations=1, fn_output_signature=given)

    def request():
        values = endpoint.request()
        return {
            _file_name(name, spec): _as_files(values[name], name, spec)
            for name, spec in reads.items()
        }

    files = {_file_name(name, spec): _of_files(name, spec) for name, spec in reads.items()}
    signature = [
        tf.TensorSpec((None, *spec.shape), spec.dtype, name) for name, spec in files.items()
    ]
    return Endpoint(function, signature, request=request)


def _sides(spec):
    return spec.shape[-3:-1].as_list()


def _is_pictures(name, spec):
    return spec.shape.rank >= 3 and name != STATE


def _file_name(name, spec):
    """Returns what a tensor is called where its pictures are files."""
    if name in CLIPS:
        return "frames_bytes"
    return f"{name}_bytes" if name == STATE or _is_pictures(name, spec) else name


def _first(files):
    """Returns the first of the files of an example, which has one at least."""
    message = "each clip must have a frame, but one has none: leave it out"
    with tf.control_dependencies([tf.debugging.Assert(tf.size(files) > 0, [message])]):
        return tf.reshape(files, (-1,))[0]


def _of_files(name, spec):
    """Returns the spec of an example whose pictures are files."""
    if not _is_pictures(name, spec):
        return tf.TensorSpec((), tf.string) if name == STATE else spec
    return tf.TensorSpec((*spec.shape[:-3], *_classes(name, spec)), tf.string)


def _classes(name, spec):
    """Returns the number of files that a mask is, in a list; an empty one of other pictures."""
    return [spec.shape[-1]] if name == MASK and spec.shape[-1] > 1 else []


def _read_pictures(files, size, spec):
    """Returns the pictures of files, of a dtype: levels, or from 0 to 1."""
    channels = spec.shape[-1]
    pictures = tf.map_fn(
        lambda file: read_picture(file, size, channels),
        tf.reshape(files, (-1,)),
        fn_output_signature=tf.TensorSpec((None, None, channels), tf.uint8),
    )
    if spec.dtype.is_floating:
        pictures = tf.cast(pictures, spec.dtype) / 255
    shape = tf.concat([tf.shape(files), size, [channels]], 0)
    return tf.ensure_shape(tf.reshape(pictures, shape), spec.shape)


def _read_state(data, shape, spec):
    """Returns a state; zeros where there is none yet."""

    def parsed():
        state = tf.io.parse_tensor(data, spec.dtype)
        same = tf.cond(
            tf.equal(tf.rank(state), tf.size(shape)),
            lambda: tf.reduce_all(tf.shape(state) == shape),
            lambda: tf.constant(False),
        )
        message = "`state_bytes` must be of frames of this size, but is of the shape"
        check = tf.debugging.Assert(same, [message, tf.shape(state), "instead of", shape])
        with tf.control_dependencies([check]):
            return tf.reshape(state, shape)

    state = tf.cond(tf.strings.length(data) > 0, parsed, lambda: tf.zeros(shape, spec.dtype))
    return tf.ensure_shape(state, spec.shape)


def _written(value, name, spec, kind):
    """Returns what was made of an example as files, or as it is."""
    if name == STATE:
        return tf.io.serialize_tensor(value)
    if not _is_pictures(name, spec):
        return value
    if _classes(name, spec):  # Grey levels of each class, without loss.
        axes = [*range(len(value.shape) - 3), -1, -3, -2]
        value = tf.transpose(value, [axis % len(value.shape) for axis in axes])[..., None]
        kind = tf.where(kind == PLAIN_KIND, kind, PNG_KIND)
    shape = tf.shape(value)
    files = tf.map_fn(
        lambda picture: write_picture(picture, kind),
        tf.reshape(value, tf.concat([[-1], shape[-3:]], 0)),
        fn_output_signature=tf.string,
    )
    return tf.ensure_shape(tf.reshape(files, shape[:-3]), _of_files(name, spec).shape)


def _as_files(values, name, spec):
    """Returns numpy's arrays of a request as files, JPEG; of a state, nothing yet."""
    if name == STATE:
        return np.full(len(values), b"", object)
    if not _is_pictures(name, spec):
        return values
    levels = np.uint8(255 * values) if spec.dtype.is_floating else values
    pictures = levels.reshape((-1, *levels.shape[-3:]))
    files = np.empty(len(pictures), object)
    files[:] = [tf.io.encode_jpeg(picture).numpy() for picture in pictures]
    return files.reshape(levels.shape[:-3])
