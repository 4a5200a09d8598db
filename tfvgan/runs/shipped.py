"""The models that come with the package, by their folders' names."""

import os
from pathlib import Path

from tfvgan.tasks.loading import GENERATOR

PREFIX = "restore_"  # How the folders of the models in the package begin; then comes the task.
GENERATES = "generate_"  # And how those begin that make videos,
STYLES = "style_"  # those that paint in a style,
SEGMENTERS = "segment_"  # those that say what is where,
EMBEDDERS = "embed_"  # those that libraries are made with,
FINDERS = "find_"  # and those that say what happens when.
PREFERENCES = ("detail", "fidelity")
DETAIL = "_detail"  # And how those end that were trained with the game.
FOLDERS = ("saved_models", "tfvgan/saved_models")  # In a clone, and where it was installed.


def shipped_tasks() -> list[str]:
    """Returns the tasks that there are models for in the package, in order."""
    names = {path.name.removeprefix(PREFIX).removesuffix(DETAIL) for path in shipped_folders()}
    return sorted(names)


def shipped(task, prefer):
    """Returns the folder of the package's model for a task.

    Raises:
        ValueError: when there is no such task or preference.
    """
    check_preference(prefer)
    names = [PREFIX + task + ending for ending in (DETAIL, "")]
    if prefer == "fidelity":
        names.reverse()
    folders = {path.name: path for path in shipped_folders()}
    for name in names:
        if name in folders:
            return str(folders[name])
    tasks = ", ".join(shipped_tasks()) or "none"
    raise ValueError(
        f"There is no model in the package for the task {task!r}: choose among {tasks}, or give a "
        "`model` of your own."
    )


def check_preference(prefer):
    """Raises ValueError when there is no such preference."""
    if prefer not in PREFERENCES:
        raise ValueError(f"`prefer` must be one of {', '.join(PREFERENCES)}, but is {prefer!r}.")


def model_at(place, prefixes=(GENERATES, STYLES)):
    """Returns the folder of the package's model of that name; any other place as it is.

    The names are those of the folders; "people" stands for "generate_people", and "ink" for
    "style_ink". What lies at a path of that name comes first.

    Args:
        place: a path or a name; anything else, such as a model, is returned as it is.
        prefixes: how the folders begin whose names may be short.
    """
    if isinstance(place, (str, os.PathLike)) and not os.path.exists(place):
        names = [f"{prefix}{os.fspath(place)}" for prefix in ("", *prefixes)]
        for folder in shipped_folders(""):
            if folder.name in names:
                return str(folder)
    return place


def of_the_package(place, prefix, kind):
    """Returns the place of a model, whose name in the package may be short; what is none as it is.

    Args:
        place: as of `model_at`.
        prefix: how the folders of its kind begin.
        kind: what models of this kind are called.

    Raises:
        ValueError: when there is nothing at the path, nor a model of that name.
    """
    found = model_at(place, (prefix,))
    if isinstance(found, (str, os.PathLike)) and not os.path.exists(found):
        known = [path.name.removeprefix(prefix) for path in shipped_folders(prefix)]
        raise ValueError(
            f"There is no {kind} in the package that is called {str(place)!r}, nor such a folder: "
            f"choose among {', '.join(known) or 'none'}, or name the folder of a run of your own."
        )
    return found


def shipped_folders(prefix=PREFIX):
    """Returns the folders of the package's models whose names begin so, in order."""
    above = Path(__file__).resolve().parents[2]
    files = [file for name in FOLDERS for file in (above / name).glob(f"{prefix}*/{GENERATOR}")]
    return sorted(file.parent for file in files)
