"""The newest model of a run, by its step; an older one if that is damaged."""

import difflib
from pathlib import Path

from tfvgan.callbacks.checkpoint import checkpoints, step_of
from tfvgan.data.errors import say_once
from tfvgan.runs.shipped import shipped_folders
from tfvgan.tasks.loading import GENERATOR, load_keras

MODEL = "model.keras"
CHECKPOINTS = "checkpoints"


def load_newest(path):
    """Returns the newest model in a folder that can be read, and its file.

    Args:
        path: the folder of a run, or of what was published of it.

    Raises:
        ValueError: when there is none, or none that can be read.
    """
    path = Path(path)
    final, saved = path / MODEL, checkpoints(path / CHECKPOINTS)
    if not final.is_file():
        single = [path / GENERATOR] * (path / GENERATOR).is_file()
        return _first([*reversed(saved), *single], path)
    try:
        model = load_keras(final)
    except ValueError as error:
        if not saved:
            raise
        say_once(f"{error} Its checkpoints are taken.")
        return _first(reversed(saved), path)
    later = [file for file in saved if step_of(file) > getattr(model, "steps_made", step_of(file))]
    try:
        return _first(reversed(later), path) if later else (model, final)
    except ValueError:
        return model, final


def load_checkpoint(folder, aside=True):
    """Returns the model of the newest checkpoint in a folder that can be read; None of none.

    Args:
        folder: of checkpoints.
        aside: bool, whether what is damaged is set aside: its name then ends in ".damaged".

    Raises:
        ValueError: when there are checkpoints, and none can be read.
    """
    saved = checkpoints(folder)
    if not saved:
        return None
    model, newest = _first(reversed(saved), folder)
    for file in saved[saved.index(newest) + 1 :] if aside else ():
        file.rename(file.with_name(f"{file.name}.damaged"))
    return model


def _first(files, path):
    """Returns the model of the first file that can be read, and the file."""
    last = None
    for file in files:
        try:
            loaded = load_keras(file), file
        except ValueError as error:
            last = last or error
            continue
        if last is not None:
            say_once(f"{last} The one before, `{file.name}`, is taken.")
        return loaded
    if last is None and not path.exists():
        raise ValueError(_unknown(path))
    raise last or ValueError(
        f"`{path}` holds no {MODEL} and no checkpoint: give the folder of a run that has "
        "trained for an epoch, a published one, a .keras file, or the name of a model in the "
        "package."
    )


def _unknown(path):
    """Returns that there is no such run and no such model, and what may have been meant."""
    names = [folder.name for folder in shipped_folders("")]
    near = difflib.get_close_matches(path.name, names, n=3)
    meant = f"did you mean {' or '.join(near)}? Or " if near else ""
    return (
        f"There is nothing at `{path}`, nor a model in the package of that name: {meant}give the "
        "folder of a run, a published one, or a .keras file."
    )
