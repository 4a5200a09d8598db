"""Edits that people make of a video, which is still the same one to whoever sees it.

Each is a function of draws, a video and how strong edits may be; all that is drawn is drawn once
for all frames, but for noise. What comes out may be of another size or length. `edited` does
several, by their names, in the order of `KINDS`.
"""

import dataclasses
import string
from collections.abc import Sequence

import numpy as np

from tfvgan.data.composites.textures import texture
from tfvgan.data.degrade.compression import jpeg
from tfvgan.data.degrade.grey import greyed
from tfvgan.data.degrade.noise import gaussian_noise
from tfvgan.data.resize import AUTO, resize

LETTERS = string.ascii_letters + string.digits
FIRST = (0.25, 0.6, 0.15)  # Shares of videos that are left alone, edited once, and edited twice.


@dataclasses.dataclass(frozen=True)
class Strengths:
    """How strong edits may be: pairs of numbers between which each is drawn evenly.

    Args:
        half: how large a re-encoded video's sides are, as shares of its own.
        quality: JPEG's, of re-encoding.
        kept: share of each side that cropping leaves.
        bars: share of a side that each of two black bars has.
        light: what brightness is multiplied by, and
        contrast: differences from the mean.
        text: height of letters, as a share of the picture's.
        texts: what may be written; None draws letters.
        logo: side of a logo, as a share of the picture's.
        cut: share of a video that is cut off, at the beginning and the end together.
        rate: how many times as fast it becomes; what is below 1 is slower.
        noise: deviation in levels of 255.
        inset: sides of the small picture, as shares of the large one's.
    """

    half: tuple = (0.4, 0.7)
    quality: tuple = (10, 60)
    kept: tuple = (0.65, 0.92)
    bars: tuple = (0.06, 0.18)
    light: tuple = (0.6, 1.6)
    contrast: tuple = (0.6, 1.4)
    text: tuple = (0.05, 0.16)
    texts: tuple | None = None
    logo: tuple = (0.1, 0.25)
    cut: tuple = (0.1, 0.4)
    rate: tuple = (0.7, 1.6)
    noise: tuple = (4.0, 24.0)
    inset: tuple = (0.55, 0.85)


def edited(
    draws: np.random.Generator,
    video: np.ndarray,
    kinds: Sequence[str],
    strengths: Strengths | None = None,
) -> np.ndarray:
    """Returns the video after edits, uint8 `(t', h', w', 3)`.

    Args:
        draws: `np.random.Generator`.
        video: uint8 `(t, h, w, 3)`.
        kinds: names of `KINDS`.
        strengths: None for the usual ones, those that networks learn from.

    Raises:
        ValueError: when there is no edit of that name.
    """
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"`kinds` may name {', '.join(KINDS)}, but name {sorted(unknown)[0]!r}.")
    strengths = strengths or Strengths()
    for name, edit in KINDS.items():
        if name in kinds:
            video = edit(draws, video, strengths)
    return np.ascontiguousarray(video)


def drawn_kinds(draws: np.random.Generator) -> list[str]:
    """Returns the names of no edit, of one or of two, as `FIRST` says how often."""
    count = draws.choice(3, p=FIRST)
    return list(draws.choice(list(KINDS), count, replace=False))


def reencode(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video at about half its sides, as JPEG keeps each frame."""
    share, quality = draws.uniform(*how.half), int(draws.uniform(*how.quality))
    small = resize(video, [max(8, round(share * side)) for side in video.shape[1:3]], AUTO)
    return np.stack([jpeg(frame, quality) for frame in small])


def crop(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns a part of the picture."""
    height, width = video.shape[1:3]
    tall, wide = (max(1, round(draws.uniform(*how.kept) * side)) for side in (height, width))
    top, left = draws.integers(height - tall + 1), draws.integers(width - wide + 1)
    return video[:, top : top + tall, left : left + wide]


def mirror(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video with left and right exchanged."""
    return video[:, :, ::-1]


def between_bars(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video between two black bars, above and below, or left and right."""
    axis = 1 + draws.integers(2)
    bar = max(1, round(draws.uniform(*how.bars) * video.shape[axis]))
    more = [(bar, bar) if at == axis else (0, 0) for at in range(4)]
    return np.pad(video, more)


def expose(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video brighter or darker, with more contrast or less."""
    light, contrast = draws.uniform(*how.light), draws.uniform(*how.contrast)
    levels = np.arange(256)
    middle = video.mean()
    levels = light * (middle + contrast * (levels - middle))
    return np.clip(np.rint(levels), 0, 255).astype("uint8")[video]


def overlay(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video with a line of text and a logo on it."""
    import cv2

    height, width = video.shape[1:3]
    side = max(2, round(draws.uniform(*how.logo) * min(height, width)))
    top, left = (int(draws.integers(each - side + 1)) for each in (height, width))
    logo, shape = texture(draws, side), _disc(side) if draws.random() < 0.5 else 1.0
    text, colours = _text(draws, how.texts), draws.integers(0, 256, (2, 3))
    font, scale = int(draws.integers(4)), draws.uniform(*how.text) * height / 22
    place = int(draws.uniform(0, 0.4) * width), int(draws.uniform(0.15, 0.97) * height)
    line = max(1, round(2 * scale))
    made = []
    for frame in video:
        part = frame[top : top + side, left : left + side]
        frame = frame.copy()
        frame[top : top + side, left : left + side] = np.rint(part + shape * (logo - part))
        for colour, thick in zip(colours.tolist(), (3 * line, line), strict=True):
            cv2.putText(frame, text, place, font, scale, colour, thick, cv2.LINE_AA)
        made.append(frame)
    return np.stack(made)


def trim(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video without its beginning, its end, or some of both."""
    gone = round(draws.uniform(*how.cut) * len(video))
    begin = int(draws.integers(gone + 1))
    return video[begin : len(video) - gone + begin]


def hasten(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video faster or slower, of as many frames a second."""
    return video[np.arange(0, len(video) - 1e-6, draws.uniform(*how.rate)).astype(int)]


def grey_noise(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video without its colours, and with noise."""
    return gaussian_noise(greyed(video), draws, draws.uniform(*how.noise), grey=True)


def inset(draws: np.random.Generator, video: np.ndarray, how: Strengths) -> np.ndarray:
    """Returns the video small, on a still picture; or a small still picture on the video."""
    height, width = video.shape[1:3]
    share = draws.uniform(*how.inset)
    over = draws.random() < 0.5
    share = 1.0 - share if over else share
    tall, wide = (max(2, round(share * side)) for side in (height, width))
    top, left = draws.integers(height - tall + 1), draws.integers(width - wide + 1)
    still = resize(np.rint(texture(draws, 64))[None].astype("uint8"), (height, width), AUTO)
    large, small = (video, still) if over else (still.repeat(len(video), 0), video)
    made = large.copy()
    made[:, top : top + tall, left : left + wide] = resize(small, (tall, wide), AUTO)
    return made


# In the order in which several are made: what shows the whole picture comes last.
KINDS = {
    "re-encoded": reencode,
    "trimmed": trim,
    "faster": hasten,
    "mirrored": mirror,
    "brighter": expose,
    "grey": grey_noise,
    "overlaid": overlay,
    "inset": inset,
    "cropped": crop,
    "letterboxed": between_bars,
}


def _disc(side):
    """Returns how far pixels are within a circle, float32 `(side, side, 1)`."""
    places = (np.arange(side) + 0.5) * 2 / side - 1
    return (np.hypot(places[:, None], places[None]) <= 1).astype("float32")[..., None]


def _text(draws, texts):
    if texts is not None:
        return texts[draws.integers(len(texts))]
    return "".join(draws.choice(list(LETTERS), draws.integers(3, 12)))
