"""Outlines of things: how far places are from them, so that edges can be as soft as is wanted.

Each function draws an outline and returns a function from `(u, v, time)` to the distance outside of
it, negative inside. `u` and `v` are right and down of its middle, in units of about its radius, as
the distance is; time is in frames, for what walks or wobbles.
"""

from collections.abc import Callable

import numpy as np

Distance = Callable[[np.ndarray, np.ndarray, float], np.ndarray]


def ellipse(draws: np.random.Generator) -> Distance:
    """Returns the distance from an ellipse, exact on its outline and nearly so around it."""
    a, b = draws.uniform(0.45, 1.0), 1.0

    def distance(u, v, time):
        far = np.sqrt((u / a) ** 2 + (v / b) ** 2)
        slope = np.sqrt((u / a**2) ** 2 + (v / b**2) ** 2)
        return (far - 1) * np.where(slope > 1e-6, far / np.maximum(slope, 1e-6), a)

    return distance


def polygon(draws: np.random.Generator) -> Distance:
    """Returns the distance from a polygon of 3 to 8 corners, which may be a star.

    Source of the formula: Quilez, https://iquilezles.org/articles/distfunctions2d/.
    """
    count = int(draws.integers(3, 9))
    turns = (np.arange(count) + draws.uniform(-0.3, 0.3, count)) * (2 * np.pi / count)
    reach = draws.uniform(0.45, 1.0, count) if draws.random() < 0.5 else np.ones(count)
    corners = np.stack([np.cos(turns), np.sin(turns)], -1) * reach[:, None]

    def distance(u, v, time):
        nearest, inside = np.full(u.shape, np.inf, "float32"), np.zeros(u.shape, bool)
        for (x, y), (left, top) in zip(corners, np.roll(corners, 1, axis=0)):
            nearest = np.minimum(nearest, _from_line(u, v, (x, y), (left, top)))
            crosses = (y > v) != (top > v)
            if y != top:
                inside ^= crosses & (u < (left - x) * (v - y) / (top - y) + x)
        return np.where(inside, -nearest, nearest)

    return distance


def blob(draws: np.random.Generator) -> Distance:
    """Returns the distance from a round thing with bumps that go around it."""
    waves = np.arange(2, 6)
    sizes = draws.uniform(0, 0.5, 4) / waves
    phases, speeds = draws.uniform(0, 2 * np.pi, 4), draws.uniform(-0.25, 0.25, 4)

    def distance(u, v, time):
        turn = np.arctan2(v, u)
        edge = np.full(u.shape, 0.75, "float32")
        for wave, size, phase, speed in zip(waves, sizes, phases, speeds):
            edge += size * np.cos(wave * turn + phase + speed * time)
        return 0.85 * (np.hypot(u, v) - edge)

    return distance


def ring(draws: np.random.Generator) -> Distance:
    """Returns the distance from an ellipse's band, which shows what is behind in its middle."""
    whole, wide = ellipse(draws), draws.uniform(0.12, 0.25)
    return lambda u, v, time: np.abs(whole(u, v, time) + wide) - wide


def figure(draws: np.random.Generator) -> Distance:
    """Returns the distance from somebody who walks: head, body, arms and legs that swing."""
    head, broad = draws.uniform(0.12, 0.17), draws.uniform(0.13, 0.22)
    limb, stride = draws.uniform(0.055, 0.085), draws.uniform(0.15, 0.6)
    pace, phase = draws.uniform(0.15, 0.6), draws.uniform(0, 2 * np.pi)
    lift, side = draws.uniform(0, 0.6), draws.choice((-1, 1))

    def distance(u, v, time):
        swing = stride * np.sin(pace * time + phase)
        found = np.hypot(u, 0.85 * (v + 0.8)) - head
        found = np.minimum(found, _from_line(u, v, (0, -0.7), (0, -0.5)) - 0.6 * head)
        found = np.minimum(found, _from_line(u, v, (0, -0.42), (0, 0.0)) - broad)
        for way in (-1, 1):
            bend = way * swing
            hip, knee = (0.5 * way * broad, 0.05), (0.5 * way * broad + 0.4 * np.sin(bend), 0.48)
            foot = (knee[0] + 0.4 * np.sin(bend - 0.3 * abs(swing) * side), 0.9)
            shoulder = (0.9 * way * broad, -0.46)
            elbow = (shoulder[0] + way * 0.08 - 0.28 * np.sin(bend), -0.18)
            hand = (elbow[0] - 0.3 * np.sin(bend) + lift * 0.3 * side, 0.1 - lift * 0.3)
            for first, last, wide in (
                (hip, knee, 1.25 * limb),
                (knee, foot, limb),
                (shoulder, elbow, limb),
                (elbow, hand, 0.8 * limb),
            ):
                found = np.minimum(found, _from_line(u, v, first, last) - wide)
        return found

    return distance


def bust(draws: np.random.Generator) -> Distance:
    """Returns the distance from head and shoulders that nod and sway; its lower border is cut."""
    head, tall = draws.uniform(0.28, 0.38), draws.uniform(1.15, 1.35)
    shoulders, neck = draws.uniform(0.75, 1.1), draws.uniform(0.45, 0.6) * head
    pace, phase, sway = draws.uniform(0.05, 0.3), draws.uniform(0, 2 * np.pi), draws.uniform(0, 0.1)

    def distance(u, v, time):
        lean = sway * np.sin(pace * time + phase)
        found = np.hypot(u - lean, (v + 0.45) / tall) - head
        found = np.minimum(found, _from_line(u, v, (0.8 * lean, -0.4), (0, 0.3)) - neck)
        wide = (np.abs(u / shoulders) ** 3 + np.abs(np.minimum(v - 0.95, 0) / 0.85) ** 3) ** (1 / 3)
        return np.minimum(found, 0.75 * (wide - 1))

    return distance


def _from_line(u, v, first, last):
    """Returns how far places are from the line between two points."""
    x, y = last[0] - first[0], last[1] - first[1]
    right, down = u - first[0], v - first[1]
    share = np.clip((right * x + down * y) / max(x * x + y * y, 1e-9), 0, 1)
    return np.hypot(right - share * x, down - share * y)


SHAPES = {
    "ellipse": ellipse,
    "polygon": polygon,
    "blob": blob,
    "ring": ring,
    "figure": figure,
    "bust": bust,
}
