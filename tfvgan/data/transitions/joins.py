"""Joins of two films: a hard cut, a dissolve, a fade through a colour, a wipe."""

from typing import NamedTuple

import numpy as np

LONGEST = 32  # Frames of a gradual transition.
HELD = 8  # Frames that a fade stays at its colour, at most.


class Film(NamedTuple):
    """A video with what is known of each frame.

    `video` is uint8 `(t, h, w, 3)`. All others are bool `(t,)`: `cut` where a new shot begins with
    the frame, `gradual` where the frame is of a gradual transition, `decoy` where it is of what
    only looks like a cut, and `flash` where that is light that flares up.
    """

    video: np.ndarray
    cut: np.ndarray
    gradual: np.ndarray
    decoy: np.ndarray
    flash: np.ndarray


def plain(video, decoy=None, flash=None):
    """Returns the `Film` of one shot.

    Args:
        video: uint8 `(t, h, w, 3)`.
        decoy, flash: bool `(t,)`; None for none.
    """
    none = np.zeros(len(video), bool)
    return Film(video, none, none, *(none if each is None else each for each in (decoy, flash)))


def join_films(draws: np.random.Generator, first: Film, second: Film, kind: str) -> Film:
    """Returns one `Film` of two; a dissolve or a wipe lets them overlap.

    Args:
        draws: the generator that lengths, colours and directions are drawn from.
        first, second: of frames of one size.
        kind: of `JOINS`.

    Raises:
        ValueError: when there is no such join.
    """
    if kind not in JOINS:
        raise ValueError(f"`kind` must be one of {', '.join(JOINS)}, but is {kind!r}.")
    return JOINS[kind](draws, first, second)


def _cut(draws, first, second):
    """Returns both, one behind the other."""
    second = second._replace(cut=second.cut.copy())
    second.cut[0] = True
    return _behind(first, second)


def _dissolve(draws, first, second):
    """Returns both, the one seen through the other for some frames."""
    shares = _rising(_length(draws, _last(first), _first(second)))[:, None, None, None]
    return _overlapping(first, second, shares)


def _wipe(draws, first, second):
    """Returns both, the second behind an edge that moves over the first."""
    count = _length(draws, _last(first), _first(second))
    height, width = first.video.shape[1:3]
    angle = draws.choice((0.0, 0.25, 0.5, 0.75)) if draws.random() < 0.7 else draws.random()
    across, down = np.cos(2 * np.pi * angle), np.sin(2 * np.pi * angle)
    places = across * (np.arange(width) + 0.5) / width
    places = places + down * ((np.arange(height) + 0.5) / height)[:, None]
    places = (places - places.min()) / np.ptp(places)
    soft = draws.uniform(0.02, 0.3)
    edge = _rising(count)[:, None, None] * (1 + soft)
    shares = np.clip((edge - places) / soft, 0, 1)[..., None]
    return _overlapping(first, second, shares)


def _fade(draws, first, second):
    """Returns both, the first fading to a colour, and the second out of it."""
    out, back = _length(draws, _last(first)), _length(draws, _first(second))
    level = 255.0 if draws.random() < 0.25 else draws.uniform(0, 16)
    held = int(draws.integers(0, HELD + 1))
    leaving = _towards(first.video[-out:], level, _rising(out))
    coming = _towards(second.video[:back], level, _rising(back)[::-1])
    empty = np.full((held, *first.video.shape[1:]), round(level), np.uint8)
    middle = np.concatenate([leaving, empty, coming])
    none, bare = np.zeros(len(middle), bool), np.zeros(held, bool)
    decoy, flash = (
        np.concatenate([getattr(first, name)[-out:], bare, getattr(second, name)[:back]])
        for name in ("decoy", "flash")
    )
    between = Film(middle, none, ~none, decoy, flash)
    return _behind(_part(first, None, -out), between, _part(second, back, None))


def _overlapping(first, second, shares):
    """Returns both, the last frames of the first under the second's first, by the second's share.

    Args:
        first, second: `Film`.
        shares: float in [0, 1], `(frames, height or 1, width or 1, 1)`.
    """
    count = len(shares)
    below, above = first.video[-count:].astype("float32"), second.video[:count]
    mixed = np.rint(below + (above - below) * shares).astype(np.uint8)
    none = np.zeros(count, bool)
    decoy, flash = (
        getattr(first, name)[-count:] | getattr(second, name)[:count] for name in ("decoy", "flash")
    )
    between = Film(mixed, none, ~none, decoy, flash)
    return _behind(_part(first, None, -count), between, _part(second, count, None))


def _towards(video, level, shares):
    """Returns a video mixed with a grey, by its share of each frame."""
    shares = shares[:, None, None, None]
    return np.rint(video * (1 - shares) + level * shares).astype(np.uint8)


def _rising(count):
    """Returns shares that rise from above 0 to below 1, evenly."""
    return (np.arange(count) + 1) / (count + 1)


def _length(draws, *shots):
    """Returns the drawn length of a transition; at most half of the shortest of some shots."""
    drawn = round(2 ** draws.uniform(1.6, np.log2(LONGEST)))
    return min(drawn, max(1, min(shots) // 2))


def _first(film):
    """Returns how many frames a film's first shot has."""
    return min(np.flatnonzero(film.cut | film.gradual), default=len(film.video))


def _last(film):
    """Returns how many frames a film's last shot has."""
    ends = [*np.flatnonzero(film.cut), *(np.flatnonzero(film.gradual) + 1)]
    return len(film.video) - max(ends, default=0)


def _part(film, begin, end):
    return Film(*(each[begin:end] for each in film))


def _behind(*films):
    """Returns films as one, one behind the other."""
    return Film(*(np.concatenate(parts) for parts in zip(*films)))


JOINS = {"cut": _cut, "dissolve": _dissolve, "fade": _fade, "wipe": _wipe}
