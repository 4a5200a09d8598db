"""Libraries of videos that can be searched: made, and brought up to date."""

import os
from collections.abc import Sequence

from tfvgan.library import Changes, Embeds, update
from tfvgan.library.store import LIST
from tfvgan.runs.folder import alone_in
from tfvgan.runs.loading import loaded_for
from tfvgan.runs.shipped import EMBEDDERS, of_the_package
from tfvgan.streaming.bar import BYTES, Bar

VIDEOS = "embed_videos"  # The model in the package.


def index(
    videos: str | os.PathLike | Sequence[str | os.PathLike],
    out: str | os.PathLike,
    model: str | os.PathLike | Embeds = VIDEOS,
    *,
    show: bool = False,
) -> Changes:
    """Returns what became of the videos of a library, which is made or brought up to date.

    Videos that have not changed are not read again, nor those that were moved or renamed. What is
    gone leaves the library. It may be stopped at any time, and goes on with the same call.

    Args:
        videos: as of `tfvgan.data.list_videos`.
        out: the library's folder.
        model: the name of a model of the package, a run's folder, a published folder, a `.keras`
            file; or an embedder, see `tfvgan.library.Embeds`.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        Busy: when another process is at the library.
        ValueError: when there are no videos, none can be read, the folder holds something else, or
            the library was made with another model.
    """
    with alone_in(out):
        check_library_folder(out)
        embedder = load_embedder(model)
        with Bar(show, BYTES) as progress:
            return update(out, videos, embedder, progress)


def load_embedder(model: str | os.PathLike | Embeds = VIDEOS) -> Embeds:
    """Returns the embedder of a model.

    Args:
        model: as in `index`.

    Raises:
        ValueError: when there is none.
    """
    place = of_the_package(model, EMBEDDERS, "embedder")
    return loaded_for(
        place,
        "an embedder",
        lambda found: hasattr(found, "embed") and isinstance(getattr(found, "name", None), str),
        f"name that of the package, {VIDEOS}, or train one",
        "embedder",
        model,
    )


def check_library_folder(out):
    """Raises ValueError when a folder holds something else than a library."""
    names = os.listdir(out) if os.path.isdir(out) else ()
    if LIST not in names and any(name[0] != "." for name in names):
        raise ValueError(f"`{out}` holds something else than a library: choose a new folder.")
