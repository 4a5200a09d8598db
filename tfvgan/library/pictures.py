"""Single pictures out of the middle of videos, for sheets and pages."""

import contextlib
import os

import numpy as np

from tfvgan.data.colours import to_rgb
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
    """Returns the picture of a video at a time, uint8 `(height, width, 3)`, upright.

    It is the frame on show then; the last one behind the end. Of what can't be read, or is gone, it
    is grey.

    Args:
        path: of a video file, or a folder of numbered images.
        second: from the first frame.
        height: in pixels.
    """
    with contextlib.suppress(UnreadableVideo, OSError):
        frame = _frame_at(probe(path), second)
        if frame is not None:
            orientation = orientation_of(frame)
            upright = orientation.upright(to_rgb(frame)[..., :3])
            width = max(1, round(height * upright.shape[1] / upright.shape[0]))
            return resize(upright[None], (height, width), "bilinear")[0]
    return np.full((height, height * 16 // 9, 3), GREY, np.uint8)


def _frame_at(info, second):
    """Returns PyAV's frame at a time, or None."""
    import av

    if info.codec == "images":
        files = image_files(info.path)
        with opened(files[min(int(second * info.fps + SOON), len(files) - 1)]) as container:
            return next(container.decode(video=0), None)
    with contextlib.suppress(av.FFmpegError):
        if (found := _last_until(_sought(info, second), second)) is not None:
            return found
    counted = ((number / info.fps, frame) for number, frame in enumerate(raw_frames(info)))
    return _last_until(counted, second)


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


def _last_until(frames, second):
    """Returns the last frame that begins until a time; None where all begin later.

    Args:
        frames: iterable of `(time, frame)`.
        second: the time.
    """
    found = None
    for time, frame in frames:
        if time > second + SOON:
            break
        found = frame
    return found
