"""The second stage of a run: videos of the first, made larger by the enlarger beside it."""

import os
from pathlib import Path

from tfvgan.runs.loading import load_model
from tfvgan.tasks import Enlarger

FOLDER = "enlarger"  # In the run's folder; itself the folder of a run, or of what was published.


def enlarge(run, videos, seed=0):
    """Returns the videos as large as the run's enlarger makes them; as they are if it has none.

    Args:
        run: a run's folder; anything else, such as a `.keras` file or a model, has no enlarger.
        videos: uint8 `(n, t, h, w, 3)` in [0, 255], such as the run's model generates.
        seed: int, chooses among details.

    Raises:
        ValueError: when the enlarger's folder holds no enlarger, or one of videos of another size.
    """
    enlarger = load_enlarger(run)
    return videos if enlarger is None else enlarger.enlarge(videos, seed=seed)


def load_enlarger(run):
    """Returns the `Enlarger` of a run, or None if it has none; see `enlarge`.

    Raises:
        ValueError: when the enlarger's folder holds no model, or one of another kind.
    """
    if not isinstance(run, (str, os.PathLike)) or not Path(run, FOLDER).is_dir():
        return None
    model = load_model(Path(run, FOLDER))
    enlarger = getattr(model, "enlarger", model)
    if not isinstance(enlarger, Enlarger):
        raise ValueError(
            f"`{Path(run, FOLDER)}` must hold an enlarger, but holds a {type(model).__name__}: "
            'train the network "enlarger", or rename the folder.'
        )
    return enlarger
