"""A film, looked at once from its first frame to its last: its curves, and what follows of them."""

import dataclasses
import os
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from tfvgan.data.resize import resize
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.anomaly import Normal, anomaly, normal_of
from tfvgan.tasks.analysis.finder import THUMBNAIL, Finder
from tfvgan.tasks.analysis.measures import Measured, Measures, luma_grid
from tfvgan.tasks.analysis.repeats import SIZE, STEP, Repeat, picture_hash, repeats
from tfvgan.tasks.analysis.shots import Shot, Transition, runs, shots, transitions
from tfvgan.tasks.analysis.sound import Loudness, loudness
from tfvgan.tasks.analysis.stills import Stills
from tfvgan.tasks.analysis.watched import Watcher

LINES = 180  # Of the pictures that are looked at, at most.
MOVES = 4.0  # Levels that the block with the most motion changes by, from which on something moves.
STANDS = 1.0  # Seconds between two stretches of motion that are one.
AROUND = 0.5  # Seconds that are kept before and behind motion.
ODD = 1.2  # Of the anomaly curve, from which on a stretch is named.


@dataclasses.dataclass(frozen=True)
class Analysis:
    """What happens when in a film.

    Args:
        video: path.
        fps: Fraction, frames a second on average.
        size: `(height, width)` in pixels.
        times: float `(t,)`, seconds of each frame.
        end: float, seconds at which the last frame goes.
        scores: float32 `(t, 2)`, probabilities of a cut, and of a gradual transition.
        measures: dict of float32 `(t,)`, by the names of `Measured`.
        anomaly: float32 `(t,)`, 1 is what few normal frames exceed.
        sound: `Loudness` at `times`, or None.
        transitions: list of `Transition`.
        shots: list of `Shot`.
        moving: list of `(begin, end)`, frames of stretches in which something moves.
        odd: list of `(begin, end)`, frames of stretches that are unusual.
        places: list of `(left, top, width, height)`, where each of them is most so, as shares of
            the picture.
        repeats: list of `Repeat`.
        stills: dict of thumbnails, uint8 `(27, 48, 3)`, by the number of a frame.
    """

    video: str
    fps: Fraction
    size: tuple[int, int]
    times: np.ndarray
    end: float
    scores: np.ndarray
    measures: dict
    anomaly: np.ndarray
    sound: Loudness | None
    transitions: list[Transition]
    shots: list[Shot]
    moving: list
    odd: list
    places: list
    repeats: list[Repeat]
    stills: dict

    def time(self, frame: int) -> float:
        """Returns the seconds at which a frame comes; behind the last one the end."""
        return float(self.times[frame]) if frame < len(self.times) else self.end


def analysed(
    video: str | os.PathLike,
    finder: Finder,
    normal: Normal | None = None,
    progress: Callable[[int, int | None], object] = lambda done, count: None,
    **read: Any,
) -> Analysis:
    """Returns the `Analysis` of a film, which is read once; of each frame a few numbers are kept.

    Args:
        video: path of a file or a folder of images.
        finder: `Finder` of cuts.
        normal: `Normal`, what is usual; None for what is in the film itself.
        progress: function of the frames that are done, and how many there are.
        **read: of `tfvgan.streaming.Source`.

    Raises:
        UnreadableVideo: when there is no video in it.
    """
    source = Source(video, **read)
    look = _Look(source, progress)
    scores = np.stack(list(finder.stream(look.thumbnails())))
    found = transitions(scores)
    parts = shots(found, len(scores))
    times = np.array(look.times)
    end = float(source.timeline.end)
    sound = None if source.is_folder else loudness(source.path, source.timeline)
    measures = {
        name: np.array(values, "float32") for name, values in zip(Measured._fields, zip(*look.rows))
    }
    seen = look.watcher.watched()
    begins = [part.begin for part in parts[1:]]
    for values in (measures["motion"], measures["moving"]):
        values[begins] = 0.0  # What another shot shows is no motion.
    seen.change[seen.window[begins]] = 0.0  # Nor is it here.
    unusual = anomaly(seen, normal)
    odd = stretches(unusual.curve >= ODD, source.fps, STANDS, 0.0)
    number_of = np.searchsorted([part.begin for part in parts], look.hashed, side="right") - 1
    at = [float(times[number]) for number in look.hashed]
    return Analysis(
        video=source.path,
        fps=source.fps,
        size=source.size,
        times=times,
        end=end,
        scores=scores,
        measures=measures,
        anomaly=unusual.curve,
        sound=None if sound is None else sound.at(times),
        transitions=found,
        shots=parts,
        moving=stretches(measures["moving"] >= MOVES, source.fps, STANDS, AROUND),
        odd=odd,
        places=[_worst(unusual, *each) for each in odd],
        repeats=repeats(look.hashes, at, number_of.tolist()),
        stills=look.stills.kept(),
    )


def _worst(unusual, begin, end):
    """Returns the box at the most unusual frame of a stretch, a tuple of floats."""
    return tuple(unusual.box[begin + unusual.curve[begin:end].argmax()].tolist())


def normal_films(videos, progress=lambda done, count: None, **read) -> Normal:
    """Returns what is `Normal` by some films.

    Args:
        videos: paths.
        progress: as of `analysed`, of all of their frames.
        **read: of `tfvgan.streaming.Source`.
    """
    sources = [Source(video, **read) for video in videos]
    counts = [source.count for source in sources]
    whole, films, done = (None if None in counts else sum(counts)), [], 0
    for source in sources:
        watcher = Watcher()
        for frame in source.frames(size=seen_size(source.size)):
            watcher(luma_grid(frame.rgb), float(frame.time))
            done += 1
            progress(done, whole)
        films.append(watcher.watched())
    return normal_of(films)


def stretches(chosen, fps, gap, around):
    """Returns the stretches of frames that are chosen, as `(begin, end)`.

    Args:
        chosen: bool `(t,)`.
        fps: frames a second.
        gap: seconds between two that are one.
        around: seconds that are added before and behind each.
    """
    more, count = round(around * fps), len(chosen)
    wide = np.zeros(count, bool)
    for begin, end in runs(chosen):
        wide[max(0, begin - more) : end + more] = True
    return runs(wide, round(gap * fps))


def seen_size(size):
    """Returns the `(height, width)` that frames are looked at in: at most `LINES` lines."""
    height, width = size
    scale = min(1.0, LINES / min(height, width))
    return max(THUMBNAIL[0], round(height * scale)), max(THUMBNAIL[1], round(width * scale))


class _Look:
    """A look at a source's frames, one after the other."""

    def __init__(self, source, progress):
        self.source, self._progress = source, progress
        self.times, self.rows, self.hashes, self.hashed = [], [], [], []
        self.watcher, self.stills = Watcher(), Stills()
        self._measures, self._next = Measures(), 0.0

    def thumbnails(self):
        """Yields the thumbnails of all frames; what else is seen of them is kept."""
        count = self.source.count
        for number, frame in enumerate(self.source.frames(size=seen_size(self.source.size))):
            thumbnail = resize(frame.rgb[None], THUMBNAIL, "area")[0]
            time, grid = float(frame.time), luma_grid(frame.rgb)
            self.times.append(time)
            self.rows.append(self._measures(frame.rgb, grid))
            self.watcher(grid, time)
            self.stills.add(number, time, thumbnail)
            if time >= self._next:
                self.hashes.append(picture_hash(luma_grid(frame.rgb, SIZE)))
                self.hashed.append(number)
                self._next = time + STEP
            self._progress(number + 1, max(count or 0, number + 1))
            yield thumbnail
