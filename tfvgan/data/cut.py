"""Cutting the frames of a file into clips."""

import numpy as np

from tfvgan.data.decode import read_frames
from tfvgan.data.masks import read_masks


class ShortVideo(ValueError):
    """A file with less frames than one clip takes; `.path` and `.reason` say which and how few."""

    def __init__(self, path, have, wanted):
        self.path, self.have, self.wanted = path, have, wanted
        self.reason = f"{have} frames, and a clip takes {wanted}"
        super().__init__(
            f"`{path}` is too short ({self.reason}): "
            "ask for fewer frames or a smaller stride, or choose short='skip' or 'loop'."
        )


def cut(chunks, frames, overlap, path, loop=False):
    """Yields clips, uint8 `(frames, h, w, 3)`, each starting `frames - overlap` after the last.

    Frames left over at the end, less than a clip, are dropped.

    Args:
        chunks: iterator of uint8 `(n, h, w, 3)`, the file's frames in order.
        frames: frames of a clip.
        overlap: frames shared by a clip and the next.
        path: the file, to be named in errors.
        loop: whether a file of less than one clip is played again and again to make one.

    Raises:
        ShortVideo: when the file has less frames than a clip and is not looped, or none.
    """
    held, count = None, 0
    for chunk in chunks:
        held = chunk if held is None else np.concatenate([held, chunk])
        while len(held) >= frames:
            yield held[:frames].copy()
            count += 1
            held = held[frames - overlap :]
    if count:
        return
    have = 0 if held is None else len(held)
    if not (loop and have):
        raise ShortVideo(path, have, frames)
    yield held[np.arange(frames) % have]


def cut_file(path, settings, decoder):
    """Yields the clips of a video file, uint8, cut as the `ClipSettings` say.

    They have the settings' shape, or the whole resized picture's when the crop is random. Of masks
    all three channels have the numbers of classes.

    Raises:
        UnreadableVideo: when the file cannot be decoded, perhaps after some clips.
        ShortVideo: when it has less frames than a clip, and is not to be looped.
        ValueError: when a mask has a colour that is none of its palette's.
    """
    crop = "none" if settings.crop == "random" else settings.crop
    seen = {"size": settings.size, "crop": crop, "fps": settings.fps, "stride": settings.stride}
    if settings.masks is not None:
        masks = read_masks(path, settings.masks, **seen, partial=settings.partial)
        chunks = (np.repeat(mask[..., None], 3, axis=-1) for mask in masks)
    else:
        chunks = read_frames(
            path,
            **seen,
            deinterlace=settings.deinterlace,
            partial=settings.partial,
            decoder=decoder,
        )
    loop = settings.short == "loop"
    return cut(chunks, settings.frames, settings.overlap, path, loop)
