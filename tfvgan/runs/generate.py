"""New videos from a run, as files."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tfvgan import plots
from tfvgan.data import write_video, write_videos
from tfvgan.runs.folder import alone_at, alone_in
from tfvgan.runs.loading import enlarge, load_sampler
from tfvgan.tasks import Sampler, VideoGAN, sharpened

FILES = (".mp4", ".gif")  # What `out` may end in to be one file.
FPS = 8.0  # Where the videos that were learned from are not known to have another.
LONG = 64  # More frames than this get a picture of time, and so many videos a progress bar.


def generate(
    run: str | os.PathLike | VideoGAN | Sampler,
    out: str | os.PathLike,
    count: int | None = None,
    seed: int = 0,
    label: str | int | None = None,
    formats: Sequence[str] = ("mp4", "gif"),
    fps: float | None = None,
    frames: int | None = None,
    start: float = 0.0,
    rate: float = 1.0,
    truncation: float = 1.0,
    sharpness: float = 1.0,
    contents: Sequence[int] | None = None,
    motions: Sequence[int] | None = None,
) -> list[str]:
    """Returns the paths of the files written: each video, `grid.mp4`, `strip.png`; or one file.

    Videos of more than 64 frames get `xt.png` too, a line of their pixels over time. A run with an
    enlarger in its folder has it enlarge them.

    Args:
        run: a run's folder, a published folder, a `.keras` file, the name of a model in the
            package, such as "people", a `VideoGAN` or a `Sampler`.
        out: folder to write into, made when it is not there; or a file that ends in .mp4 or .gif,
            which gets the video, or all of them side by side.
        count: int, how many videos; by default 8, and 1 for a file.
        seed: int, chooses the latents.
        label: the name or the number of a class; None lets them take turns.
        formats: of each video in a folder, among "mp4" and "gif".
        fps: frames a second; by default those of the videos that were learned from, or 8, times
            the rate.
        frames, start, rate, truncation: as in `Sampler.generate`.
        sharpness: as in `tfvgan.tasks.sharpened`.
        contents, motions: lists of numbers of this seed's videos, to have each content in each
            motion instead, a row of the grid for each content. Where one is left out, it is as the
            other.

    Raises:
        Busy: when another process writes there.
        ValueError: when there is no such run or class.
    """
    sampler, single = sharpened(load_sampler(run), sharpness), _is_file(out)
    how = {"frames": frames, "start": start, "rate": rate, "truncation": truncation}
    with _alone(out):
        columns = None
        if contents is None and motions is None:
            count = (1 if single else 8) if count is None else count
            labels = _labels(sampler, label, range(count))
            how["progress"] = _is_long(sampler, count, frames)
            videos = sampler.generate(count, seed=seed, labels=labels, **how)
        else:
            contents, motions = contents or motions, motions or contents
            if count is not None:
                raise ValueError(
                    "Contents and motions say how many videos there are: leave out count."
                )
            columns = len(motions)
            labels = _labels(sampler, label, contents)
            how["progress"] = _is_long(sampler, len(contents) * columns, frames)
            videos = sampler.mix(contents, motions, seed=seed, labels=labels, **how)
        videos = enlarge(run, videos, seed)
        return _write(out, videos, _fps(sampler, fps, rate), formats, columns)


def walk(
    run: str | os.PathLike | VideoGAN | Sampler,
    out: str | os.PathLike,
    contents: Sequence[int] | None = None,
    motions: Sequence[int] = (0,),
    seed: int = 0,
    label: str | int | None = None,
    formats: Sequence[str] = ("mp4", "gif"),
    fps: float | None = None,
    frames: int | None = None,
    start: float = 0.0,
    rate: float = 1.0,
    truncation: float = 1.0,
    sharpness: float = 1.0,
    closed: bool = True,
    steps: int = 5,
) -> list[str]:
    """Returns the paths of the files written, as `generate` writes them, of a walk among videos.

    In one motion it walks through several contents, which makes one video; of one content it
    goes from a first motion to a second, which makes several, the first and the last of them with
    the two motions themselves.

    Args:
        run, out, seed, label, formats, fps, start, rate, truncation, sharpness: as in `generate`.
        contents: numbers of this seed's videos; by default 0 to 3, or 0 with two motions.
        motions: numbers of this seed's videos: one, or two for one content.
        frames: int; by default 32 for each content, and as many as were trained on with two
            motions.
        closed: bool, whether a walk through contents comes back to the first.
        steps: int, how many videos go from motion to motion.

    Raises:
        ValueError: as `generate` does, when the network does not know time, or when there are
            several contents and several motions, or one of each.
    """
    sampler = sharpened(load_sampler(run), sharpness)
    if contents is None:
        contents = (0, 1, 2, 3) if len(motions) == 1 else (0,)
    if (len(contents) > 1) == (len(motions) > 1):
        raise ValueError(
            "A walk takes several contents in one motion, or two motions of one content, but was "
            f"given {len(contents)} and {len(motions)}: leave some out."
        )
    labels = _labels(sampler, label, contents)
    how = {"seed": seed, "start": start, "rate": rate, "truncation": truncation}
    with _alone(out):
        if len(motions) == 1:
            frames = 32 * len(contents) if frames is None else frames
            how.update(labels=labels, frames=frames, progress=_is_long(sampler, 1, frames))
            videos = sampler.walk(contents, motions[0], closed=closed, **how)[None]
        else:
            label = None if labels is None else labels[0]
            how.update(labels=label, frames=frames, progress=_is_long(sampler, steps, frames))
            videos = sampler.blend(motions, contents[0], steps, **how)
        videos = enlarge(run, videos, seed)
        return _write(out, videos, _fps(sampler, fps, rate), formats, len(videos))


def plot_videos(folder, videos):
    """Returns the paths of `strip.png`, and of `xt.png` when the videos are long, in a folder."""
    names = {"strip.png": plots.film_strip}
    if videos.shape[1] > LONG:
        names["xt.png"] = plots.time_slice
    for name, draw in names.items():
        draw(videos[:16] if name == "strip.png" else videos[:4], Path(folder, name))
    return [str(Path(folder, name)) for name in names]


def _write(out, videos, fps, formats, columns):
    """Returns the paths of the files written."""
    if _is_file(out):
        together = videos[0] if len(videos) == 1 else plots.grid(videos, columns)
        return [write_video(str(out), together, fps=fps)]
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    paths = write_videos(out, videos, fps=fps, formats=formats)
    paths.append(write_video(out / "grid.mp4", plots.grid(videos, columns), fps=fps))
    return [*(str(path) for path in paths), *plot_videos(out, videos)]


def _alone(out):
    """Returns the lock of the file or the folder to write."""
    return alone_at(out) if _is_file(out) else alone_in(out)


def _is_file(out):
    return Path(out).suffix.lower() in FILES


def _is_long(sampler, count, frames):
    """Returns whether so many frames take long enough for a progress bar."""
    return count * (frames or sampler.generator.frames) > 8 * LONG


def _fps(sampler, fps, rate):
    return (sampler.fps or FPS) * rate if fps is None else fps


def _labels(sampler, label, numbers):
    """Returns the class of each number, named or taking turns; None for a model without classes."""
    classes = sampler.generator.num_classes
    if label is not None:
        return np.full(len(numbers), _class_number(label, classes, sampler.class_names), np.int32)
    return np.asarray(numbers, np.int32) % classes if classes else None


def _class_number(label, classes, names):
    """Returns the number of a class that was given by name or number."""
    if not classes:
        raise ValueError("This model knows no classes: leave the label out, or train with them.")
    if str(label) in names:
        return names.index(str(label))
    if str(label).isdecimal() and int(label) < classes:
        return int(label)
    choices = ", ".join(names) if names else f"0 to {classes - 1}"
    raise ValueError(f"There is no class {label!r}: choose among {choices}.")
