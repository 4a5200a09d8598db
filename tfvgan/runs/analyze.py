"""A video, analysed: a folder with a report, and its parts if they are asked for."""

import os
from pathlib import Path

from tfvgan.data import list_videos
from tfvgan.runs.folder import alone_at
from tfvgan.runs.loading import loaded_for
from tfvgan.runs.shipped import FINDERS, of_the_package
from tfvgan.streaming import PIPE, Bar, Source
from tfvgan.streaming.excerpts import Excerpts
from tfvgan.tasks.analysis import Analysis, Finder, analysed, written_report
from tfvgan.tasks.analysis.film import normal_films
from tfvgan.whole import aside, put

MODEL = "find_cuts"  # Of the package.
KEPT = ("motion",)
SHOTS = "shots"  # The folder of parts.


def analyze(
    video: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | Finder = MODEL,
    *,
    normal: str | os.PathLike | None = None,
    keep: str | None = None,
    split: bool = False,
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
    codec: str | None = None,
    crf: float | None = None,
    show: bool = False,
) -> Analysis:
    """Returns the `Analysis` of a video, whose report is then in the folder `out`.

    It holds report.json, frames.csv, report.png, chapters.txt (FFmpeg's metadata) and cuts.edl (CMX
    3600); with `keep` motion.mp4, and with `split` shots/0001.mp4 and so on. The folder appears
    when all of it is there.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: the folder, not there yet, or empty.
        model: a published folder, a `.keras` file, the name of a model in the package, or a
            `Finder`.
        normal: path of a video, or of a folder of them, by which is told what is unusual; None for
            what is in the video itself.
        keep: "motion" writes what moves as one film; None nothing.
        split: bool, whether each shot is written as a film of its own.
        deinterlace, fps, partial: how videos are read; as of `tfvgan.streaming.Source`.
        codec, crf: FFmpeg's encoder and its quality, of what is kept and split; as of
            `tfvgan.streaming.process`. With a `codec` files are .mkv, which holds any.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        Busy: when another process writes there.
        ValueError: when there is something at `out`, there is no such model, or what comes through
            a pipe is to be split.
        UnreadableVideo: when there is no video.
    """
    whole = keep is not None or split
    _check(video, out, keep, whole, codec, crf)
    out = Path(out)
    read = {"deinterlace": deinterlace, "fps": fps, "partial": partial}
    with alone_at(out):
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise ValueError(f"`{out}` is there already: name another folder, or remove this one.")
        source = Source(video, **read) if whole else None
        ending = ".mp4" if codec is None else ".mkv"
        excerpts = Excerpts(source, codec, crf, ending) if whole else None
        finder, usual = load_finder(model), None
        if normal is not None:
            videos = [file.path for file in list_videos(normal)]
            with Bar(show) as progress:
                usual = normal_films(videos, progress, **read | {"fps": None})
        with Bar(show) as progress:
            found = analysed(video, finder, usual, progress, **read)
        with aside(out.absolute().parent) as folder:
            written_report(found, folder)
            if films := _films(found, folder, keep, split, ending):
                for written in films:
                    with Bar(show) as progress:
                        excerpts.write(written, progress)
            put(folder, out)
    return found


def load_finder(model: str | os.PathLike | Finder = MODEL) -> Finder:
    """Returns the `Finder` of a model.

    Args:
        model: as in `analyze`.

    Raises:
        ValueError: when there is none.
    """
    place = of_the_package(model, FINDERS, "finder of cuts")
    return loaded_for(
        place,
        "a finder of cuts",
        lambda found: isinstance(found, Finder),
        f"take {MODEL}, which the package has",
        said=model,
    )


def _films(found, folder, keep, split, ending):
    """Returns lists of the films to write, `(path, stretches)`; none is in two of one list."""
    lists = []
    if keep and found.moving:
        lists.append([(folder / f"{keep}{ending}", found.moving)])
    if split:
        (folder / SHOTS).mkdir()
        shots = enumerate(found.shots, start=1)
        lists.append([(folder / SHOTS / f"{number:04d}{ending}", [shot]) for number, shot in shots])
    return lists


def _check(video, out, keep, whole, codec, crf):
    """Raises ValueError for what does not go together."""
    if keep is not None and keep not in KEPT:
        raise ValueError(f"`keep` must be {' or '.join(KEPT)}, but is {keep!r}.")
    if whole and os.fspath(video) == PIPE:
        raise ValueError(
            "What comes through a pipe is read once, and can't be split: name a file, or leave "
            "`keep` and `split` out."
        )
    if not whole and (codec is not None or crf is not None):
        raise ValueError(
            "`codec` and `crf` are of what `keep` and `split` write: ask for one, or leave both."
        )
    if not os.fspath(out):
        raise ValueError("The output has no name: give one.")
