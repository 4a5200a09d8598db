"""Films of known cuts made of the shots of videos, written as H.264, as others would read them."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfvgan.data import write_video
from tfvgan.data.transitions import Making, film, unbroken
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.shots import runs

READ, SIZE = (216, 384), (180, 320)  # Pixels: of what is read, and of films.
MOST = 160  # Frames of each video that films are made of.
FPS = 25
# As the network learnt, but longer shots, and no picture of greys or noise beyond a codec's.
MAKING = Making(shot=(30, 150), noise=0.0, coded=0.0, grey=0.0)


class Known(NamedTuple):
    """A film's file, and what is in it: stretches `(begin, end)` by kind, and its frames.

    `cuts` are `(frame, frame)`, all others end behind their last frame. `flashes` are decoys, too.
    """

    path: Path
    cuts: list
    gradual: list
    decoys: list
    flashes: list
    frames: int


def clips_of(paths):
    """Returns the shots of videos, a list of uint8 `(t, 216, 384, 3)`."""
    found = []
    for path in paths:
        frames = zip(range(MOST), Source(path).frames(size=READ))
        found += unbroken(np.stack([frame.rgb for _, frame in frames]))
    return found


def written(path, clips, seed, frames):
    """Returns the `Known` film of some clips, drawn from a seed, that was written to a path."""
    made = film(np.random.default_rng(seed), clips, frames, SIZE, MAKING)
    write_video(path, made.video, FPS)
    cuts = [(int(place), int(place)) for place in np.flatnonzero(made.cut)]
    marked = (runs(each) for each in (made.gradual, made.decoy, made.flash))
    return Known(Path(path), cuts, *marked, frames)
