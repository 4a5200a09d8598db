"""One pass over videos, from which every score of distributions is computed."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from tfvgan.metrics import extractors
from tfvgan.metrics.archive import load_arrays, save_arrays
from tfvgan.metrics.gaussian import Gaussian
from tfvgan.metrics.protocol import Protocol
from tfvgan.metrics.store import cached
from tfvgan.video import check_video


@dataclass(frozen=True, eq=False)
class Features:
    """Features of some videos, and the protocol by which they were extracted.

    Args:
        values: float32 `(n, dimension)`; n is the number of videos, or of videos times frames,
            the frames of a video one behind the other.
        protocol: the `Protocol`.
    """

    values: np.ndarray
    protocol: Protocol

    @property
    def by_video(self) -> np.ndarray:
        """The values as `(videos, rows of each video, dimension)`."""
        return self.values.reshape(self.protocol.videos, -1, self.values.shape[-1])

    def gaussian(self) -> Gaussian:
        """Returns the mean and covariance of the values, a `Gaussian`."""
        return Gaussian.of(self.values)

    def save(self, path: str | os.PathLike) -> str:
        """Writes a .npz file, which appears whole; returns its path."""
        protocol = np.array(json.dumps(self.protocol.as_dict()))
        return save_arrays(path, values=self.values, protocol=protocol)

    @classmethod
    def load(cls, path: str | os.PathLike) -> Self:
        """Returns the features that `save` wrote.

        Raises:
            FileNotFoundError: when there is no file.
            ValueError: when it holds no features.
        """
        values, protocol = load_arrays(path, ("values", "protocol"))
        try:
            return cls(values, Protocol(**json.loads(str(protocol))))
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"`{path}` must name the protocol of its features, but does not ({error}): "
                "delete it and collect them again."
            ) from error


def collect(
    videos: Iterable[np.ndarray],
    extractor: str | Callable = "i3d",
    count: int = 256,
    *,
    stride: int = 1,
    fps: float | None = None,
    seed: int = 0,
    batch_size: int = 8,
    progress: Callable[[int], None] | None = None,
    key: str | None = None,
    store: str | os.PathLike | None = None,
) -> Features:
    """Returns the `Features` of the first `count` videos, or of all when there are fewer.

    One batch of videos is held at a time; of each, the features are kept.

    Args:
        videos: iterable of videos `(frames, height, width, 3)` or of batches of them, uint8 in
            [0, 255] or float in [-1, 1]; or of `{"video": batch}`, as `tfvgan.data.clips` gives, or
            one of these.
            Frames must be equally many; sizes may differ. What is beyond `count` is not read.
        extractor: "i3d", "alexnet", "vgg16", or an object as `extractors` describes.
        count: int, the most videos.
        stride: int, from one frame to the next in frames of the source: goes into scores' names.
        fps: float, frames a second that the source was resampled to instead, or None: likewise.
        seed: int, what chose the clips: likewise.
        batch_size: int, videos that the extractor sees at once.
        progress: None, or the title of a progress bar on stderr.
        key: None, or a `store.content_key`. What is kept under it is returned without reading
            `videos`; if there is nothing, the features are kept.
        store: folder of what is kept; `store.statistics()` unless given.

    Raises:
        ValueError: when there is no video, one has another shape, or a feature is not finite.
    """
    extractor = extractors.get_extractor(extractor)
    videos = [videos] if isinstance(videos, dict) else videos

    def compute():
        values, frames = _extract(videos, extractor, count, batch_size, progress)
        rows = frames if extractor.per == "frame" else 1
        protocol = Protocol(
            extractor=extractor.name,
            resize=extractor.resize,
            per=extractor.per,
            frames=frames,
            videos=len(values) // rows,
            stride=stride,
            seed=seed,
            fps=fps,
        )
        return Features(values, protocol)

    return cached(key, Features, compute, store) if key else compute()


def _extract(videos, extractor, count, batch_size, progress):
    """Returns the features `(n, dimension)` and the number of frames of each video."""
    from tqdm import tqdm

    values, frames = [], None
    with tqdm(total=count, desc=progress, unit="clip", disable=progress is None) as bar:
        for batch in _grouped(_single(videos, count), batch_size):
            frames = frames or batch.shape[1]
            if batch.shape[1] != frames:
                raise ValueError(
                    f"Videos must have equally many frames, but one has {batch.shape[1]} and "
                    f"those before it {frames}: cut them into clips."
                )
            values.append(_checked(np.array(extractor(batch), np.float32), batch, extractor))
            bar.update(len(batch))
        bar.total = bar.n
    if not values:
        raise ValueError("There is no video to look at: name a source that holds one.")
    return np.concatenate(values), frames


def _checked(features, batch, extractor):
    """Returns the features when they are what the extractor promises."""
    rows = len(batch) * (batch.shape[1] if extractor.per == "frame" else 1)
    if features.shape != (rows, extractor.dimension):
        raise ValueError(
            f"The extractor {extractor.name!r} must return ({rows}, {extractor.dimension}) "
            f"features for {len(batch)} videos, but returned {features.shape}: mend it."
        )
    if not np.isfinite(features).all():
        raise ValueError(
            f"Features must be finite, but {extractor.name!r} returned some that are not: look at "
            "the videos that it was given."
        )
    return features


def _single(videos, count):
    """Yields the first `count` videos, one by one."""
    yielded = 0
    for item in videos:
        item = np.asarray(item["video"] if isinstance(item, dict) else item)
        for video in item if item.ndim == 5 else item[None]:
            yield check_video(video, rank=4)
            yielded += 1
            if yielded == count:
                return


def _grouped(videos, size):
    """Yields `(batch, frames, ...)` of at most `size` videos; fewer where their shapes differ."""
    batch = []
    for video in videos:
        alike = not batch or (video.shape, video.dtype) == (batch[0].shape, batch[0].dtype)
        if len(batch) == size or not alike:
            yield np.stack(batch)
            batch = []
        batch.append(video)
    if batch:
        yield np.stack(batch)
