"""New videos from a run, as files."""

import json
import os
from pathlib import Path

import numpy as np

from tfvgan import plots
from tfvgan.data import write_video, write_videos
from tfvgan.runs.loading import CLASSES, load_run


def generate(run, out, count=8, seed=0, label=None, formats=("mp4", "gif"), fps=8):
    """Returns the paths of the files written: each video, `grid.mp4` and `strip.png`.

    Args:
        run: a run's folder, a `.keras` file, or a `VideoGAN`.
        out: folder to write into; made when it is not there.
        count: int, how many videos.
        seed: int, chooses the latents.
        label: the name or the number of a class; None lets them take turns.
        formats: of each video, among "mp4" and "gif".
        fps: frames a second.

    Raises:
        ValueError: when there is no such run or class.
    """
    model = load_run(run) if isinstance(run, (str, os.PathLike)) else run
    classes = model.generator.num_classes
    if label is not None:
        labels = np.full(count, _number(label, classes, run), "int32")
    else:
        labels = np.arange(count, dtype="int32") % classes if classes else None
    videos = model.generate(count, seed=seed, labels=labels)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    paths = write_videos(out, videos, fps=fps, formats=formats)
    paths.append(write_video(out / "grid.mp4", plots.grid(videos), fps=fps))
    plots.film_strip(videos, out / "strip.png")
    return [*(str(path) for path in paths), str(out / "strip.png")]


def _number(label, classes, run):
    """Returns the number of a class that was given by name or number."""
    if not classes:
        raise ValueError("This model knows no classes: leave the label out, or train with them.")
    names = _class_names(run)
    if str(label) in names:
        return names.index(str(label))
    if str(label).isdecimal() and int(label) < classes:
        return int(label)
    known = ", ".join(names) if names else f"0 to {classes - 1}"
    raise ValueError(f"There is no class {label!r}: choose among {known}.")


def _class_names(run):
    """Returns the names of the classes in the order of their numbers, or none when not known."""
    if not isinstance(run, (str, os.PathLike)) or not (Path(run) / CLASSES).is_file():
        return []
    return json.loads((Path(run) / CLASSES).read_text(encoding="utf-8"))
