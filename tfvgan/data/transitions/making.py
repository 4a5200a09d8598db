"""A whole film of known cuts: shots of clips, joins between them, decoys within them."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from tfvgan.data.degrade.compression import jpeg
from tfvgan.data.degrade.grey import greyed
from tfvgan.data.degrade.noise import gaussian_noise
from tfvgan.data.transitions.decoys import DECOYS, FLASHES, letterbox
from tfvgan.data.transitions.joins import Film, join_films, plain
from tfvgan.data.transitions.shots import shot

SEEN = 12.0  # Levels by which the pictures at both sides of a cut differ, on average.
TRIES = 8


@dataclasses.dataclass(frozen=True)
class Making:
    """What a film of known cuts is made of; all are shares in [0, 1] but for `shot`.

    Args:
        shot: `(least, most)` frames of a shot; logarithms are drawn evenly.
        joins: how often each of `tfvgan.data.transitions.JOINS` is taken.
        decoys: how often a shot has one of `tfvgan.data.transitions.DECOYS`.
        again: how often a shot is of the same clip as the one before.
        noise: how often there is noise over all,
        coded: how often all frames are compressed as JPEG,
        letterbox: how often there are black bars,
        grey: and how often it is a film of greys.
    """

    shot: tuple[int, int] = (12, 120)
    joins: Mapping[str, float] = dataclasses.field(
        default_factory=lambda: {"cut": 0.5, "dissolve": 0.25, "fade": 0.15, "wipe": 0.1}
    )
    decoys: float = 0.5
    again: float = 0.25
    noise: float = 0.3
    coded: float = 0.2
    letterbox: float = 0.2
    grey: float = 0.1


def film(
    draws: np.random.Generator,
    clips: Sequence[np.ndarray],
    frames: int,
    size: tuple[int, int],
    making: Making | None = None,
) -> Film:
    """Returns a `Film` of so many frames, whose cuts and transitions are known.

    Args:
        draws: the generator that all is drawn from.
        clips: list of uint8 `(t, h, w, 3)`, each of one shot, such as `unbroken` finds.
        frames: int.
        size: `(height, width)` of frames in pixels.
        making: `Making`; None for the usual one.
    """
    making = making or Making()
    made, clip = None, None
    while made is None or len(made.video) < frames:
        if clip is None or draws.random() >= making.again:
            clip = clips[int(draws.integers(len(clips)))]
        if made is None:
            made = _decoyed(draws, clips, clip, size, making)
            continue
        kind = draws.choice(list(making.joins), p=list(making.joins.values()))
        made = join_films(
            draws, made, _other(draws, clips, clip, size, making, made.video[-1]), kind
        )
    begin = int(draws.integers(len(made.video) - frames + 1))
    made = Film(*(each[begin : begin + frames] for each in made))
    cut = made.cut.copy()
    cut[0] = False
    return made._replace(video=_worn(draws, made.video, making), cut=cut)


def _other(draws, clips, clip, size, making, last):
    """Returns a shot, as a `Film`, that begins unlike the last frame of the one before."""
    for _ in range(TRIES):
        made = _decoyed(draws, clips, clip, size, making)
        if np.abs(made.video[0].astype(np.int16) - last).mean() > SEEN:
            break
        clip = clips[int(draws.integers(len(clips)))]
    return made


def _decoyed(draws, clips, clip, size, making):
    """Returns a shot of a clip as a `Film`, with a decoy or without."""
    count = round(np.exp(draws.uniform(*np.log(making.shot))))
    video, fast = shot(draws, clip, count, size)
    flash = np.zeros(len(video), bool)
    if draws.random() < making.decoys:
        name = draws.choice(list(DECOYS))
        video, where = DECOYS[name](draws, video, clips[int(draws.integers(len(clips)))])
        fast = fast | where
        if name in FLASHES:
            flash = where
    return plain(video, fast, flash)


def _worn(draws, video, making):
    """Returns a video with noise, marks of compression and bars, or without; or of greys."""
    if draws.random() < making.grey:
        video = greyed(video)
    if draws.random() < making.noise:
        video = gaussian_noise(video, draws, draws.uniform(1, 8))
    if draws.random() < making.coded:
        quality = int(draws.integers(25, 80))
        video = np.stack([jpeg(frame, quality) for frame in video])
    return letterbox(draws, video) if draws.random() < making.letterbox else video
