"""Videos without the flicker that a tool made, by a model of the package or by one's own."""

import functools
import os

from tfvgan import streaming
from tfvgan.runs.comparing import with_comparison
from tfvgan.runs.loading import load_stepper
from tfvgan.runs.shipped import shipped_folders
from tfvgan.streaming.job import MEMORY
from tfvgan.tasks import Steadier, VideoSteadier

STEADY = "steady"  # The folder of the model in the package.


def steady(
    original: str | os.PathLike,
    processed: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | VideoSteadier | Steadier | None = None,
    *,
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
    """Returns the paths of the files written: the video, steadied, and comparisons if asked for.

    Args:
        original: path of a video of any length, a folder of images, or "-": how it was.
        processed: of what was made of it frame by frame, of as many frames and the same size.
            Where it has lost its sound or is a folder of images, times and sound are the
            original's, see `tfvgan.streaming.processed.Processed`.
        out: where to write; see `tfvgan.streaming.process`.
        model: a run's folder, a published folder, a `.keras` file, a `VideoSteadier` or a
            `Steadier`; None takes that of the package.
        deinterlace, partial: how both are read; as of `tfvgan.streaming.Source`.
        fps: frames a second, where both are folders of images.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        memory: float, MB that a frame may take; larger frames are done in tiles.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        cuts: bool, whether what was before a cut in the original is forgotten.
        compare: as in `tfvgan.restore`, of what was processed and what is steady.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such model, or the two videos do not fit; as
            `tfvgan.streaming.process` does.
    """
    read = {"deinterlace": deinterlace, "fps": fps, "partial": partial}
    job = {"codec": codec, "crf": crf, "memory": memory, "cuts": cuts}
    job |= {"resume": resume, "overwrite": overwrite}

    def loaded():
        return functools.partial(load_steadier(model).steady, original, processed, out)

    shown = read
    if compare and fps is None and os.path.isdir(processed) and os.path.isfile(original):
        shown = {**read, "fps": streaming.Source(original, partial=partial).fps}
    return with_comparison(loaded, processed, out, read, job, compare, show, shown)


def load_steadier(
    model: str | os.PathLike | VideoSteadier | Steadier | None = None,
    edge: tuple[int, int] | None = None,
) -> Steadier:
    """Returns the `Steadier` of a model.

    Args:
        model: as in `steady`.
        edge: as of `Steadier`; None leaves the usual one.

    Raises:
        ValueError: when there is none.
    """
    if model is None:
        model = next((path for path in shipped_folders(STEADY) if path.name == STEADY), None)
    if model is None:
        raise ValueError(
            "There is no steadier in the package: give a `model` (--model), such as the folder of "
            "a run of your own."
        )
    steadier = load_stepper(model, Steadier, "steadier")
    return steadier if edge is None else steadier.resized(edge)
