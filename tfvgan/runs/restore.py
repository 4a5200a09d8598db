"""Videos made better by a run, by what was published of it, or by a model in the package."""

import os

from tfvgan import streaming
from tfvgan.runs.loading import load_model
from tfvgan.runs.shipped import shipped
from tfvgan.streaming.bar import Bar
from tfvgan.tasks import Restorer

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
