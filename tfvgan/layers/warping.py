"""Pictures fetched along a flow, and the flow of larger ones."""

import keras
from keras import ops

from tfvgan.layers.borders import bordered


def warp(images: keras.KerasTensor, flow: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the images fetched along the flow: float32 `(n, height, width, channels)`.

    The result at `(x, y)` is the image at `(x, y) + flow`, bilinear between pixels; beyond the
    border the nearest pixel is taken. With the flow from a first to a second image, the second
    one is brought back onto the first.

    Args:
        images: float32 `(n, height, width, channels)`.
        flow: float32 `(n, height, width, 2)`, in pixels, right and down.
    """
    _, height, width, channels = ops.shape(images)
    columns, rows = _places(flow, height, width)
    left, top = ops.floor(columns), ops.floor(rows)
    right_share, bottom_share = columns - left, rows - top
    # The four around a place become channels of it: then all are fetched at once.
    wide = bordered(images, 0, 1)
    upper, lower = wide[:, :-1], wide[:, 1:]
    four = [row[:, :, part] for row in (upper, lower) for part in (slice(-1), slice(1, None))]
    four = ops.reshape(ops.concatenate(four, axis=-1), (-1, 4 * channels))
    four = ops.take(four, _numbered(top, left, height, width), axis=0)
    upper, upper_right, lower, lower_right = ops.split(four, 4, axis=-1)
    upper = upper + right_share * (upper_right - upper)
    lower = lower + right_share * (lower_right - lower)
    return upper + bottom_share * (lower - upper)


def warp_sharply(images: keras.KerasTensor, flow: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the images fetched along the flow as `warp` does, but bicubic between pixels.

    What is fetched again and again, a frame at a time, keeps its edges longer so. Where the flow is
    whole numbers it is the images' own pixels.

    Source: Keys 1981, https://doi.org/10.1109/TASSP.1981.1163711, a = -1/2.

    Args:
        images, flow: as of `warp`.
    """
    _, height, width, channels = ops.shape(images)
    columns, rows = _places(flow, height, width)
    left, top = ops.floor(columns), ops.floor(rows)
    # Four in a row become channels of a picture that is 3 wider: then a row is fetched at once.
    wide = bordered(images, 1, 2)
    four = [wide[:, :, n : n - 3 or None] for n in range(4)]
    flat = ops.reshape(ops.concatenate(four, axis=-1), (-1, 4 * channels))
    first = _numbered(top, left, height + 3, width)
    fetched = [ops.take(flat, first + n * width, axis=0) for n in range(4)]
    down = _cubic(rows - top)
    line = sum(weight * row for weight, row in zip(down, fetched, strict=True))
    right = _cubic(columns - left)
    parts = ops.split(line, 4, axis=-1)
    return sum(weight * part for weight, part in zip(right, parts, strict=True))


def _places(flow, height, width):
    """Returns the columns and rows that a flow points at, float32 `(n, height, width, 1)` each."""
    # Slices and new axes are several nodes each, in graphs of any size.
    columns, rows = ops.split(flow, 2, axis=-1)
    columns += ops.reshape(ops.arange(width, dtype="float32"), (1, 1, -1, 1))
    rows += ops.reshape(ops.arange(height, dtype="float32"), (1, -1, 1, 1))
    # Before it is split: beyond the border shares are 0 then, and the nearest pixel comes whole.
    columns = ops.clip(columns, 0.0, ops.cast(width - 1, "float32"))
    return columns, ops.clip(rows, 0.0, ops.cast(height - 1, "float32"))


def _numbered(rows, columns, height, width):
    """Returns the numbers of pixels, int32: `keras.ops` gathers along one axis, of all images."""
    first = ops.arange(ops.shape(rows)[0], dtype="int32") * (height * width)
    numbers = ops.cast(rows, "int32") * width + ops.cast(columns, "int32")
    return ops.squeeze(ops.reshape(first, (-1, 1, 1, 1)) + numbers, -1)


def _cubic(share):
    """Returns what the pixel before, the two around, and the one after count, by the share."""
    square = share * share
    cube = square * share
    return (
        -0.5 * cube + square - 0.5 * share,
        1.5 * cube - 2.5 * square + 1.0,
        -1.5 * cube + 2.0 * square + 0.5 * share,
        0.5 * cube - 0.5 * square,
    )


def enlarge_flow(flow: keras.KerasTensor) -> keras.KerasTensor:
    """Returns a flow four times as large, float32 `(n, 4 * h, 4 * w, 2)`, and four times as far.

    It is doubled twice, each way, bilinear between the middles of its places.

    Args:
        flow: float32 `(n, h, w, 2)`, in pixels of its own size.
    """
    return 4.0 * doubled(doubled(flow))


def doubled(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns `(n, 2 * h, 2 * w, c)` of `(n, h, w, c)`, bilinear between the middles of places.

    The arithmetic is the same whether sides are known or not, as codecs need it; where that does
    not matter `enlarged` is faster.
    """
    for axis in (1, 2):
        x = _enlarged_along(x, axis, 2)
    return x


def enlarged(x: keras.KerasTensor, factor: int) -> keras.KerasTensor:
    """Returns `(n, factor * h, factor * w, c)`, bilinear between the middles of places.

    Args:
        x: `(n, h, w, c)`.
        factor: whole number, 2 or more.
    """
    height, width = x.shape[1:3]
    if height and width:  # Three times as fast on edge devices; Keras asks for sides that it knows.
        return ops.image.resize(x, (factor * height, factor * width), "bilinear")
    for axis in (1, 2):
        x = _enlarged_along(x, axis, factor)
    return x


def _enlarged_along(x, axis, factor):
    """Returns `x` `factor` times as long along an axis, bilinear between middles of its places."""
    pads = [(0, 0)] * 4
    pads[axis] = (1, 1)
    wide = ops.pad(x, pads, "symmetric")
    before, after = (wide[:, :-2], wide[:, 2:]) if axis == 1 else (wide[:, :, :-2], wide[:, :, 2:])
    made = []
    for number in range(factor):
        off = (number + 0.5) / factor - 0.5  # Of a new place from the middle of the old one.
        made.append((1 - abs(off)) * x + abs(off) * (before if off < 0 else after))
    shape = list(ops.shape(x))
    shape[axis] = factor * shape[axis]
    shape[0] = -1
    return ops.reshape(ops.stack(made, axis=axis + 1), shape)
