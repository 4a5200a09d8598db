"""Copies of videos, as files: what of each is looked for, ten edits of it, and two at once.

The kinds are those that the embedder learns from, `tfvgan.data.edits`. How strong they are is drawn
from other ranges, and texts are words that no training draws. What is copied is some seconds from
the middle of a video; its re-encoding is H.264's, at half the size, where training knows JPEG.
"""

import zlib
from pathlib import Path

import numpy as np

from tfvgan.data.decode import read_frames
from tfvgan.data.degrade import recompress
from tfvgan.data.edits import KINDS, Strengths, edited
from tfvgan.data.resize import AUTO, resize
from tfvgan.data.write import write_video

SHORTER = 192  # Pixels of the shorter side of copies.
FPS = 24
TWO = "two at once"
NAMES = (*KINDS, TWO)
PAIR = ("cropped", "overlaid")  # The two.
CRF = 32  # Of re-encoding.
EXCERPT, SHORT = "two seconds", 2.0
SEED = 27  # Beside the video's name: draws of trainings have none.
MEASURED = Strengths(
    kept=(0.74, 0.86),
    bars=(0.1, 0.14),
    light=(1.25, 1.45),
    contrast=(0.9, 1.1),
    text=(0.08, 0.13),
    texts=("Do not share", "Breaking news", "@someone", "SUBSCRIBE NOW", "20:15 live"),
    logo=(0.14, 0.2),
    cut=(0.25, 0.35),
    rate=(1.2, 1.45),
    noise=(9.0, 16.0),
    inset=(0.62, 0.75),
)


def copies(path, folder, seconds):
    """Returns the files of a video's copies by their edits; those that are there are not made anew.

    Args:
        path: of the video.
        folder: where they are written.
        seconds: how long what is copied is, at most.
    """
    places = {kind: Path(folder, path.stem, f"{kind}.mp4") for kind in NAMES}
    missing = [kind for kind, place in places.items() if not place.is_file()]
    part = excerpt(path, seconds)[0] if missing else None
    for kind in missing:
        write_video(places[kind], copy_of(part, path.name, kind), FPS)
    return places


def located(path, folder, seconds=SHORT):
    """Returns the file of two seconds of a video, re-encoded, and the second that they begin at."""
    place = Path(folder, path.stem, f"{EXCERPT}.mp4")
    part, begin = excerpt(path, seconds)
    if not place.is_file():
        write_video(place, copy_of(part, path.name, "re-encoded"), FPS)
    return place, begin


def excerpt(path, seconds):
    """Returns frames from the middle of a video, and the second that they begin at.

    Args:
        path: of the video.
        seconds: how long; a video that is shorter is taken whole.
    """
    chunks = read_frames(path, size=SHORTER, crop="none", fps=FPS, decoder="pyav")
    frames = [frame for chunk in chunks for frame in chunk]
    count = min(round(seconds * FPS), len(frames))
    begin = (len(frames) - count) // 2
    return np.stack(frames[begin : begin + count]), begin / FPS


def copy_of(part, name, kind):
    """Returns what becomes of a part of a video by an edit of `NAMES`.

    Args:
        part: uint8 `(t, h, w, 3)`.
        name: of the video, of which and of the edit all that is drawn is a function.
        kind: of `NAMES`.
    """
    draws = np.random.default_rng([SEED, zlib.crc32(name.encode()), NAMES.index(kind)])
    if kind == "re-encoded":
        half = [side // 2 for side in part.shape[1:3]]
        return recompress(resize(part, half, AUTO), "libx264", CRF)
    return edited(draws, part, PAIR if kind == TWO else [kind], MEASURED)
