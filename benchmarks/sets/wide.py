"""Whole pictures of videos, made small: a scene of each, and a film whose speed is measured."""

from collections import deque

import numpy as np
from PIL import Image

from benchmarks.sets.squares import middle, pictures
from tfvgan.data import probe, sample_videos
from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.sink import EncodedFile
from tfvgan.streaming.source import Source

SIZE, FRAMES = (180, 320), 48  # Height and width; about two seconds.
FPS = 25  # Of the film.


def clip(path, frames=FRAMES, size=SIZE):
    """Returns so many frames of one scene, nearest to the video's middle: uint8 `(t, *size, 3)`.

    What is higher or wider than the size's shape is cut off on both sides alike.

    Raises:
        ValueError: when no scene is as long.
    """
    aim = max(probe(path).frames - frames, 0) // 2
    scene, best, begins = deque(maxlen=frames), None, SceneCuts()
    for number, picture in enumerate(pictures(path, size)):
        if begins(picture):
            scene.clear()
        scene.append(middle(picture, size))
        if len(scene) < frames:
            continue
        off = abs(number + 1 - frames - aim)
        if best is None or off < best[0]:
            best = off, list(scene)
        if number + 1 - frames >= aim:  # Those after it are further off.
            break
    if best is None:
        raise ValueError(f"{path} must have a scene of {frames} frames or more, but has none.")
    return np.stack(best[1])


def write_film(path, frames, size):
    """Writes so many frames of a real film, made as small as that, nearly without loss."""
    height, width = size
    film = next(name for name in sample_videos() if "bunny" in name)
    out = EncodedFile(path, crf=8, fps=FPS)
    for number, frame in zip(range(frames), Source(film).frames()):
        picture = Image.fromarray(frame.rgb).resize((width, height), Image.Resampling.LANCZOS)
        out.write(np.asarray(picture), None, number / FPS)
    out.close()
    return str(path)
