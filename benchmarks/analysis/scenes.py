"""Scenes before a camera that stands: a first half that is normal, and oddities in the second.

The second half is parted into stretches. Each oddity is planted in every other stretch of one film,
and in the stretches between in another film. So each stretch is seen as it was, and as it should
not be, and what it shows favours no curve. All is written as H.264 anew.
"""

import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfvgan.data import write_video
from tfvgan.data.composites.shapes import SHAPES
from tfvgan.data.composites.things import shaped
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.measures import blocks, luma_grid
from tfvgan.tasks.analysis.watched import ANOTHER

SIZE = (180, 320)  # Pixels.
MOST = 900  # Frames of a video that are read.
LONG = 12.0  # Seconds of a video from which on half of it may say what is normal.
STANDS = 10.0  # Levels between the medians of two quarters, of half of the pixels, at most.
MOVES = 4.0  # Levels in a block, from which on something moves,
OFTEN = 0.1  # and the share of either half's moments that must reach it.
MOMENT = 0.1  # Seconds, over which is looked for motion.
AROUND = 0.5  # Seconds around motion in which something is held to move.
STRETCH = 3.0  # Seconds, about.
MARGIN = 0.5  # Seconds at either end of a stretch that are not scored.
RADIUS = (0.05, 0.08)  # Of the height: of a small thing.
DARK = 20  # Levels of what covers half of the camera.
REVERSED, FASTER, THING = "reversed", "double speed", "small thing"
FOREIGN, COVERED = "foreign clip", "half covered"
HARD, EASY = (REVERSED, FASTER, THING), (FOREIGN, COVERED)
KINDS = (*HARD, *EASY)


class Scene(NamedTuple):
    """A scene: its name, uint8 frames `(t, *SIZE, 3)`, frames a second, bool `(t,)` what moves."""

    name: str
    frames: np.ndarray
    fps: float
    moving: np.ndarray

    @property
    def half(self):
        """Returns how many frames are normal."""
        return len(self.frames) // 2


class Planted(NamedTuple):
    """The second half of a scene with something odd in it, and what is known of each frame.

    `planted` is int `(t,)`: 1 where it is odd, 0 where it is as it was, -1 where nobody asks;
    `moving` is bool `(t,)`.
    """

    frames: np.ndarray
    planted: np.ndarray
    moving: np.ndarray


def scene_of(path):
    """Returns the `Scene` of a video; None where it is short, cut, or its camera moves.

    Args:
        path: of a video.
    """
    source = Source(path)
    fps = float(source.fps)
    if source.count is not None and source.count < LONG * fps:
        return None
    frames = np.stack([f.rgb for _, f in zip(range(MOST), source.frames(size=SIZE))])
    grids = np.stack([luma_grid(frame) for frame in frames])
    quarters = [np.median(part, axis=0) for part in np.array_split(grids, 4)]
    apart = max(_apart(one, other) for one in quarters for other in quarters)
    cuts = np.abs(np.diff(grids, axis=0)).mean((1, 2)).max() > ANOTHER
    moves = moving(grids, fps)
    often = min(half.mean() for half in np.array_split(moves, 2))
    if len(frames) < LONG * fps or cuts or apart > STANDS or often < OFTEN:
        return None
    wide = np.convolve(moves, np.ones(2 * round(AROUND * fps) + 1), "same") > 0
    return Scene(Path(path).name, frames, fps, wide)


def _apart(one, other):
    """Returns how far half of the pixels are apart, but for more or less light."""
    change = one - other
    return np.median(np.abs(change - np.median(change)))


def moving(grids, fps):
    """Returns where some block changes within a `MOMENT`, bool `(t,)`.

    Args:
        grids: float32 `(t, *GRID)`, luma in levels.
        fps: frames a second.
    """
    step = max(1, round(MOMENT * fps))
    change = [blocks(np.abs(now - before)).max() for before, now in zip(grids, grids[step:])]
    return np.array([change[0]] * step + change) > MOVES


def planted(scene, kind, turn, foreign=None):
    """Returns the `Planted` second half of a scene.

    Args:
        scene: `Scene`.
        kind: one of `KINDS`.
        turn: 0 or 1, in which of every two stretches something is odd.
        foreign: uint8 frames of another scene, for a foreign clip.
    """
    draws = np.random.default_rng([zlib.crc32(scene.name.encode()), KINDS.index(kind), turn])
    margin, numbers = round(MARGIN * scene.fps), np.arange(scene.half, len(scene.frames))
    count = max(2, 2 * round(len(numbers) / scene.fps / STRETCH / 2))
    parts = []
    for number, part in enumerate(np.array_split(numbers, count)):
        odd = number % 2 == turn
        order = {REVERSED: part[::-1], FASTER: part[::2]}.get(kind, part) if odd else part
        pictures, moves = scene.frames[order], scene.moving[order]
        seen = np.ones(len(order), bool)
        if odd and kind == THING:
            pictures, seen = with_thing(draws, pictures)
        elif odd and kind == FOREIGN:
            begin = draws.integers(max(1, len(foreign) - len(order)))
            pictures = foreign[(begin + np.arange(len(order))) % len(foreign)]
        elif odd and kind == COVERED:
            pictures = pictures.copy()
            pictures[:, :, : SIZE[1] // 2] = DARK
        if odd and kind in (REVERSED, FASTER):
            seen = moves  # Nobody can tell how time goes where nothing moves.
        known = np.where(seen, int(odd), -1)
        known[:margin], known[max(0, len(known) - margin) :] = -1, -1
        parts.append((pictures, known, moves))
    return Planted(*(np.concatenate(each) for each in zip(*parts)))


def with_thing(draws, frames):
    """Returns frames through which a small thing goes, and in which of them it is seen.

    Args:
        draws: `numpy.random.Generator`.
        frames: uint8 `(t, h, w, 3)`.
    """
    count, height, width = frames.shape[:3]
    shape = draws.choice([name for name in SHAPES if name != "bust"])
    thing = shaped(draws, shape, height * draws.uniform(*RADIUS), frames[0])
    begin, end = (draws.uniform(0.15, 0.85, 2) * (width, height) for _ in range(2))
    begin[0], end[0] = -thing.radius, width + thing.radius
    if draws.random() < 0.5:
        begin, end = end, begin
    found, seen = [], []
    rows, columns = np.mgrid[:height, :width].astype("float32") + 0.5
    for time, picture in enumerate(frames):
        x, y = begin + (end - begin) * time / max(1, count - 1)
        u, v = (columns - x) / thing.radius, (rows - y) / thing.radius
        near = (np.abs(u) <= thing.reach + 1) & (np.abs(v) <= thing.reach + 1)
        box = np.ix_(near.any(1), near.any(0))
        cover = thing.cover(u[box], v[box], time, 1.5 / thing.radius)[..., None]
        mixed = picture.astype("float32")
        mixed[box] += cover * (thing.colours(u[box], v[box], time) - mixed[box])
        found.append(np.clip(np.rint(mixed), 0, 255).astype("uint8"))
        seen.append(cover.sum() > 0)
    return np.stack(found), np.array(seen)


def write(path, frames, fps):
    """Returns the path of frames that were written as H.264."""
    return Path(write_video(path, frames, round(fps)))
