"""Single pictures out of the middle of videos, for sheets and pages."""

import contextlib
import os
from collections.abc import Sequence

import numpy as np

from tfvgan.data.colours import Reformatter, to_rgb
from tfvgan.data.decode import probe
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.files import image_files
from tfvgan.data.opening import opened
from tfvgan.data.orientation import orientation_of
from tfvgan.data.pyav import DECODED, raw_frames
from tfvgan.data.resize import resize

GREY = 96  # What stands for a picture that can't be had.
SOON = 1e-3  # Seconds after the one asked for at which a frame may begin.
EARLY = 0.5  # Seconds that a search begins early: a key frame may be found too late.


def picture_at(path: str | os.PathLike, second: float, height: int) -> np.ndarray:
    """Returns one picture of a video; see `pictures_at`."""
    return pictures_at(path, [second], height)[0]


def pictures_at(path: str | os.PathLike, seconds: Sequence[float], height: int) -> list[np.ndarray]:
    """Returns pictures of a video, uint8 `(height, width, 3)` each, upright.

    They are the frames on show then; the last one behind the end. Of what can't be read, or is
    gone, they are grey. The video is decoded once, from before the first to the last of them.

    Args:
        path: of a video file, or a folder of numbered images.
        seconds: from the first frame, in order.
        height: in pixels.
    """
    frames, kept = [None] * len(seconds), None
    with contextlib.suppress(UnreadableVideo, OSError):
        info = probe(path)
        kept, frames = Reformatter(info.location), _frames_at(info, list(seconds))
    return [_picture(frame, height, kept) for frame in frames]


def _picture(frame, height, kept):
    """Returns PyAV's frame as a picture, grey of None."""
    if frame is None:
        return np.full((height, height * 16 // 9, 3), GREY, np.uint8)
    upright = orientation_of(frame).upright(to_rgb(frame, kept=kept)[..., :3])
    width = max(1, round(height * upright.shape[1] / upright.shape[0]))
    return resize(upright[None], (height, width), "bilinear")[0]


def _frames_at(info, seconds):
    """Returns PyAV's frames at times in order; None where there is none."""
    import av

    if info.codec == "images":
        return [_image(info, second) for second in seconds]
    found = [None]
    with contextlib.suppress(av.FFmpegError):
        found = _last_until(_sought(info, seconds[0]), seconds)
    if found[0] is not None:
        return found
    counted = ((number / info.fps, frame) for number, frame in enumerate(raw_frames(info)))
    return _last_until(counted, seconds)


def _image(info, second):
    """Returns PyAV's frame of a folder of images at a time."""
    files = image_files(info.path)
    with opened(files[min(int(second * info.fps + SOON), len(files) - 1)]) as container:
        return next(container.decode(video=0), None)


def _sought(info, second):
    """Yields frames with their times, from the key frame before a time on."""
    with opened(info.path) as container:
        stream = container.streams.video[info.stream]
        first = stream.start_time or 0
        container.seek(first + int(max(0, second - EARLY) / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            tick = frame.dts if container.format.name in DECODED else frame.pts
            if tick is not None:
                yield float((tick - first) * stream.time_base), frame


def _last_until(frames, seconds):
    """Returns the last frame that begins until each time; None where all begin later.

    Args:
        frames: iterable of `(time, frame)`.
        seconds: the times, in order.
    """
    found, last = [], None
    for time, frame in frames:
        while len(found) < len(seconds) and time > seconds[len(found)] + SOON:
            found.append(last)
        if len(found) == len(seconds):
            return found
        last = frame
    return found + [last] * (len(seconds) - len(found))
