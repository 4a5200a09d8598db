"""Sources of videos to evaluate: files, a cache of clips, an array, or a model."""

import logging
import os
import string

import numpy as np

from tfvgan.data import ClipCache, UnreadableVideo, list_videos, probe
from tfvgan.data.cache import is_cache
from tfvgan.data.cut import cut
from tfvgan.data.decode import read_frames
from tfvgan.data.read_ahead import handed_out
from tfvgan.evaluation.models import find_model_videos
from tfvgan.video import check_video

LOGGER = logging.getLogger("tfvgan")


class VideoSet:
    """A set of videos to take clips from.

    Attributes:
        name: "real", "generated" or whatever the set is called in what is said.
        place: where it is from, for people.
        most_frames: the most frames of a clip, or None where only the files can tell.
        fixed: dict of the `Sampling` settings that cannot be other than they are.
        suggested: dict of settings to take unless asked otherwise.
        rate: frames a second, or None where nothing says; known after `plan`.
        chosen: dict of the video files' paths, each with the numbers of the clips taken of it;
            empty where there are none; known when the clips are read.
    """

    most_frames = None
    rate = None

    def __init__(self, name, place):
        self.name = name
        self.place = place
        self.fixed = {}
        self.suggested = {}
        self.chosen = {}

    def __str__(self):
        return f"the {self.name} set ({self.place})"

    def plan(self, sampling):
        """Returns how many clips there are for a settled `Sampling`, and their `(height, width)`.

        The size is the videos' own, None where they differ.

        Raises:
            ValueError: when there is no clip.
        """
        raise NotImplementedError

    def clips(self, sampling):
        """Yields clips, uint8 `(frames, height, width, 3)`, for the planned `Sampling`."""
        raise NotImplementedError


def open_source(videos, name):
    """Returns the `VideoSet` for `videos`.

    Args:
        videos: a video file, a folder or a list of them; a folder that `tfvgan.data.prepare` has
            made; uint8 `(n, t, h, w, 3)`; a run's folder, a `.keras` file, a SavedModel's folder or
            one of its versions, or a `VideoGAN`, to sample from.
        name: what to call the set in errors and tables.

    Raises:
        ValueError: when there is nothing of the kind.
    """
    if sampler := find_model_videos(videos):
        return Sampled(name, sampler)
    if hasattr(videos, "shape"):
        return Array(name, videos)
    if is_cache(videos):
        return Cached(name, videos)
    return Files(name, videos)


class Files(VideoSet):
    """Video files. One clip of each comes first, then a second of each, as the seed chooses.

    So as many files as can be have their say, and long ones no more than short ones.
    """

    def __init__(self, name, videos):
        self._listed = [os.fspath(file.path) for file in list_videos(videos)]
        _check_twins(self._listed)
        count = len(self._listed)
        where = os.path.commonpath(self._listed) if isinstance(videos, (list, tuple)) else videos
        super().__init__(name, str(where) if count == 1 else f"{count} files in {where}")
        self._order = []

    def plan(self, sampling):
        """Probes as many files as needed; the rest is never opened."""
        random = np.random.default_rng(sampling.seed)
        left_out, infos, queues = [], {}, []
        for place in random.permutation(len(self._listed)):
            if len(infos) == sampling.videos:
                break
            path = self._listed[place]
            try:
                info = probe(path, sampling.partial)
            except UnreadableVideo as error:
                left_out.append(error.reason)
                continue
            clips = _frames_taken(info, sampling) // sampling.frames
            if not clips:
                left_out.append(f"{info.frames} frames")
                continue
            infos[path] = info
            queues.append([(path, int(clip)) for clip in random.permutation(clips)])
        if not infos:
            raise ValueError(
                f"No file of {self} gives a clip of {sampling.frames} frames "
                f"({left_out[0]}): ask for fewer frames or a smaller stride."
            )
        if left_out:
            LOGGER.warning(
                "%d files of %s are left out (%s).", len(left_out), self, ", ".join(left_out[:3])
            )
        self._order = _rounds(queues, sampling.videos)
        self.rate = _common({info.fps for info in infos.values()})
        return len(self._order), _common({(info.height, info.width) for info in infos.values()})

    def clips(self, sampling):
        """Decodes each file once, in the order of their names, and by PyAV on every machine."""
        wanted = {}
        for path, clip in sorted(self._order[: sampling.videos]):
            wanted.setdefault(path, []).append(clip)
        self.chosen = {path: wanted[path] for path in self._listed if path in wanted}

        def read(path):
            how = {name: getattr(sampling, name) for name in ("size", "fps", "stride", "partial")}
            chunks = read_frames(path, decoder="pyav", **how)
            for number, clip in enumerate(cut(chunks, sampling.frames, 0, path)):
                if number in wanted[path]:
                    yield clip
                if number == wanted[path][-1]:
                    return

        for _, clip, error in handed_out(self.chosen, read, together=False):
            if clip is not None:
                yield clip
            elif isinstance(error, ValueError):
                LOGGER.warning("%s", error)
            elif error is not None:
                raise error


class Cached(VideoSet):
    """Clips that were decoded before, by `tfvgan prepare` or by a training."""

    def __init__(self, name, folder):
        super().__init__(name, f"the clips in {folder}")
        self._cache = ClipCache.open(folder)
        settings = self._cache.settings
        self.most_frames = settings.frames
        self.fixed = {
            "size": settings.shape[1:3],
            "stride": settings.stride,
            "fps": settings.fps,
        }

    def plan(self, sampling):
        return min(self._cache.count, sampling.videos), self.fixed["size"]

    def clips(self, sampling):
        for number in _chosen_numbers(self._cache.count, sampling):
            yield _middle(self._cache.clip(number)[: sampling.frames], sampling.size)


class Array(VideoSet):
    """Videos in memory."""

    def __init__(self, name, videos):
        self._videos = np.asarray(check_video(videos, name))
        if self._videos.dtype != np.uint8:
            raise ValueError(
                f"The {name} videos must be uint8 in [0, 255], but are {self._videos.dtype}: "
                "convert with tfvgan.video.to_uint8."
            )
        super().__init__(name, f"{len(self._videos)} videos in memory")
        self.most_frames = self._videos.shape[1]
        self.fixed = {"size": self._videos.shape[2:4]}

    def plan(self, sampling):
        return min(len(self._videos), sampling.videos), self.fixed["size"]

    def clips(self, sampling):
        for number in _chosen_numbers(len(self._videos), sampling):
            yield self._videos[number, : sampling.frames]


class Sampled(VideoSet):
    """Videos that a model makes: as many as are asked for."""

    def __init__(self, name, sampler):
        super().__init__(name, sampler.place)
        self._sampler = sampler
        self.most_frames = sampler.shape[0]
        self.fixed = {"size": sampler.shape[1:3]}
        self.suggested = sampler.trained_on

    def plan(self, sampling):
        return sampling.videos, self.fixed["size"]

    def clips(self, sampling):
        for video in self._sampler.videos(sampling.videos, sampling.seed):
            yield video[: sampling.frames]


def _check_twins(paths):
    """Raises a ValueError for a video that is there twice, as .mp4 and as .gif."""
    by_stem = {}
    for path in paths:
        stem, ending = os.path.splitext(path)
        twin = by_stem.setdefault(stem, path)
        if twin != path and os.path.isfile(path):
            folder, name = os.path.split(stem)
            series = name.rstrip(string.digits)  # sample-000, sample-001, ...
            pattern = os.path.join(folder, f"{series if series != name else ''}*{ending}")
            raise ValueError(
                f"A set must hold each video once, but `{twin}` and `{path}` differ in their "
                f"endings alone: give a pattern, such as '{pattern}'."
            )


def _frames_taken(info, sampling):
    """Returns how many frames reading a file with this stride or rate gives."""
    if sampling.fps is not None:
        return int(info.duration * sampling.fps)
    return -(-info.frames // sampling.stride)


def _rounds(queues, count):
    """Returns `count` items at most: the first of each queue, then the second of each, ..."""
    longest = max(map(len, queues))
    taken = [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
    return taken[:count]


def _chosen_numbers(count, sampling):
    """Returns the numbers of the clips that the seed chooses, in ascending order."""
    order = np.random.default_rng(sampling.seed).permutation(count)[: sampling.videos]
    return sorted(int(number) for number in order)


def _middle(clip, size):
    """Returns the central `size` of a clip, which a cache for random crops stores larger."""
    top, left = ((have - want) // 2 for have, want in zip(clip.shape[1:3], size))
    return clip[:, top : top + size[0], left : left + size[1]]


def _common(values):
    """Returns the one value that all share, or None."""
    return next(iter(values)) if len(values) == 1 else None
