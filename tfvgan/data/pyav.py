"""The second decoder, which also probes every file first: PyAV, with a current FFmpeg inside.

It reads what `tfvgan.data.opening` opens, in constant memory, and goes on behind damaged places.
"""

import contextlib
import functools
import os
import stat
from typing import NamedTuple

import numpy as np

from tfvgan.data.colours import (
    HDR,
    Reformatter,
    converted,
    is_full_range,
    location_of,
    matrix_of,
    scaling,
)
from tfvgan.data.containers import missing_bytes
from tfvgan.data.deinterlacing import deinterlaced
from tfvgan.data.errors import CutOff, UnreadableVideo, say_once
from tfvgan.data.files import image_files, is_image_folder, say_gaps
from tfvgan.data.hdr import static
from tfvgan.data.opening import opened
from tfvgan.data.orientation import Orientation, orientation_of
from tfvgan.data.stamps import LONGEST_FRAME, LONGEST_STAND, rate_of
from tfvgan.data.streams import MAX_PIXELS, packets, video_stream
from tfvgan.data.view import take, view

DECODED = ("avi",)  # Formats that say when frames are decoded, not when they are shown.
IMAGE_FPS = 25.0  # what numbered images play at, and a file that doesn't say


class VideoInfo(NamedTuple):
    """The facts of a video.

    `height` and `width` are of the upright picture; `rotation` and `mirrored` are what makes the
    stored picture so, as in `tfvgan.data.orientation.Orientation`. `frames` are counted packet by
    packet, and a decoder may give one or two fewer. `duration` is in seconds. `stream` is the video
    stream's number, `pixels` FFmpeg's name of the pixel format, `matrix` its number of the matrix
    that frames are read by (0: none, RGB); `full_range` tells of colours that use 0 to 255 where
    the format's name does not, `interlaced` that the first frame is two moments woven, as it says;
    `hdr` is what that says of HDR, see `tfvgan.data.hdr.static`. `location` is where colours lie
    that pixels share, see `tfvgan.data.siting`; "" where frames say it themselves.
    """

    path: str
    frames: int
    height: int
    width: int
    fps: float
    rotation: int
    codec: str
    variable_rate: bool
    duration: float
    stream: int = 0
    pixels: str = "rgb24"
    matrix: int = 0
    full_range: bool = False
    mirrored: bool = False
    interlaced: bool = False
    hdr: tuple = ()
    location: str = ""

    @property
    def orientation(self):
        """Returns the `Orientation` of the stored pictures."""
        return Orientation(self.rotation, self.mirrored)


def probe(path: str | os.PathLike, partial: bool = False) -> VideoInfo:
    """Returns the `VideoInfo` of a file or a folder of numbered images.

    Reads the file once, decodes its first frame only, and remembers the answer while the file
    stays as it is.

    Args:
        path: of the file or folder.
        partial: bool, whether to be content with what is there of a file that is cut off; a warning
            says how much that is.

    Raises:
        CutOff: when the file is, and that is not to be, or nothing of it can be read.
        UnreadableVideo: when there is no such file, or no frame in it.
    """
    path = os.fspath(path)
    try:
        state = os.stat(path)
    except OSError as error:
        raise UnreadableVideo(path, f"the system says {error.strerror!r}") from None
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        reason = "it is a pipe or a device, which is read once: make a file of what it holds, or"
        raise UnreadableVideo(path, f"{reason} let it be standard input (<), and give -")
    return _probe(path, state.st_size, state.st_mtime_ns, partial)


@functools.lru_cache(maxsize=4096)
def _probe(path, size, modified, partial):
    """`probe`, remembered by the file's size and time of change."""
    if os.path.isdir(path):
        names = image_files(path) if is_image_folder(path) else []
        if not names:
            raise UnreadableVideo(path, "it is a folder without numbered images")
        say_gaps(path, names)
        frame = next(_file_frames(names[0]))
        return _info(path, frame, "images", [i / IMAGE_FPS for i in range(len(names))], IMAGE_FPS)
    if size == 0:
        raise UnreadableVideo(path, "the file is empty")
    missing = missing_bytes(path)
    if missing and partial:
        return _probe_partly(path, missing)
    if missing:
        raise CutOff(path, f"it is cut off, its last {missing} bytes or more are missing")
    return _probe_file(path)[0]


def _probe_partly(path, missing):
    """Returns the `VideoInfo` of the part of a cut-off file that is there, and warns."""
    try:
        info, whole = _probe_file(path)
    except UnreadableVideo:
        reason = f"nothing of it can be read without its last {missing} bytes or more"
        raise CutOff(path, reason) from None
    share = f" of {whole:.2f}" if whole > info.duration + 1 / info.fps else ""
    say_once(
        f"{path} is cut off, its last {missing} bytes or more are missing: what is there is taken, "
        f"{info.frames} frames, {info.duration:.2f}{share} seconds."
    )
    return info


def _probe_file(path):
    """Returns the `VideoInfo` of a file, and the seconds in its header; 0 without any.

    Raises:
        UnreadableVideo: when there is no frame in it.
    """
    with opened(path) as container:
        stream = video_stream(path, container)
        times, frame = _scan(container, stream)
        if frame is None:
            reason = "none of its frames can be decoded" if times else "it holds no frame"
            raise UnreadableVideo(path, reason)
        rate = float(stream.average_rate or stream.guessed_rate or 0)
        number = container.streams.video.index(stream)
        info = _info(path, frame, stream.codec_context.name, times, rate, number)
        return info, (container.duration or 0) / 1e6


def decode(info, size=None, crop="center", fps=None, stride=1, deinterlace="auto"):
    """Yields the video's frames one by one, uint8 (height, width, 3), upright.

    Args:
        info: the `VideoInfo` of the file.
        size, crop, fps, stride, deinterlace: as in `tfvgan.data.decode.read_frames`.

    Raises:
        UnreadableVideo: when not one frame can be decoded.
    """
    from av.video.reformatter import Interpolation

    wanted = view(info.height, info.width, size, crop)
    height, width = wanted.height, wanted.width
    how = scaling()
    if (height, width) != (info.height, info.width) and height <= info.height:
        how = how ^ Interpolation.BICUBIC | Interpolation.AREA
    convert = functools.partial(
        converted, kept=Reformatter(info.location), format="rgb24", interpolation=how
    )
    slack = 0.002 if info.variable_rate else 1e-6
    for frame in take(_timed(info, deinterlace), fps, stride, slack):
        if int(frame.color_trc) in HDR:
            say_once("Films of HDR are read in 8 bits, as they are coded: flatter than they look.")
        orientation = orientation_of(frame)  # Of images each has its own.
        stored = dict(zip(("height", "width"), orientation.sides(height, width)))
        picture = orientation.upright(convert(frame, **stored).to_ndarray())
        yield np.ascontiguousarray(wanted.cut(picture))


def _timed(info, deinterlace):
    """The frames with their start and end; by their time stamps only when the rate is variable.

    None lasts longer than `LONGEST_FRAME`: of more stillness nothing is to be learned.
    """
    count, last = 0, 0.0
    first = None
    for frame in deinterlaced(raw_frames(info), deinterlace):
        start = count / info.fps
        if info.variable_rate and frame.time is not None:
            first = frame.time if first is None else first
            start = min(max(last, frame.time - first), last + LONGEST_FRAME)
        yield start, start + 1 / info.fps, frame
        count, last = count + 1, start


def raw_frames(info):
    """The decoded frames of a file or a folder of images, as PyAV has them."""
    if info.codec != "images":
        return _file_frames(info.path, info.stream)
    files = image_files(info.path)
    return (next(_file_frames(file)) for file in files)


def _file_frames(path, number=0):
    """The decoded frames of one file."""
    with opened(path) as container:
        if not container.streams.video:
            raise UnreadableVideo(path, "it holds no picture")
        yield from decoded(path, container, container.streams.video[number])


def decoded(path, container, stream):
    """The decoded frames of an open file's stream, without what is damaged, as a warning says."""
    import av

    count, damaged = 0, 0
    stream.thread_type = "AUTO"
    decoder = _decoder(stream)
    for packet in packets(container, stream):
        try:
            frames = decoder.decode(packet)
        except (av.FFmpegError, MemoryError):
            damaged += 1
            continue
        for frame in frames:
            if container.format.name in DECODED:
                frame.pts = frame.dts
            yield frame
        count += len(frames)
    if not count:
        raise UnreadableVideo(path, "none of its frames can be decoded")
    if damaged:
        say_once(f"{path}: {damaged} damaged packets were left out.")


def _decoder(stream):
    """What decodes a stream: libvpx where there is transparency, which FFmpeg's own leave out."""
    import av

    name = {"vp9": "libvpx-vp9", "vp8": "libvpx"}.get(stream.codec_context.name)
    if name in av.codecs_available and is_transparent(stream):
        decoder = av.CodecContext.create(name, "r")
        decoder.options = {"max_pixels": str(MAX_PIXELS)}
        return decoder
    return stream.codec_context


def is_transparent(stream):
    """Whether a Matroska or WebM file marks a stream as having an alpha plane."""
    return ("alpha_mode", "1") in ((name.lower(), text) for name, text in stream.metadata.items())


def _scan(container, stream):
    """The times of the stream's packets in seconds (None where unknown), and its first frame."""
    import av

    times, first = [], None
    for packet in packets(container, stream):
        if packet.size and not packet.is_discard:
            has_pts = packet.pts is not None and container.format.name not in DECODED
            tick = packet.pts if has_pts else packet.dts
            times.append(None if tick is None else float(tick * packet.time_base))
        if first is None:
            with contextlib.suppress(av.FFmpegError, MemoryError):
                first = next(iter(packet.decode()), None)
    return times, first


def _info(path, frame, codec, times, rate, number=0):
    """The `VideoInfo` from the first frame and the times of all."""
    orientation = orientation_of(frame)
    height, width = orientation.sides(frame.height, frame.width)
    nominal = rate if 1 / LONGEST_STAND <= rate <= 1000 else IMAGE_FPS
    fps, variable = rate_of(times, nominal)
    return VideoInfo(
        path=path,
        frames=len(times),
        height=height,
        width=width,
        fps=fps,
        rotation=orientation.rotation,
        codec={"libdav1d": "av1", "libaom-av1": "av1"}.get(codec, codec),
        variable_rate=variable,
        duration=len(times) / fps,
        stream=number,
        pixels=frame.format.name,
        matrix=matrix_of(frame),
        full_range=is_full_range(frame),
        mirrored=orientation.mirrored,
        interlaced=frame.interlaced_frame,
        hdr=static(frame),
        location=location_of(frame, codec),
    )
