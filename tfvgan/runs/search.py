"""What a library has of another video: which videos show it, and where."""

import os
from pathlib import Path

import numpy as np

from tfvgan import plots
from tfvgan.data.stamps import clock
from tfvgan.library import Embeds, Hit, Library, find_hits
from tfvgan.library.embedding import vectors_of
from tfvgan.library.match import lasting
from tfvgan.library.pictures import pictures_at
from tfvgan.runs.index import VIDEOS, load_embedder
from tfvgan.streaming.bar import Bar

HOP = 2  # Eighths of a second between a query's windows: half of those in a library.
SHORTEST = 1.0  # Seconds of a query that show something.
PICTURES = 6  # of each video on a sheet,
TALL, WIDE = 90, 160  # and their sides.


def search(
    library: str | os.PathLike,
    query: str | os.PathLike,
    k: int = 5,
    *,
    model: str | os.PathLike | Embeds = VIDEOS,
    sheet: str | os.PathLike | None = None,
    show: bool = False,
) -> list[Hit]:
    """Returns the videos of a library that show what a query does, the best `Hit` first.

    The query's own file is none of them. Every video is looked at: nothing is approximate.

    Args:
        library: the folder of `tfvgan.index`.
        query: path of a video of a second or more, or of a folder of numbered images.
        k: int, how many to return at most.
        model: as in `tfvgan.index`; the one that the library was made with.
        sheet: where to save a picture of the query and the hits, or None.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        UnreadableVideo: when the query can't be read.
        ValueError: when it is too short, or the library is damaged, empty, or of another model.
    """
    if not isinstance(k, int) or k < 1:
        raise ValueError(f"`k` must be a whole number of 1 or more, but is {k!r}.")
    known = Library(library)
    embedder = load_embedder(model)
    known.check_model(embedder.name)
    entries = known.entries()
    vectors = vectors_of(query, embedder, HOP)
    seconds = float(lasting(vectors.times).sum())
    if seconds < SHORTEST:
        raise ValueError(
            f"`{query}` shows something for {seconds:.2f} seconds, but a query must for "
            f"{SHORTEST:g} or more: give a longer one."
        )
    own = os.path.realpath(query)
    entries = {path: each for path, each in entries.items() if os.path.realpath(path) != own}
    with Bar(show, " videos") as progress:
        hits = find_hits(vectors, entries, k, progress)
    if sheet is not None:
        draw_hits(query, float(vectors.times[-1]), hits, sheet)
    return hits


def draw_hits(
    query: str | os.PathLike, seconds: float, hits: list[Hit], path: str | os.PathLike
) -> None:
    """Saves a sheet of pictures: the query, and where each hit shows the same.

    Args:
        query: path of the video that was looked for.
        seconds: that it takes.
        hits: of `search`.
        path: of the picture, with an ending such as .png.
    """
    rows = [(query, (0.0, seconds), f"{_name(query)}, the query")]
    for hit in hits:
        best = hit.matches[0]
        title = f"{_name(hit.path)}, {hit.score:.2f}, {clock(best.start)} to {clock(best.stop)}"
        rows.append((hit.path, (best.start, best.stop), title))
    videos = np.stack([_pictures(path, span) for path, span, _ in rows])
    plots.film_strip(videos, path, PICTURES, [title for _, _, title in rows])


def _name(path):
    """Returns what a title calls a video: matplotlib draws no letters that are no text."""
    name = Path(path).name.encode("utf-8", "replace").decode("utf-8")
    return name.replace("$", r"\$")


def _pictures(path, span):
    """Returns pictures of a span of a video, uint8 `(PICTURES, TALL, WIDE, 3)`, white around."""
    shown = np.full((PICTURES, TALL, WIDE, 3), 255, np.uint8)
    for place, picture in enumerate(pictures_at(path, np.linspace(*span, PICTURES), TALL)):
        picture = picture[:, :WIDE]
        left = (WIDE - picture.shape[1]) // 2
        shown[place, :, left : left + picture.shape[1]] = picture
    return shown
