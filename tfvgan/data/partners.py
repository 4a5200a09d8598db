"""Videos that belong together: each has a partner of its name, and their clips go side by side."""

import os

import tensorflow as tf

from tfvgan.data.cache import ClipCache, is_cache
from tfvgan.data.decode import probe
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.files import is_image_folder, list_videos
from tfvgan.data.pyav import raw_frames

PACKETS_TOLERANCE = 2  # `probe` counts packets; a decoder may give one or two frames fewer


def is_one(place):
    """Returns whether a place is one video, a file or a folder of numbered images."""
    return isinstance(place, (str, os.PathLike)) and (
        os.path.isfile(place) or is_image_folder(place)
    )


def named_videos(place):
    """Returns the paths of the videos at a place by their names within it, without endings.

    Args:
        place: as of `list_videos`, or a folder that `prepare` has made, whose videos may be gone.

    Raises:
        ValueError: when there are none, or two share a name.
    """
    if cached := is_cache(place):
        paths = [file.path for file in ClipCache.open(place).files]
    else:
        paths = [file.path for file in list_videos(place)]
    whole = not (cached or isinstance(place, (list, tuple)) or is_one(place))
    if whole and os.path.isdir(place):
        root = place
    else:
        root = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    named = {}
    for path in paths:
        name = os.path.relpath(path, root)
        name = name if os.path.isdir(path) else os.path.splitext(name)[0]
        if named.setdefault(name, path) != path:
            raise ValueError(
                f"Names must tell the videos of a folder apart, but `{named[name]}` and `{path}` "
                "differ in their endings alone: take one away."
            )
    return named


def partners(videos, others):
    """Returns the path of each video's partner by the video's own, a dict of absolute paths.

    Args:
        videos: as of `named_videos`.
        others: likewise; more than there are partners may lie there. Two single videos are
            partners, whatever their names.

    Raises:
        ValueError: when a video has none.
    """
    ours, theirs = named_videos(videos), named_videos(others)
    if is_one(videos) and is_one(others):
        theirs = dict(zip(ours, theirs.values()))
    lone = [path for name, path in ours.items() if name not in theirs]
    if lone:
        more = f" and {len(lone) - 1} more have" if len(lone) > 1 else " has"
        raise ValueError(
            f"Each video needs a partner of its name in `{others}`, but `{lone[0]}`{more} none: "
            "put it there, or take the video away."
        )
    return {os.path.abspath(path): os.path.abspath(theirs[name]) for name, path in ours.items()}


def check_alike(matched, fps=None, partial=False):
    """Raises ValueError when partners differ in frames or size; or in rate, if that matters.

    What can't be read, or is not there any more, is left to those who read it.

    Args:
        matched: of `partners`.
        fps: frames a second that both are resampled to, or None.
        partial: as of `probe`.
    """
    for path, other in matched.items():
        try:
            ours, theirs = (probe(each, partial) for each in (path, other))
        except UnreadableVideo:
            continue
        for what, a, b in (
            ("height", f"{ours.height} pixels", f"{theirs.height}"),
            ("width", f"{ours.width} pixels", f"{theirs.width}"),
            ("length", f"{_frames(ours, theirs)} frames", f"{_frames(theirs, ours)}"),
        ):
            if a.split()[0] != b:
                raise ValueError(
                    f"Partners must match frame by frame, but `{path}` has a {what} of {a} and "
                    f"`{other}` of {b}: make it anew from the other, or take both away."
                )
        same = abs(ours.fps - theirs.fps) <= 1e-6 * ours.fps
        if fps is not None and not (same and ours.variable_rate == theirs.variable_rate):
            raise ValueError(
                f"`fps` takes frames by their times, but `{path}` has {ours.fps:g} frames a second "
                f"and its partner `{other}` {theirs.fps:g}, or their rates vary: choose a `stride`."
            )


def _frames(info, other):
    """Returns the frames of a video: its packets; where those are near another's, all decoded."""
    if 0 < abs(info.frames - other.frames) <= PACKETS_TOLERANCE:
        return sum(1 for _ in raw_frames(info))
    return info.frames


def in_step(cache, others, matched):
    """Returns the cache of the partners alone, clip by clip as those of `cache`.

    So whatever is a function of a clip's number, of the order, of crops and of flips, is of both.

    Args:
        cache: `ClipCache`.
        others: `ClipCache` that holds the partners of its videos.
        matched: of `partners`.

    Raises:
        ValueError: when a partner gives other clips, or none.
    """
    held, found = {file.path: file for file in others.files}, []
    for file in cache.files:
        partner = held.get(matched[file.path])
        clips = 0 if partner is None else partner.clips
        if clips != file.clips or partner.shape != file.shape:
            sides = "none" if partner is None else f"{clips} of {partner.height}x{partner.width}"
            raise ValueError(
                f"Partners must give the same clips, but `{file.path}` gives {file.clips} of "
                f"{file.height}x{file.width} pixels and `{matched[file.path]}` {sides}: make it "
                "anew from the other, or take both away."
            )
        found.append(partner)
    return others.only(found)


def together(clips, **others):
    """Returns the data set of `tfvgan.data.clips` with the videos of others beside it, by names.

    Args:
        clips: data set.
        **others: data sets that were made with the same arguments, of caches that are `in_step`.
    """
    sets = {name: each.map(lambda named: named["video"]) for name, each in others.items()}
    return tf.data.Dataset.zip((clips, sets)).map(lambda named, beside: {**named, **beside})
