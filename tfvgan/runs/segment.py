"""Videos cut into what a segmenter tells apart: masks, or other backgrounds."""

import functools
import os

from tfvgan.runs.comparing import with_comparison
from tfvgan.runs.loading import load_stepper
from tfvgan.runs.shipped import SEGMENTERS, of_the_package
from tfvgan.streaming.job import MEMORY
from tfvgan.tasks import Segmenter, VideoSegmenter


def segment(
    video: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | VideoSegmenter | Segmenter,
    *,
    view: str | os.PathLike = "mask",
    shrink: int | None = None,
    grow: int = 0,
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
    """Returns the paths of the files written: masks or what is made by them, and comparisons.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write; see `tfvgan.streaming.process`.
        model: the name of a model of the package, "people" or "motion"; a run's folder, a
            published folder, a `.keras` file, a `VideoSegmenter` or a `Segmenter`.
        view, shrink, grow: as of `Segmenter`; "cutout" needs an `out` that holds transparency.
        deinterlace, fps, partial: how the video is read; as of `tfvgan.streaming.Source`.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        memory: float, MB that a frame may take; larger frames are done in tiles.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        cuts: bool, whether what was before a cut is forgotten.
        compare: as in `tfvgan.restore`.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such model or view; as `tfvgan.streaming.process` does.
    """
    read = {"deinterlace": deinterlace, "fps": fps, "partial": partial}
    job = {"codec": codec, "crf": crf, "memory": memory, "cuts": cuts}
    job |= {"resume": resume, "overwrite": overwrite}

    def loaded():
        return functools.partial(load_segmenter(model, view, shrink, grow=grow).segment, video, out)

    return with_comparison(loaded, video, out, read, job, compare, show)


def load_segmenter(
    model: str | os.PathLike | VideoSegmenter | Segmenter,
    view: str | os.PathLike = "mask",
    shrink: int | None = None,
    edge: tuple[int, int] | None = None,
    grow: int = 0,
) -> Segmenter:
    """Returns the `Segmenter` of a model.

    Args:
        model: as in `segment`.
        view, shrink, edge, grow: as of `Segmenter`; without an `edge` its usual one.

    Raises:
        ValueError: when there is none.
    """
    place = of_the_package(model, SEGMENTERS, "segmenter")
    segmenter = load_stepper(place, Segmenter, "segmenter")
    how = {} if edge is None else {"edge": edge}
    return Segmenter(segmenter.generator, view, shrink, grow=grow, **how)
