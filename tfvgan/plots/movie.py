"""Movies: videos that play where a notebook shows them."""

import base64
import html
import tempfile
from pathlib import Path

import numpy as np

from tfvgan.data import write_video
from tfvgan.plots.strips import Titles, Videos, stacked

LEAST = 128  # Pixels that a video is wide at least: smaller ones are shown larger,
GAP = 4  # and those between two, which are white.
CRF = 23  # Of the file: a notebook is to stay small.


class Movie:
    """An .mp4 inside of a text, which a notebook plays over and over, and keeps with its outputs.

    Args:
        mp4: bytes of the file.
        width: int, pixels that it is wide; a page that is narrower shows it smaller.
        names: strings, written above equal parts of it, from left to right.
    """

    def __init__(self, mp4: bytes, width: int, names: list[str]):
        self.mp4, self.width, self.names = mp4, width, names

    def __repr__(self) -> str:
        return f"Movie({len(self.mp4):,} bytes of .mp4, {self.width} pixels wide)"

    def _repr_html_(self) -> str:
        """Returns what a notebook shows."""
        names = "".join(
            f'<span style="flex:1;text-align:center">{html.escape(name)}</span>'
            for name in self.names
        )
        text = base64.b64encode(self.mp4).decode("ascii")
        return (
            f'<div style="max-width:{self.width}px"><div style="display:flex">{names}</div>'
            '<video autoplay loop muted playsinline controls style="width:100%" '
            f'src="data:video/mp4;base64,{text}"></video></div>'
        )


def movie(videos: Videos, fps: float = 8.0, titles: Titles = None) -> Movie:
    """Returns a `Movie` of the videos side by side, which plays in a notebook.

    A cell of a notebook that ends with it shows it. `grid` makes one video of many, for rows of
    them.

    Args:
        videos: uint8 `(n, t, h, w, 3)`, or a dict of such arrays: a group each, named by the key.
        fps: frames per second.
        titles: one string a video, written above it; by default the group's name and the video's
            number, and nothing above an array's.

    Raises:
        ValueError: when the videos differ in shape or the titles in number, and as `write_video`
            does.
    """
    shown, names = stacked(videos, titles)
    named = titles is not None or isinstance(videos, dict)
    larger = -(-LEAST // shown.shape[3])
    shown = shown.repeat(larger, axis=2).repeat(larger, axis=3)
    shown = np.pad(shown, (*3 * [(0, 0)], (0, GAP), (0, 0)), constant_values=255)
    beside = np.concatenate(list(shown), axis=2)[:, :, :-GAP]
    with tempfile.TemporaryDirectory() as folder:
        path = write_video(Path(folder, "movie.mp4"), beside, fps, CRF)
        return Movie(Path(path).read_bytes(), beside.shape[2], names if named else [])
