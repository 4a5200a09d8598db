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
    columns = ops.arange(width, dtype="float32")[None, None, :] + flow[..., 0]
    rows = ops.arange(height, dtype="float32")[None, :, None] + flow[..., 1]
    # Before it is split: beyond the border shares are 0 then, and the nearest pixel comes whole.
    columns = ops.clip(columns, 0.0, ops.cast(width - 1, "float32"))
    rows = ops.clip(rows, 0.0, ops.cast(height - 1, "float32"))
    left, top = ops.floor(columns), ops.floor(rows)
    right_share, bottom_share = (columns - left)[..., None], (rows - top)[..., None]
    # `keras.ops` gathers along one axis: pixels of all images are numbered through.
    first = ops.arange(ops.shape(flow)[0], dtype="int32")[:, None, None] * (height * width)
    flat = ops.reshape(images, (-1, channels))

    def pixel(down, right):
        row = ops.minimum(ops.cast(top, "int32") + down, height - 1)
        column = ops.minimum(ops.cast(left, "int32") + right, width - 1)
        return ops.take(flat, first + row * width + column, axis=0)

    upper = pixel(0, 0) + right_share * (pixel(0, 1) - pixel(0, 0))
    lower = pixel(1, 0) + right_share * (pixel(1, 1) - pixel(1, 0))
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
    columns = ops.arange(width, dtype="float32")[None, None, :] + flow[..., 0]
    rows = ops.arange(height, dtype="float32")[None, :, None] + flow[..., 1]
    columns = ops.clip(columns, 0.0, ops.cast(width - 1, "float32"))
    rows = ops.clip(rows, 0.0, ops.cast(height - 1, "float32"))
    left, top = ops.floor(columns), ops.floor(rows)
    # Four in a row become channels of a picture that is 3 wider: then a row is fetched at once.
    wide = bordered(images, 1, 2)
    four = ops.concatenate([wide[:, :, n : n + width] for n in range(4)], axis=-1)
    flat = ops.reshape(four, (-1, 4 * channels))
    first = ops.arange(ops.shape(flow)[0], dtype="int32")[:, None, None] * ((height + 3) * width)
    first += ops.cast(top, "int32") * width + ops.cast(left, "int32")
    fetched = [ops.take(flat, first + n * width, axis=0) for n in range(4)]
    down = _cubic((rows - top)[..., None])
    line = sum(weight * row for weight, row in zip(down, fetched, strict=True))
    right = _cubic((columns - left)[..., None])
    parts = [line[..., n * channels : (n + 1) * channels] for n in range(4)]
    return sum(weight * part for weight, part in zip(right, parts, strict=True))


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
    """Returns `(n, 2 * h, 2 * w, c)` of `(n, h, w, c)`, bilinear between the middles of places."""
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
    size = ops.shape(x)[axis]
    before, after = (
        wide[:, n : n + size] if axis == 1 else wide[:, :, n : n + size] for n in (0, 2)
    )
    made = []
    for number in range(factor):
        off = (number + 0.5) / factor - 0.5  # Of a new place from the middle of the old one.
        made.append((1 - abs(off)) * x + abs(off) * (before if off < 0 else after))
    shape = list(ops.shape(x))
    shape[axis] = factor * size
    shape[0] = -1
    return ops.reshape(ops.stack(made, axis=axis + 1), shape)
