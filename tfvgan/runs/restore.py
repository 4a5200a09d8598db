"""Videos made better by a run, by what was published of it, or by a model in the package."""

import functools
import os

from tfvgan.runs.automatic import AUTO, automatic, faster
from tfvgan.runs.comparing import with_comparison
from tfvgan.runs.loading import load_stepper
from tfvgan.runs.shipped import check_preference, shipped
from tfvgan.streaming.job import MEMORY
from tfvgan.tasks import Filler, PeerRestorer, Restorer, VideoRestorer

HOLES = "holes"  # The task where there is a mask; where there is none it is `AUTO`.


def restore(
    video: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | VideoRestorer | Restorer | None = None,
    *,
    task: str | None = None,
    scale: int | None = None,
    prefer: str = "detail",
    strength: float | None = None,
    level: float | None = None,
    fast: bool = False,
    mask: str | os.PathLike | None = None,
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
    codec: str | None = None,
    crf: float | None = None,
    memory: float = MEMORY,
    resume: bool = False,
    overwrite: bool = False,
    cuts: bool = True,
    compare: bool = False,
    show: bool = False,
) -> list[str]:
    """Returns the paths of the files written: the video, restored, and comparisons if asked for.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write; see `tfvgan.streaming.process`.
        model: a run's folder, a published folder, a `.keras` file, the name of a model in the
            package or of a published network that was fetched, such as "span_x2", a
            `VideoRestorer` or a `Restorer`; None takes one of the package by its task.
        task: which of the package, see `shipped_tasks`; "auto" looks at the first seconds, and
            takes a model, or none where none helps, as a warning says; "holes" fills them from
            other frames, without a model. None is "holes" with a mask, and else "auto".
        scale: int, how many times as large "auto" makes it, 1, 2 or 4; None lets it decide.
        prefer: "detail", as it may have looked, or "fidelity", no more than is known; where the
            package has one alone, that is taken.
        strength, level: as in `Restorer`; None takes 1 and the usual level, or what "auto" finds.
        fast: bool, whether networks of this package compute in bfloat16 where this machine is
            faster then: some levels are off by one.
        mask: path of a picture or a video, white where pixels are missing.
        deinterlace, fps, partial: how the video is read; as of `tfvgan.streaming.Source`.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        memory: float, MB that a frame may take; larger frames are done in tiles.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        cuts: bool, whether what was before a cut is forgotten.
        compare: bool, whether to write what was and what is side by side, as a video and a
            picture; with `resume` no more than that where `out` is finished.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such model or task, or a model and a task are given; when the
            task needs a mask and there is none, or takes no mask or scale; as `process` and
            `Restorer` do.
    """
    decides = is_decided(model, task, mask, scale)
    chosen = None if decides else chosen_restorer(model, task, prefer, mask)
    read = {"deinterlace": deinterlace, "fps": fps, "partial": partial}
    job = {"codec": codec, "crf": crf, "memory": memory, "cuts": cuts}
    job |= {"resume": resume, "overwrite": overwrite}

    def loaded():
        if decides:
            told = {"scale": scale, "prefer": prefer, "strength": strength, "level": level}
            named = codec is not None or crf is not None
            return automatic(video, out, **told, partial=partial, encoded=named, fast=fast)
        restorer = load_restorer(chosen(), 1.0 if strength is None else strength, level)
        restorer = faster(restorer) if fast else restorer
        return functools.partial(restorer.restore, video, out, mask)

    return with_comparison(loaded, video, out, read, job, compare, show)


def is_decided(model, task=None, mask=None, scale=None):
    """Returns whether what is done follows from looking at each video.

    Args:
        model, task, mask, scale: as of `restore`.

    Raises:
        ValueError: when there is a scale, and something else decides; or a mask, and that does.
    """
    decided = model is None and (task == AUTO or (task is None and not mask))
    if scale is not None and not decided:
        raise ValueError(
            "`scale` (--scale) is for the task auto, since any other has one of its own: leave "
            "`scale` out, or `task`, `model` and `mask`."
        )
    if decided and mask:
        raise ValueError(
            f"The task {AUTO} fills nothing that a `mask` (--mask) marks: leave `task` out, which "
            f"takes {HOLES}."
        )
    return decided


def chosen_restorer(model, task=None, prefer="detail", mask=None):
    """Returns a function without arguments that returns the model: the one given, or a shipped one.

    Of holes without a model it is a `Filler`.

    Args:
        model, task, prefer, mask: as of `restore`.

    Raises:
        ValueError: when a model and a task are given, or the task needs a mask and there is none;
            the function does where there is no such model.
    """
    if model is not None and task is not None:
        raise ValueError("`task` chooses a model of the package: give `task` or `model`, not both.")
    if task == HOLES and not mask:
        raise ValueError(
            f"The task {HOLES} fills what a mask says is missing: give a `mask` (--mask), white "
            "where there are holes, or choose another task."
        )
    if model is not None:
        return lambda: model
    if task in (HOLES, None):
        check_preference(prefer)
        return Filler
    return functools.partial(shipped, task, prefer)


def load_restorer(
    model: str | os.PathLike | VideoRestorer | Restorer | Filler,
    strength: float = 1.0,
    level: float | None = None,
    edge: tuple[int, int] | None = None,
) -> Restorer | PeerRestorer | Filler:
    """Returns the `Restorer` of a model, or the `PeerRestorer` of a network's name; or a `Filler`.

    Args:
        model: as in `restore`.
        strength, level, edge: as of `Restorer`; without an `edge` its usual one.

    Raises:
        MissingWeights: when a published network has not been fetched.
        ValueError: when there is none; when a `Filler` is to be told a strength or a level.
    """
    if isinstance(model, Filler):
        if (strength, level) != (1.0, None):
            name = "strength" if strength != 1.0 else "level"
            raise ValueError(
                f"`{name}` (--{name}) is for networks, and holes are filled without one: leave it "
                "out, or give a `model` of your own."
            )
        return model
    if PeerRestorer.is_known(model) and not os.path.exists(model):
        return PeerRestorer(model, strength, level)
    restorer = load_stepper(model, Restorer, "restorer")
    how = {} if edge is None else {"edge": edge}
    return Restorer(restorer.generator, strength, level, **how)
