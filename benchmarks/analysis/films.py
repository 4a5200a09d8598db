"""Films of known cuts made of the shots of videos, written as H.264, as others would read them.

Some are made of the half of the videos that chooses thresholds, and some of the half that reports.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.sets.parts import CHOOSING, REPORTING, add_videos, videos_of
from tfvgan.data import write_video
from tfvgan.data.transitions import Making, film, unbroken
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.shots import runs

READ, SIZE = (216, 384), (180, 320)  # Pixels: of what is read, and of films.
MOST = 160  # Frames of each video that films are made of.
FPS = 25
FILMS, FRAMES = 3, 1500  # Of each part, and of each film.
NEAR = 2  # Frames.
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


def add_films(parser):
    """Adds the folder of videos, and how many films are made of each half, and how long."""
    add_videos(parser)
    parser.add_argument("--films", type=int, default=FILMS, help="of each half")
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each film")


def halves_of(parser, arguments):
    """Returns the paths of the videos by part, of the half that chooses first.

    Args:
        parser: that `add_films` was asked of; it complains where a half is missing.
        arguments: what it found.
    """
    videos, parts = videos_of(arguments)
    if set(parts) != {CHOOSING, REPORTING}:
        parser.error("thresholds are chosen on one half, and reported on the other: leave --part")
    return {
        part: [path for path in videos if path.name in parts[part]]
        for part in (CHOOSING, REPORTING)
    }


def films_of(part, paths, folder, arguments):
    """Returns the `Known` films that are made of the videos of a part, in a folder.

    Args:
        part: name of the part, which films are drawn from.
        paths: of its videos.
        folder: path.
        arguments: what `add_films` asked for.
    """
    clips, seed = clips_of(paths), part == REPORTING
    return [
        written(Path(folder, f"{part}{n}.mp4"), clips, (seed, n), arguments.frames)
        for n in range(arguments.films)
    ]


def facts_of(halves, arguments):
    """Returns what a report says of its films, a dict.

    Args:
        halves: of `halves_of`.
        arguments: what `add_films` asked for.
    """
    parts = {part: [path.name for path in paths] for part, paths in halves.items()}
    return {
        "clips": sorted(name for names in parts.values() for name in names),
        "parts": parts,
        "films": arguments.films,
        "frames": arguments.frames,
        "near": NEAR,
    }


def near(place, stretch):
    """Returns whether a frame is within `NEAR` frames of a stretch."""
    return stretch[0] - NEAR <= place <= stretch[1] + NEAR
