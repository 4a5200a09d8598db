"""Block matching: the flow from each block of a frame to where it fits best in the previous one.

Source: Jain and Jain 1981, https://doi.org/10.1109/TCOM.1981.1094950: the blocks; a parabola
through three errors says what lies between cells.
"""

from keras import ops

CELL = 4  # Pixels of a side that are taken together.
BLOCK_CELLS = 4  # Cells of a side of what moves as one.
SEARCH = 5  # Cells that a block may have moved by, each way.
MARGIN = 1e-3  # How much less the error must be than that of a block that stays.
DISPLACEMENT = 3  # Places that features are compared within, each way,
CORRELATED = 16  # and so many of their channels.


def block_matching_flow(frame, previous):
    """Returns the flow from a frame to the previous one, float32 `(batch, h / 16, w / 16, 2)`, in
    pixels, right and down, which has no slope.

    Args:
        frame, previous: float32 `(batch, h, w, 3)`, sides multiples of 16.
    """
    current, reference = (_cells(picture)[..., 0] for picture in (frame, previous))
    _, height, width = ops.shape(current)
    padded = _padded(_padded(reference, 1), 2)
    offsets = range(2 * SEARCH + 1)
    shifted = ops.stack([padded[:, y : y + height] for y in offsets], axis=1)
    shifted = ops.stack([shifted[..., x : x + width] for x in offsets], axis=2)
    # Offsets are a part of the batch while cells are averaged to blocks, and channels after it.
    error = ops.square(shifted - ops.reshape(current, (-1, 1, 1, height, width)))
    error = ops.reshape(error, (-1, height, width, 1))
    error = ops.average_pool(error, BLOCK_CELLS, BLOCK_CELLS)
    error = ops.reshape(error, (-1, len(offsets) ** 2, height // BLOCK_CELLS, width // BLOCK_CELLS))
    error = ops.transpose(error, (0, 2, 3, 1))
    still = len(offsets) ** 2 // 2
    bonus = MARGIN * ops.cast(ops.arange(len(offsets) ** 2) == still, "float32")
    biased = error - bonus
    least = biased <= ops.min(biased, axis=-1, keepdims=True)
    best = ops.argmax(ops.cast(least, "int32"), axis=-1)  # Of floats LiteRT lacks it.
    down, right = (ops.cast(n, "float32") for n in (best // len(offsets), best % len(offsets)))
    flow = [
        offset - SEARCH + _between_cells(error, best, offset, step)
        for offset, step in ((right, 1), (down, len(offsets)))
    ]
    moves = ops.cast(best != still, "float32")[..., None]
    # A block that fits well where it is stays there, to the last part of a cell.
    misfit = ops.cast(error[..., still] > MARGIN, "float32")[..., None]
    return ops.stop_gradient(CELL * ops.stack(flow, axis=-1) * ops.maximum(moves, misfit))


def add_flow(motion, flow):
    """Returns latents of motion, the first two of which have the flow added.

    Args:
        motion: float32 `(batch, h, w, channels)`.
        flow: float32 `(batch, h, w, 2)`.
    """
    return ops.concatenate([motion[..., :2] + flow, motion[..., 2:]], axis=-1)


def correlation(features, before):
    """Returns how well each place fits those around it in the previous frame, `(batch, h, w, 49)`.

    Source: Dosovitskiy et al. 2015, FlowNet, https://arxiv.org/abs/1504.06852, sec. 3.

    Args:
        features, before: `(batch, h, w, channels)`, of the frame and of the previous one.
    """
    _, height, width, _ = ops.shape(features)
    features, before = features[..., :CORRELATED], before[..., :CORRELATED]
    edges = (DISPLACEMENT, DISPLACEMENT)
    padded = ops.pad(before, [(0, 0), edges, edges, (0, 0)])
    correlations = [
        ops.mean(features * padded[:, y : y + height, x : x + width], axis=-1)
        for y in range(2 * DISPLACEMENT + 1)
        for x in range(2 * DISPLACEMENT + 1)
    ]
    return ops.stack(correlations, axis=-1)


def _padded(x, axis):
    """Returns pictures whose first and last lines are there `SEARCH` times more."""
    size = ops.shape(x)[axis]
    return ops.take(x, ops.clip(ops.arange(-SEARCH, size + SEARCH), 0, size - 1), axis=axis)


def _cells(picture):
    """Returns the mean grey of each cell, float32 `(batch, h / 4, w / 4, 1)`."""
    grey = ops.mean(picture, axis=-1, keepdims=True)
    return ops.average_pool(grey, CELL, CELL)


def _between_cells(error, best, offset, step):
    """Returns where between three offsets the error is least, from -1/2 to 1/2 of a cell."""
    last = error.shape[-1] - 1
    places = ops.arange(last + 1, dtype=best.dtype)
    inside = ops.cast((offset > 0) & (offset < 2 * SEARCH), "float32")
    before, here, after = (
        ops.sum(ops.where(places == ops.clip(best + move, 0, last)[..., None], error, 0.0), axis=-1)
        for move in (-step, 0, step)
    )
    curvature = ops.maximum(before - 2.0 * here + after, 1e-8)
    return inside * ops.clip(0.5 * (before - after) / curvature, -0.5, 0.5)
