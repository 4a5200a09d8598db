"""From what a user points at to the list of video files, with the labels of their folders."""

import glob
import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from tfvgan.data.errors import say_once

VIDEO_SUFFIXES = """
.264 .3gp .asf .avi .flv .gif .h264 .h265 .hevc .ivf .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .mxf
.ogg .ogv .ts .vob .webm .wmv .y4m
"""
IMAGE_SUFFIXES = ".bmp .jpeg .jpg .png .ppm .tif .tiff .webp"
VIDEO_ENDINGS = frozenset(VIDEO_SUFFIXES.split())
IMAGE_ENDINGS = frozenset(IMAGE_SUFFIXES.split())


class VideoFile(NamedTuple):
    """A video: its path (a file, or a folder of numbered images), its label and class."""

    path: str
    label: int = 0
    class_name: str = ""


def list_videos(path: str | os.PathLike | Sequence[str | os.PathLike]) -> list[VideoFile]:
    """Returns the videos that `path` means, as a sorted list of `VideoFile`.

    Labels count the classes in alphabetical order. The class of a video is the sub-folder of
    `path` that it lies in, at any depth below; where nothing lies in a sub-folder there is one
    class, "". A glob or a list takes each file's own folder for its class, when they differ.

    Args:
        path: a folder (searched in depth; hidden entries left out), a glob, a file, a folder of
            numbered images (one video), or a list of these.

    Raises:
        ValueError: when there is nothing there, or no video in it.
    """
    if isinstance(path, (list, tuple)):
        pairs = [(video, os.path.dirname(video)) for item in path for video in _videos(item)]
        return _labelled(pairs, sort=False) if pairs else _refuse("The list of videos is empty")
    path = os.fspath(path)
    videos = _videos(path)
    if os.path.isdir(path) and not is_image_folder(path):
        pairs = [(video, _first_folder(video, path)) for video in videos]
    else:
        pairs = [(video, os.path.dirname(video)) for video in videos]
    return _labelled(pairs, sort=True)


def is_image_folder(path):
    """Returns whether `path` is a folder that holds images and no video: one video.

    Images beside folders with videos, or with images, are such a video if they are numbered; else
    they are covers and the like, and left out. Either way a warning says what is.
    """
    if not os.path.isdir(path):
        return False
    names = _visible(path)
    images = [name for name in names if _suffix(name) in IMAGE_ENDINGS]
    if not images or any(_suffix(name) in VIDEO_ENDINGS for name in names):
        return False
    with os.scandir(path) as entries:
        folders = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    shown = sorted(name for name in folders if not name.startswith("."))
    beside = next((name for name in shown if _holds_videos(os.path.join(path, name))), None)
    numbered = len(images) > 1 and all(map(_number, images))
    if beside is not None:
        left = f"folders such as `{beside}`" if numbered else f"pictures such as `{images[0]}`"
        say_once(f"The {left} in `{path}` are left out, since what is beside them is videos.")
    return beside is None or numbered


def _holds_videos(folder):
    """Whether a folder holds a video or an image, at any depth."""
    names = (name for _, _, names in os.walk(folder) for name in names if name[0] != ".")
    return any(_suffix(name) in VIDEO_ENDINGS | IMAGE_ENDINGS for name in names)


def _number(name):
    """Returns the last digits of a file's name; "" where there are none."""
    return (re.findall(r"\d+", os.path.splitext(name)[0]) or [""])[-1]


def say_gaps(folder, files):
    """Warns where numbers are missing among the images of a folder, which are taken in a row.

    Args:
        folder: which the warning names.
        files: their paths, of `image_files`.
    """
    numbers = [_number(os.path.basename(file)) for file in files]
    if not all(numbers):
        return
    numbers = [int(number) for number in numbers]
    steps = [after - before for before, after in zip(numbers, numbers[1:])]
    gaps = [place for place, step in enumerate(steps) if step > min(steps) > 0]
    if gaps:
        names = [os.path.basename(files[gaps[0] + n]) for n in (0, 1)]
        say_once(
            f"Numbers are missing among the images in `{folder}`, in {len(gaps)} places, such as "
            f"between {names[0]} and {names[1]}: they are taken in a row."
        )


def image_files(folder):
    """Returns the paths of a folder's images in the order of their numbers (2 before 10)."""
    names = [name for name in _visible(folder) if _suffix(name) in IMAGE_ENDINGS]
    return [os.path.join(folder, name) for name in sorted(names, key=_natural)]


def _videos(path):
    """The paths of the videos that one folder, glob or file means."""
    path = os.fspath(path)
    if os.path.isdir(path):
        return _search(path) or _refuse(f"The folder {path} holds no video")
    if os.path.exists(path):
        return [path]
    if not glob.has_magic(path):
        return _refuse(f"There is no file or folder {path}")
    videos = []
    for item in sorted(glob.glob(path, recursive=True), key=_natural):
        videos += (
            _search(item) if os.path.isdir(item) else [item] * (_suffix(item) in VIDEO_ENDINGS)
        )
    return list(dict.fromkeys(videos)) or _refuse(f"The pattern {path} matches no video")


def _search(folder):
    """Every video below a folder; a folder of images is one, and is not searched further.

    Links to folders are followed, but for those that lie in this one, or around it: their videos
    are found where they are, once.
    """
    return _below(folder, os.path.realpath(folder), set())


def _below(folder, root, visited):
    """The videos below a folder that is reached from `root`; `seen` are the folders before."""
    real = os.path.realpath(folder)
    if real in visited:
        return []
    visited.add(real)
    if is_image_folder(folder):
        return [folder]
    videos = []
    for name in _visible(folder):
        path = os.path.join(folder, name)
        if not os.path.isdir(path):
            videos += [path] * (_suffix(name) in VIDEO_ENDINGS)
        elif not os.path.islink(path) or not _contains(root, os.path.realpath(path)):
            videos += _below(path, root, visited)
    return videos


def _contains(one, other):
    """Whether of two real folders one lies in the other, or is it."""
    return os.path.commonpath([one, other]) in (one, other)


def _labelled(pairs, sort):
    """`VideoFile`s from pairs of path and folder; the folders become classes when they differ."""
    if sort:
        pairs = sorted(pairs, key=lambda pair: _natural(pair[0]))
    folders = sorted({folder for _, folder in pairs})
    if len(folders) == 1:
        return [VideoFile(video, 0, "") for video, _ in pairs]
    names = [os.path.basename(folder) for folder in folders]
    names = names if len(set(names)) == len(names) else folders
    label = {folder: index for index, folder in enumerate(folders)}
    return [VideoFile(video, label[folder], names[label[folder]]) for video, folder in pairs]


def _first_folder(video, root):
    """The first folder on the way from `root` to a video; "" when it lies in `root` itself."""
    parts = os.path.relpath(video, root).split(os.sep)
    return parts[0] if len(parts) > 1 else ""


def _visible(folder):
    return sorted(name for name in os.listdir(folder) if not name.startswith("."))


def _suffix(name):
    return os.path.splitext(name)[1].lower()


def _natural(name):
    """Sorts by numbers where there are numbers."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def _refuse(what):
    raise ValueError(
        f"{what}: give a folder, a glob, a list or a file of "
        "video (.mp4, .mkv, .webm, .avi, .mov, .gif, ...) or a folder of numbered images."
    )
