"""How squares of a frame moved: where they fit best into the frame before.

Source: Jain and Jain 1981, https://doi.org/10.1109/TCOM.1981.1094950: squares that fit; a parabola
through three errors for what lies between cells.
"""

from keras import ops

CELL = 4  # Pixels of a side that are taken together.
SQUARE = 4  # Cells of a side of what moves as one.
REACH = 5  # Cells, each way.
STAYING = 1e-3  # How much less the error must be than that of what stays.


def guessed_flow(frame, previous):
    """Returns the flow from a frame to the one before, float32 `(batch, h / 16, w / 16, 2)`, in
    pixels, right and down, which has no slope.

    Args:
        frame, previous: float32 `(batch, h, w, 3)`, sides multiples of 16.
    """
    now, before = (_cells(picture) for picture in (frame, previous))
    _, height, width, _ = ops.shape(now)
    wide = _widened(_widened(before[..., 0], 1), 2)
    ways = range(2 * REACH + 1)
    wide = ops.stack([wide[:, y : y + height] for y in ways], axis=1)
    wide = ops.stack([wide[..., x : x + width] for x in ways], axis=2)
    far = ops.square(wide - ops.reshape(now[..., 0], (-1, 1, 1, height, width)))
    far = ops.reshape(far, (-1, height, width, 1))
    far = ops.average_pool(far, SQUARE, SQUARE)
    far = ops.reshape(far, (-1, len(ways) ** 2, height // SQUARE, width // SQUARE))
    far = ops.transpose(far, (0, 2, 3, 1))
    middle = len(ways) ** 2 // 2
    stays = ops.cast(ops.arange(len(ways) ** 2) == middle, "float32")
    least = far - STAYING * stays
    least = least <= ops.min(least, axis=-1, keepdims=True)
    best = ops.argmax(ops.cast(least, "int32"), axis=-1)  # Of floats LiteRT has not all that takes.
    down, right = (ops.cast(each, "float32") for each in (best // len(ways), best % len(ways)))
    flow = [
        place - REACH + _between(far, best, place, step)
        for place, step in ((right, 1), (down, len(ways)))
    ]
    moves = ops.cast(best != middle, "float32")[..., None]
    # What fits well where it is stays there, to the last part of a cell.
    return ops.stop_gradient(CELL * ops.stack(flow, axis=-1) * ops.maximum(moves, _unsure(far)))


def along(motion, flow):
    """Returns latents of motion, the first two of which have the flow added.

    Args:
        motion: float32 `(batch, h, w, channels)`.
        flow: float32 `(batch, h, w, 2)`.
    """
    return ops.concatenate([motion[..., :2] + flow, motion[..., 2:]], axis=-1)


def _unsure(far):
    """Returns 1 where what stays does not fit well, else 0."""
    middle = far[..., far.shape[-1] // 2]
    return ops.cast(middle > STAYING, "float32")[..., None]


def _widened(x, axis):
    """Returns pictures whose first and last lines are there `REACH` times more."""
    size = ops.shape(x)[axis]
    return ops.take(x, ops.clip(ops.arange(-REACH, size + REACH), 0, size - 1), axis=axis)


def _cells(picture):
    grey = ops.mean(picture, axis=-1, keepdims=True)
    return ops.average_pool(grey, CELL, CELL)


def _between(far, best, place, step):
    """Returns where between three neighbours the error is least, from -1/2 to 1/2 of their way."""
    most = far.shape[-1] - 1
    places = ops.arange(most + 1, dtype=best.dtype)
    inside = ops.cast((place > 0) & (place < 2 * REACH), "float32")
    low, mid, high = (
        ops.sum(ops.where(places == ops.clip(best + move, 0, most)[..., None], far, 0.0), axis=-1)
        for move in (-step, 0, step)
    )
    bend = ops.maximum(low - 2.0 * mid + high, 1e-8)
    return inside * ops.clip(0.5 * (low - high) / bend, -0.5, 0.5)
