"""From a video file to its frames: it is probed, a decoder is chosen, frames come in chunks."""

import logging
import os

import numpy as np

from tfvgan.data import pyav
from tfvgan.data.colours import shares_colours
from tfvgan.data.containers import missing_bytes
from tfvgan.data.deinterlacing import check_deinterlace, is_deinterlaced
from tfvgan.data.errors import UnreadableVideo, say_once
from tfvgan.data.pyav import VideoInfo, probe
from tfvgan.data.siting import BY_FOUR, LEFT, lies_left
from tfvgan.data.view import check_view
from tfvgan.data.worker import POOL, Refused, Unavailable, installed

DECODERS = ("auto", "tensorflow-io", "pyav")
LARGEST_DECODED = 384 << 20  # bytes that tensorflow-io, which decodes whole files, may fill
LOGGER = logging.getLogger("tfvgan")
UNKNOWN_TO_FFMPEG_4 = frozenset(["av1", "vvc", "evc", "apv"])
NEVER_WOVEN = frozenset(["gif", "theora", "vp8", "vp9"])  # Codecs without interlaced frames.

__all__ = ["VideoInfo", "probe", "read_frames", "read_video"]

_refused = set()  # what tensorflow-io failed on: it isn't asked twice


def read_frames(
    path,
    *,
    size=None,
    crop="center",
    fps=None,
    stride=1,
    deinterlace="auto",
    partial=False,
    decoder="auto",
    chunk=32,
):
    """Returns an iterator over a video's frames in order, in chunks of `chunk`.

    The chunks are uint8 (n, height, width, 3) in [0, 255], RGB, upright. With PyAV the memory in
    use stays the same however long the file is; tensorflow-io decodes files of up to 400 MB whole.

    Args:
        path: a video file, or a folder of numbered images.
        size: None keeps the size; an int is the length of the shorter side, in pixels;
            `(height, width)` is covered. The aspect never changes.
        crop: "center" cuts the middle square, or `(height, width)`, out; "none" cuts nothing;
            "squeeze" makes the whole picture one.
        fps: frames a second to resample to: at each tick the frame that is on show. None keeps
            the frames as they are.
        stride: every `stride`-th frame is taken; 1 when `fps` is given.
        deinterlace: "auto" makes whole frames of those that say they are two moments woven, as
            many, by FFmpeg's bwdif; "yes" of all, "no" of none.
        partial: whether to take what is there of a file that is cut off, as a warning says; by
            PyAV then.
        decoder: "auto" takes tensorflow-io where it is installed, and PyAV where it isn't; where
            it can't decode, PyAV does, and the log says so. "tensorflow-io" and "pyav" force one.
        chunk: frames of a chunk; the last may hold fewer.

    Raises:
        ValueError: when an argument is none of these.
        UnreadableVideo: when the file gives no frame, or the forced decoder can't read it.
    """
    check_view(size, crop, fps, stride)
    check_deinterlace(deinterlace)
    if decoder not in DECODERS:
        raise ValueError(f"`decoder` must be one of {DECODERS}, not {decoder!r}.")
    if not isinstance(chunk, int) or chunk < 1:
        raise ValueError(f"`chunk` must be a whole number of 1 or more, not {chunk!r}.")
    info = probe(path, partial)
    cut_off = partial and os.path.isfile(path) and missing_bytes(path)
    if decoder == "auto" and (cut_off or not installed()):
        decoder = "pyav"
    return _chunks(info, (size, crop, fps, stride), deinterlace, decoder, chunk)


def read_video(path, **options):
    """Returns all frames of a video at once, uint8 (frames, height, width, 3) in [0, 255].

    Args:
        path: a video file, or a folder of numbered images.
        **options: as in `read_frames`.

    Raises:
        ValueError, UnreadableVideo: as in `read_frames`.
    """
    return np.concatenate(list(read_frames(path, **options)))


def why_not_tensorflow_io(info, fps=None, deinterlace="auto"):
    """Returns why tensorflow-io isn't asked to decode a video, as a clause; "" when it is."""
    if info.codec == "images":
        return "the video is a folder of images"
    if info.codec in UNKNOWN_TO_FFMPEG_4:
        return f"the codec is {info.codec}, which FFmpeg 4 doesn't know"
    if info.frames * info.height * info.width * 3 > LARGEST_DECODED:
        return "the video is too long to be decoded whole"
    if info.variable_rate and fps is not None:
        return "the frame rate varies and `fps` is given, which takes time stamps"
    if info.orientation.sides(info.height, info.width)[1] % 8:
        return "the width is no multiple of 8, and tensorflow-io leaves the last columns unset"
    if info.full_range or info.matrix not in (0, 1, 5, 6):
        return "the colours are full range or wide gamut, which tensorflow-io doesn't look at"
    if _lie_elsewhere(info):
        return "colours are not 4:2:0 that lies left, which is all that tensorflow-io reads rightly"
    if info in _refused:
        return "the file is damaged or unusual, and tensorflow-io failed on it"
    if is_deinterlaced(_is_interlaced(info, deinterlace), deinterlace):
        return "the film is deinterlaced, which tensorflow-io doesn't do"
    return ""


def _lie_elsewhere(info):
    """Returns whether pixels share colours, but not as in most of H.264: see `siting`."""
    import av

    if not shares_colours(av.VideoFormat(info.pixels)):
        return False
    if info.pixels != BY_FOUR:
        return True
    if info.location:
        return info.location != LEFT
    return not lies_left(next(pyav.raw_frames(info)))


def _is_interlaced(info, deinterlace):
    """Returns whether any frame is marked as interlaced; all are asked where it matters.

    That takes a tenth of the time of tensorflow-io, or a fifth.
    """
    if deinterlace != "auto" or info.codec in NEVER_WOVEN:
        return False
    return info.interlaced or any(frame.interlaced_frame for frame in pyav.raw_frames(info))


def _chunks(info, how, deinterlace, decoder, chunk):
    if decoder != "pyav":
        frames, reason = _ask_tensorflow_io(info, how, deinterlace)
        if frames is not None:
            yield from (frames[start : start + chunk] for start in range(0, len(frames), chunk))
            return
        if decoder == "tensorflow-io":
            raise UnreadableVideo(info.path, f"tensorflow-io was asked for, but {reason}")
        if info.codec != "images":
            say_once(f"PyAV decodes instead of tensorflow-io where {reason}.")
    held = []
    for frame in pyav.decode(info, *how, deinterlace):
        held.append(frame)
        if len(held) == chunk:
            yield np.stack(held)
            held = []
    if held:
        yield np.stack(held)


def _ask_tensorflow_io(info, how, deinterlace):
    """The frames and "", or None and the reason why there are none."""
    reason = why_not_tensorflow_io(info, how[2], deinterlace)
    if reason:
        return None, reason
    try:
        return POOL.decode(info._replace(path=os.path.abspath(info.path)), *how), ""
    except Unavailable as error:
        return None, f"tensorflow-io doesn't work: {error}"
    except Refused as error:
        LOGGER.info("%s: tensorflow-io failed (%s).", info.path, error)
        _refused.add(info)
        return None, why_not_tensorflow_io(info)
