"""Shots of a clip: a stretch of it, seen by a camera that stands, drifts, shakes, pans or zooms."""

import numpy as np

CAMERAS = {"still": 0.35, "drift": 0.25, "shake": 0.2, "whip": 0.1, "zoom": 0.1}  # How often.
BLURRED = 3  # Pictures that a frame is the mean of where the camera pans fast.
FOLDS = 3  # Times that a clip lies beside itself, mirrored, where the camera pans far.


def shot(
    draws: np.random.Generator,
    clip: np.ndarray,
    frames: int,
    size: tuple[int, int],
    camera: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Returns a shot, uint8 `(frames, *size, 3)`, and where its camera is fast, bool `(frames,)`.

    A clip that is too short is shown forwards and backwards.

    Args:
        draws: the generator that the stretch, the view and the camera are drawn from.
        clip: uint8 `(t, h, w, 3)`, of one shot.
        frames: int.
        size: `(height, width)` of the shot's frames in pixels.
        camera: of `CAMERAS`; None draws one.
    """
    camera = camera or draws.choice(list(CAMERAS), p=list(CAMERAS.values()))
    rate = draws.choice((1, 2), p=(0.85, 0.15)) if len(clip) > 2 * frames else 1
    begin = draws.integers(max(1, len(clip) - rate * (frames - 1)))
    numbers = begin + rate * np.arange(frames)
    if draws.random() < 0.1:  # As films of drawings have it, and those of a higher rate.
        numbers = begin + (numbers - begin) // 2 * 2
    if draws.random() < 0.05:
        numbers[:] = begin  # A still.
    numbers = _folded(numbers, len(clip))
    if draws.random() < 0.5:
        clip = clip[:, :, ::-1]
    boxes, fast = _PATHS[camera](draws, frames)
    video = np.empty((frames, *size, 3), np.uint8)
    for place, number in enumerate(numbers):
        picture = clip[number]
        if camera == "whip":
            sides = [picture, picture[:, ::-1]] * FOLDS
            picture = np.concatenate(sides[: 2 * FOLDS - 1], axis=1)
        video[place] = _seen(picture, boxes, place, size, fast[place])
    return video, fast


def _folded(numbers, count):
    """Returns numbers of frames as those of a clip that goes forwards and backwards."""
    if count == 1:
        return np.zeros_like(numbers)
    turned = numbers % (2 * count - 2)
    return np.minimum(turned, 2 * count - 2 - turned)


def _seen(picture, boxes, place, size, fast):
    """Returns what is in a box of a picture, uint8 `(*size, 3)`; blurred where the camera is fast.

    Args:
        picture: uint8 `(h, w, 3)`.
        boxes: float `(t, 4)`: left, top, right and bottom of each frame's, in shares of a side.
        place: int, which frame.
        size: `(height, width)`.
        fast: bool.
    """
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(picture))
    sides = np.array([image.width, image.height] * 2)
    before = boxes[max(0, place - 1)]
    steps = np.arange(BLURRED) / BLURRED if fast else (0.0,)
    seen = [
        np.asarray(
            image.resize(
                size[::-1],
                Image.Resampling.BOX,
                box=tuple(np.clip((boxes[place] + (before - boxes[place]) * step), 0, 1) * sides),
            )
        )
        for step in steps
    ]
    return seen[0] if len(seen) == 1 else np.mean(seen, axis=0).round().astype(np.uint8)


def _still(draws, frames):
    """Returns the boxes of a camera that stands, and that it is never fast."""
    side = draws.uniform(0.55, 1.0)
    left, top = draws.uniform(0, 1 - side, 2)
    box = np.array([left, top, left + side, top + side])
    return np.tile(box, (frames, 1)), np.zeros(frames, bool)


def _drift(draws, frames):
    """Returns the boxes of a camera that goes slowly from one view to another."""
    (first, *_), (last, *_) = _still(draws, 1)[0], _still(draws, 1)[0]
    share = np.arange(frames)[:, None] / max(frames, 120)
    return first + (last - first) * share, np.zeros(frames, bool)


def _shake(draws, frames):
    """Returns the boxes of a camera in somebody's hand."""
    side = draws.uniform(0.5, 0.85)
    steps = draws.normal(0, 1, (frames + 4, 2))
    smooth = np.cumsum(sum(steps[n : n + frames] for n in range(5)) / 5, axis=0)
    smooth -= smooth.mean(0)
    reach = (1 - side) / 2
    moved = reach * np.tanh(draws.uniform(0.005, 0.03) / reach * smooth) + reach
    return np.concatenate([moved, moved + side], axis=1), np.zeros(frames, bool)


def _whip(draws, frames):
    """Returns the boxes of a camera that is torn aside once, over `2 * FOLDS - 1` pictures."""
    boxes, fast = _still(draws, frames)
    count = int(draws.integers(4, 13))
    begin = int(draws.integers(1, max(2, frames - count)))
    moved = draws.uniform(0.6, 2 * FOLDS - 2) * _eased(frames, begin, count)
    fast[begin : begin + count] = True
    wide = 2 * FOLDS - 1
    boxes[:, [0, 2]] = (boxes[:, [0, 2]] + moved[:, None]) / wide
    return boxes if draws.random() < 0.5 else _mirrored(boxes), fast


def _zoom(draws, frames):
    """Returns the boxes of a camera that comes near, or goes away, in a few frames."""
    far, fast = _still(draws, frames)
    count = int(draws.integers(3, 13))
    begin = int(draws.integers(1, max(2, frames - count)))
    middle = np.tile((far[:, :2] + far[:, 2:]) / 2, 2)
    near = middle + (far - middle) * draws.uniform(0.3, 0.7)
    share = _eased(frames, begin, count)[:, None]
    fast[begin : begin + count] = True
    return far + (near - far) * (share if draws.random() < 0.5 else 1 - share), fast


def _mirrored(boxes):
    """Returns boxes that go from right to left where they went from left to right."""
    return np.stack([1 - boxes[:, 2], boxes[:, 1], 1 - boxes[:, 0], boxes[:, 3]], axis=1)


def _eased(frames, begin, count):
    """Returns shares that rise from 0 to 1 in `count` frames, slowly at both ends."""
    share = np.clip((np.arange(frames) - begin + 1) / count, 0, 1)
    return share * share * (3 - 2 * share)


_PATHS = {"still": _still, "drift": _drift, "shake": _shake, "whip": _whip, "zoom": _zoom}
