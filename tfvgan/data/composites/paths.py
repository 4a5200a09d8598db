"""Where cameras and things go, frame by frame, and what becomes of the light."""

from typing import NamedTuple

import numpy as np

FINE = 8  # Steps of a frame in which things' places are known, for the blur of motion.
SLOWEST, FASTEST = 0.006, 0.045  # Of the picture's side, what things go a frame.
LOW = 0.08  # Of the side, how far below the picture pinned things end at least.


class Camera(NamedTuple):
    """What a camera does, of each frame: `zoom` `(t,)`, `roll` `(t,)` in radians, and `shift` `(t,
    2)`, how far its middle is right and below of where it was first, in the video's pixels."""

    zoom: np.ndarray
    roll: np.ndarray
    shift: np.ndarray

    @property
    def still(self) -> bool:
        """Returns whether it shows the video's own pixels, of one place."""
        return not (self.shift.any() or self.roll.any() or (self.zoom != 1).any())


class Way(NamedTuple):
    """Where a thing is in the picture, of each of a frame's `FINE` steps: `place` `(t * FINE, 2)`
    right and down of the picture's middle in pixels, `turn` in radians, `scale` of its size."""

    place: np.ndarray
    turn: np.ndarray
    scale: np.ndarray


def still(frames: int) -> Camera:
    """Returns the `Camera` that stands on its feet."""
    return Camera(np.ones(frames), np.zeros(frames), np.zeros((frames, 2)))


def moving(draws: np.random.Generator, frames: int, side: float, zoom: float = 1.0) -> Camera:
    """Returns a `Camera` that trembles, pans, zooms and rolls, at least one of the first two.

    Args:
        draws: `numpy.random.Generator`.
        frames: how many.
        side: of the picture, in pixels.
        zoom: at the first frame, 1 or more.
    """
    held, pans = draws.random() < 0.7, draws.random() < 0.6
    shift = np.zeros((frames, 2))
    if held or not pans:
        shift += side * draws.uniform(0.002, 0.012) * _tremble(draws, frames, 2)
    if pans:
        heading = draws.uniform(0, 2 * np.pi)
        speed = side * draws.uniform(0.003, 0.025) * np.array([np.cos(heading), np.sin(heading)])
        shift += speed * np.arange(frames)[:, None] * draws.choice((1.0, 0.35))
    roll = 0.01 * draws.random() * _tremble(draws, frames, 1)[:, 0] * (draws.random() < 0.5)
    rate = draws.uniform(-0.012, 0.012) * (draws.random() < 0.4)
    zooms = zoom * np.exp(rate * (np.arange(frames) - frames * (rate < 0)))
    return Camera(zooms, roll, shift - shift[0])


def way(
    draws: np.random.Generator, camera: Camera, side: float, radius: float, pinned: bool = False
) -> Way:
    """Returns where a thing goes, a `Way`: on, to and fro, or until it stops, and perhaps goes on.

    It moves in the first frames, whatever it does then. It goes along with the camera, which may
    follow it, and turns round near the picture's borders. Pinned ones keep at the lower.

    Args:
        draws: `numpy.random.Generator`.
        camera: `Camera`.
        side: of the picture, in pixels.
        radius: of the thing, in pixels.
        pinned: whether its lower border must not be seen.
    """
    frames = len(camera.zoom)
    times = np.arange(frames * FINE) / FINE
    speed = side * np.exp(draws.uniform(np.log(SLOWEST), np.log(FASTEST)))
    heading = draws.uniform(0, 2 * np.pi)
    kind = draws.choice(("goes", "stops", "sways"), p=(0.55, 0.25, 0.2))
    if kind == "sways":
        period = draws.uniform(8, 24)
        go = np.array([np.cos(heading), np.sin(heading)])
        swing = np.sin(2 * np.pi * times / period) * period / (2 * np.pi)
        own = speed * swing[:, None] * go
    else:
        pace = _pace(draws, times, frames) if kind == "stops" else np.ones_like(times)
        curve = draws.normal(0, 0.06) if draws.random() < 0.6 else 0.0
        bends = heading + curve * times
        steps = speed / FINE * pace[:, None] * np.stack([np.cos(bends), np.sin(bends)], -1)
        own = np.cumsum(steps, axis=0) - steps[0]
    follow = draws.choice((0.0, 1.0, draws.random()))
    place = draws.uniform(-0.4, 0.4, 2) * side + own
    place -= (1 - follow) * np.repeat(camera.shift, FINE, axis=0)
    place = bounced(place, side / 2 + 0.3 * radius)
    turns = 0.0 if pinned or draws.random() < 0.5 else draws.normal(0, 0.05)
    lean = draws.normal(0, 0.04 if pinned else 0.15)
    grows = draws.normal(0, 0.008) * (draws.random() < 0.5)
    scale = np.exp(np.clip(grows * times, -0.4, 0.4))
    scale *= np.repeat(camera.zoom / camera.zoom[0], FINE)
    if pinned:
        place[:, 1] = (0.5 + LOW) * side - radius * scale + 0.3 * np.abs(own[:, 1])
    return Way(place, lean + turns * times - np.repeat(camera.roll, FINE), scale)


def fixed(draws: np.random.Generator, camera: Camera, side: float) -> Way:
    """Returns the `Way` of what stands in the video: it goes as the video does."""
    place = draws.uniform(-0.6, 0.6, 2) * side
    shown = place - camera.shift
    cos, sin = np.cos(camera.roll), np.sin(camera.roll)
    turned = np.stack(
        [cos * shown[:, 0] + sin * shown[:, 1], cos * shown[:, 1] - sin * shown[:, 0]], -1
    )
    lean = np.full(len(camera.roll), draws.normal(0, 0.3)) - camera.roll
    each = camera.zoom[:, None] * turned, lean, camera.zoom
    return Way(*(np.repeat(values, FINE, axis=0) for values in each))


def lighting(draws: np.random.Generator, frames: int) -> np.ndarray:
    """Returns what the light is multiplied by, float32 `(frames, 3)`, of red, green and blue."""
    strength = draws.uniform(0.05, 0.3)
    times = np.arange(frames)
    change = {
        "drifts": strength * np.sin(times * draws.uniform(0.02, 0.3) + draws.uniform(0, 6)),
        "steps": strength * draws.choice((-1, 1)) * (times >= draws.integers(1, frames + 1)),
        "flickers": 0.4 * strength * draws.normal(size=frames),
    }[draws.choice(("drifts", "steps", "flickers"))]
    tint = draws.normal(0, 0.15, 3)
    return np.exp(change[:, None] * (1 + tint)).astype("float32")


def bounced(place: np.ndarray, edge: float) -> np.ndarray:
    """Returns places folded into [-edge, edge], as of a ball between two walls."""
    return edge - np.abs((place + edge) % (4 * edge) - 2 * edge)


def _pace(draws, times, frames):
    """Returns how much of its speed a thing has that stops, and goes on or does not."""
    first = draws.uniform(0.35, 0.65) * frames
    again = first + draws.uniform(0.15, 0.6) * frames
    slow = draws.uniform(0.5, 2.0)
    rest = np.clip((times - first) / slow, 0, 1)
    return 1 - rest + np.clip((times - again) / slow, 0, 1)


def _tremble(draws, frames, count):
    """Returns a walk that is drawn back to where it began, `(frames, count)`, deviation about 1."""
    state, states = np.zeros(count), []
    pull = draws.uniform(0.1, 0.6)
    for step in draws.normal(size=(frames, count)):
        state = (1 - pull) * state + np.sqrt(pull * (2 - pull)) * step
        states.append(state)
    return np.stack(states)
