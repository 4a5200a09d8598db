"""Videos made better by a run, by what was published of it, or by a model in the package."""

import os
from pathlib import Path

from tfvgan import streaming
from tfvgan.runs.bar import Bar
from tfvgan.runs.loading import load_model
from tfvgan.runs.newest import GENERATOR
from tfvgan.tasks import Restorer

PREFIX = "restore_"  # How the folders of the models in the package begin; then comes the task.
PREFERENCES = ("detail", "fidelity")
DETAIL = "_detail"  # And how those end that were trained with the game.
FOLDERS = ("saved_models", "tfvgan_models")  # In a checkout, and where it was installed.
HOLES = "holes"  # The task where there is a mask,
EVERYDAY = "deblock_x2"  # and where there is none: nearly all footage went through a codec.


def restore(
    video,
    out,
    model=None,
    *,
    task=None,
    prefer="detail",
    strength=1.0,
    level=None,
    compare=False,
    show=False,
    **how,
):
    """Returns the paths of the files written: the video, restored, and comparisons if asked for.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write; see `tfvgan.streaming.process`.
        model: a run's folder, a published folder, a `.keras` file, a `VideoRestorer` or a
            `Restorer`; None takes one of the package.
        task: which of the package, see `shipped_tasks`; None is "holes" with a mask, and else
            "deblock_x2", which suits what went through a codec; "old" is for what is worn.
        prefer: "detail", as it may have looked, or "fidelity", no more than is known; where the
            package has one alone, that is taken.
        strength, level: as in `Restorer`.
        compare: bool, whether to write what was and what is side by side, as a video and a
            picture; with `resume` no more than that where `out` is finished.
        show: bool, whether to show a progress bar on stderr.
        **how: of `tfvgan.streaming.process`: `mask`, `deinterlace`, `fps`, `partial`, `codec`,
            `crf`, `memory`, `resume`, `overwrite`, `cuts`.

    Raises:
        ValueError: when there is no such model or task, or a model and a task are given; when the
            task needs a mask and there is none; as `process` and `Restorer` do.
    """
    if model is not None and task is not None:
        raise ValueError("`task` chooses a model of the package: give `task` or `model`, not both.")
    if task == HOLES and not how.get("mask"):
        raise ValueError(
            f"The task {HOLES} fills what a mask says is missing: give a `mask` (--mask), white "
            "where there are holes, or choose another task."
        )
    if compare and streaming.PIPE in (os.fspath(video), os.fspath(out)):
        raise ValueError("What goes through a pipe is not kept to compare: leave `compare` out.")
    if not (compare and _is_finished(out, how)):
        if compare and not (how.get("resume") or how.get("overwrite")):
            for path in streaming.compared_names(out):
                streaming.check_free(path)
        if model is None:
            model = shipped(task or (HOLES if how.get("mask") else EVERYDAY), prefer)
        restorer = load_restorer(model, strength=strength, level=level)
        with Bar(show) as progress:
            restorer.restore(video, out, progress=progress, **how)
    if not compare:
        return [os.fspath(out)]
    read = {name: how[name] for name in ("deinterlace", "fps", "partial") if name in how}
    compared = streaming.compare(video, out, streaming.compared_names(out), **read)
    return [os.fspath(out), *compared]


def _is_finished(out, how):
    """Returns whether what is to be resumed is there already: only the comparison was stopped."""
    resumed = how.get("resume") and not streaming.unfinished(out).exists()
    return resumed and os.path.exists(out)


def load_restorer(model, **how):
    """Returns the `Restorer` of a model.

    Args:
        model: as in `restore`.
        **how: arguments of `Restorer` beside the network.

    Raises:
        ValueError: when there is none.
    """
    loaded = load_model(model) if isinstance(model, (str, os.PathLike)) else model
    restorer = getattr(loaded, "restorer", loaded)
    if not isinstance(restorer, Restorer):
        raise ValueError(
            f"`{model}` must hold a restorer, but holds a {type(loaded).__name__}: train the "
            'network "restorer", or leave the model out.'
        )
    return Restorer(restorer.generator, **how)


def shipped_tasks():
    """Returns the tasks that there are models for in the package, in order."""
    found = {path.name.removeprefix(PREFIX).removesuffix(DETAIL) for path in shipped_folders()}
    return sorted(found)


def shipped(task, prefer):
    """Returns the folder of the package's model for a task.

    Raises:
        ValueError: when there is no such task or preference.
    """
    if prefer not in PREFERENCES:
        raise ValueError(f"`prefer` must be one of {', '.join(PREFERENCES)}, but is {prefer!r}.")
    names = [PREFIX + task + ending for ending in (DETAIL, "")]
    if prefer == "fidelity":
        names.reverse()
    found = {path.name: path for path in shipped_folders()}
    for name in names:
        if name in found:
            return str(found[name])
    known = ", ".join(shipped_tasks()) or "none"
    raise ValueError(
        f"There is no model in the package for the task {task!r}: choose among {known}, or give a "
        "`model` of your own."
    )


def shipped_folders(prefix=PREFIX):
    """Returns the folders of the package's models whose names begin so, in order."""
    above = Path(__file__).resolve().parents[2]
    files = [file for name in FOLDERS for file in (above / name).glob(f"{prefix}*/{GENERATOR}")]
    return sorted(file.parent for file in files)
