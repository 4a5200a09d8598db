"""Videos painted in the style of a run, of what was published of it, or of one in the package."""

import functools
import os

from tfvgan.runs.comparing import with_comparison
from tfvgan.runs.loading import load_stepper
from tfvgan.runs.shipped import STYLES, of_the_package, shipped_folders
from tfvgan.streaming.job import MEMORY
from tfvgan.tasks import Stylizer, VideoStylizer


def stylize(
    video: str | os.PathLike,
    out: str | os.PathLike,
    style: str | os.PathLike | VideoStylizer | Stylizer,
    *,
    strength: float = 1.0,
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
    """Returns the paths of the files written: the video in the style, and comparisons if asked for.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write; see `tfvgan.streaming.process`.
        style: the name of a style of the package, see `shipped_styles`; a run's folder, a published
            folder, a `.keras` file, a `VideoStylizer` or a `Stylizer`.
        strength: in [0, 1], how much of the style; 0 is the video as it was.
        deinterlace, fps, partial: how the video is read; as of `tfvgan.streaming.Source`.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        memory: float, MB that a frame may take; larger frames are done in tiles.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        cuts: bool, whether what was before a cut is forgotten.
        compare: as in `tfvgan.restore`.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such style; as `tfvgan.streaming.process` and `Stylizer` do.
    """
    read = {"deinterlace": deinterlace, "fps": fps, "partial": partial}
    job = {"codec": codec, "crf": crf, "memory": memory, "cuts": cuts}
    job |= {"resume": resume, "overwrite": overwrite}

    def loaded():
        return functools.partial(load_stylizer(style, strength).stylize, video, out)

    return with_comparison(loaded, video, out, read, job, compare, show)


def load_stylizer(
    style: str | os.PathLike | VideoStylizer | Stylizer,
    strength: float = 1.0,
    edge: tuple[int, int] | None = None,
) -> Stylizer:
    """Returns the `Stylizer` of a style.

    Args:
        style: as in `stylize`.
        strength, edge: as of `Stylizer`; without an `edge` its usual one.

    Raises:
        ValueError: when there is none.
    """
    place = of_the_package(style, STYLES, "style")
    if isinstance(place, (str, os.PathLike)) and _is_other_file(place):
        raise ValueError(
            f"`style` must be a style of the package or what was trained, but is the file "
            f'`{style}`: if that is a picture, let the network "stylizer" learn it first '
            f"(tfvgan train stylizer VIDEOS --style {style} --out RUN)."
        )
    stylizer = load_stepper(place, Stylizer, "stylizer")
    how = {} if edge is None else {"edge": edge}
    return Stylizer(stylizer.generator, strength, **how)


def _is_other_file(place):
    return os.path.isfile(place) and not str(place).endswith(".keras")


def shipped_styles() -> list[str]:
    """Returns the names of the styles in the package, in order."""
    return [path.name.removeprefix(STYLES) for path in shipped_folders(STYLES)]
