"""Tiny real videos for the tests, made with PyAV: every format that is promised, and bad files.

`FORMATS` names each promised pair of codec and container; `video(path, ...)` writes any of them.
"""

import os
import struct
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import pytest
from av.stream import Disposition

os.environ.setdefault("SVT_LOG", "0")  # the AV1 encoder's chatter


class Format(NamedTuple):
    """How a format is written: the file's suffix, the encoder's name, the pixel format."""

    suffix: str
    encoder: str
    pixels: str = "yuv420p"


FORMATS = {
    "h264.mp4": Format(".mp4", "libx264"),
    "h264.mkv": Format(".mkv", "libx264"),
    "h264.mov": Format(".mov", "libx264"),
    "h264.avi": Format(".avi", "libx264"),
    "hevc.mp4": Format(".mp4", "libx265"),
    "hevc.mkv": Format(".mkv", "libx265"),
    "vp9.webm": Format(".webm", "libvpx-vp9"),
    "vp9.mkv": Format(".mkv", "libvpx-vp9"),
    "av1.mp4": Format(".mp4", "libsvtav1"),
    "av1.webm": Format(".webm", "libsvtav1"),
    "av1.mkv": Format(".mkv", "libsvtav1"),
    "mpeg4.mp4": Format(".mp4", "mpeg4"),
    "mpeg4.avi": Format(".avi", "mpeg4"),
    "mpeg4.mkv": Format(".mkv", "mpeg4"),
    "mjpeg.avi": Format(".avi", "mjpeg", "yuvj420p"),
    "mjpeg.mov": Format(".mov", "mjpeg", "yuvj420p"),
    "mjpeg.mkv": Format(".mkv", "mjpeg", "yuvj420p"),
    "gif": Format(".gif", "gif", "rgb8"),
    "h264 10 bit.mkv": Format(".mkv", "libx264", "yuv420p10le"),
    "hevc 10 bit.mp4": Format(".mp4", "libx265", "yuv420p10le"),
    "h264 grey.mp4": Format(".mp4", "libx264", "gray"),
    "hevc grey.mkv": Format(".mkv", "libx265", "gray"),
}

# Nearly lossless where the encoder can, quiet, and on one thread.
OPTIONS = {
    "libx264": {"crf": "8", "preset": "ultrafast", "threads": "1"},
    "libx265": {"crf": "8", "preset": "ultrafast", "x265-params": "log-level=none:pools=1"},
    "libvpx-vp9": {"crf": "8", "b": "0", "deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"crf": "8", "preset": "12"},
    "mpeg4": {"qscale": "1", "flags": "+qscale", "global_quality": "118"},
    "mjpeg": {"qscale": "1", "flags": "+qscale", "global_quality": "118"},
}


def frames(count=12, height=48, width=64, grey=False):
    """Returns smooth moving frames, uint8 (count, height, width, 3), no two of them alike."""
    time = np.linspace(0.0, 1.0, count)[:, None, None]
    y = np.linspace(0.0, 1.0, height)[None, :, None]
    x = np.linspace(0.0, 1.0, width)[None, None, :]
    red = 40 + 170 * x * (1 - 0.6 * time) + 0 * y
    green = 40 + 170 * y * (0.4 + 0.6 * time) + 0 * x
    blue = 40 + 170 * np.exp(-8 * ((x - time) ** 2 + (y - 0.5) ** 2))
    picture = np.stack([green, green, green] if grey else [red, green, blue], axis=-1)
    return picture.round().astype(np.uint8)


def need(encoder):
    """Skips the running test where PyAV lacks the encoder."""
    try:
        av.codec.Codec(encoder, "w")
    except ValueError:
        pytest.skip(f"this build of PyAV has no encoder {encoder}")


def video(
    path,
    form="h264.mp4",
    pictures=None,
    fps=10,
    ticks=None,
    rotation=0,
    mirrored=False,
    pixels=None,
    **options,
):
    """Writes a video and returns its path as a string.

    Args:
        path: the file; the format's suffix is added when the name has none.
        form: a key of `FORMATS`.
        pictures: uint8 (frames, height, width, 3); `frames()` if absent.
        fps: frames a second; the time base is 1 / (10 * fps), in .avi 1 / fps.
        ticks: time of each frame in tenths of 1 / fps, for a variable frame rate.
        rotation: degrees that a player turns the picture counter-clockwise (mp4 and mov only),
        mirrored: after left and right have changed places.
        pixels: FFmpeg's name of the pixel format, if another than the format's.
        **options: of the encoder; `colorspace` (1: BT.709), `color_range` (2: full), `aspect` of
            pixels, of the stream.
    """
    suffix, encoder, usual = FORMATS[form]
    pixels = pixels or usual
    need(encoder)
    if pixels == "gray":
        options.setdefault("color_range", 2)  # as FFmpeg makes grey pictures
    path = str(path) if Path(path).suffix else f"{path}{suffix}"
    pictures = frames() if pictures is None else pictures
    step = 1 if suffix == ".avi" else 10
    ticks = [step * index for index in range(len(pictures))] if ticks is None else ticks
    with av.open(path, "w") as container:
        stream = container.add_stream(encoder, rate=fps)
        stream.height, stream.width = pictures.shape[1:3]
        stream.pix_fmt = pixels
        stream.codec_context.time_base = Fraction(1, step * fps)
        stream.codec_context.sample_aspect_ratio = options.pop("aspect", 1)
        colours = {}
        for name in ("colorspace", "color_range"):
            if name in options:
                colours[f"dst_{name}"] = options.pop(name)
                setattr(stream.codec_context, name, colours[f"dst_{name}"])
        stream.options = {**OPTIONS.get(encoder, {}), **options}
        for picture, tick in zip(pictures, ticks, strict=True):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame = frame.reformat(format=pixels, **colours)
            frame.pts, frame.time_base = tick, stream.codec_context.time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    if rotation or mirrored:
        rotate(path, rotation, mirrored)
    return path


def moving_bar(count=6):
    """Returns frames of a bar that moves, uint8 (count, 64, 64, 3): the same in every row."""
    film = np.zeros((count, 64, 64, 3), np.uint8)
    for number, picture in enumerate(film):
        picture[:, 8 + 4 * number : 24 + 4 * number] = 200
    return film


def interlaced(path, count=6, encoder="libx264", said=True):
    """Writes `moving_bar` and, in every other row, where the bar is half a frame later.

    The bottom row is of the first field, as encoders say of frames that do not say it.
    """
    with av.open(str(path), "w") as container:
        stream = container.add_stream(encoder, rate=25)
        stream.height, stream.width, stream.pix_fmt = 64, 64, "yuv420p"
        flags = {"flags": "+ilme+ildct+qscale", "x264-params": "bff=1"} if said else {}
        stream.options = {"crf": "4", "global_quality": "118", **flags}
        for picture in moving_bar(count):
            picture[::2] = np.roll(picture[::2], 2, axis=1)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def rotate(path, degrees, mirrored=False):
    """Writes how a picture is mirrored and then turned counter-clockwise into an mp4's header."""
    data = bytearray(Path(path).read_bytes())
    cosine, sine = {0: (1, 0), 90: (0, -1), 180: (-1, 0), 270: (0, 1)}[degrees]
    across = -1 if mirrored else 1
    first, second = (across * cosine, across * sine), (-sine, cosine)
    matrix = [first[0] << 16, first[1] << 16, 0, second[0] << 16, second[1] << 16, 0, 0, 0, 1 << 30]
    start = data.index(b"tkhd") + 44
    data[start : start + 36] = struct.pack(">9i", *matrix)
    Path(path).write_bytes(data)


def images(folder, pictures=None, suffix=".png"):
    """Writes a folder of numbered images (frame_0.png, frame_1.png, ...) and returns its path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    encoder, pixels = {".png": ("png", "rgb24"), ".jpg": ("mjpeg", "yuvj444p")}[suffix]
    for index, picture in enumerate(frames() if pictures is None else pictures):
        codec = av.CodecContext.create(encoder, "w")
        codec.height, codec.width = picture.shape[:2]
        codec.pix_fmt, codec.time_base = pixels, Fraction(1, 25)
        codec.options = OPTIONS.get(encoder, {})
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        packets = codec.encode(frame.reformat(format=pixels)) + codec.encode()
        (folder / f"frame_{index}{suffix}").write_bytes(b"".join(map(bytes, packets)))
    return str(folder)


def empty(path):
    """Writes a file without a byte."""
    Path(path).write_bytes(b"")
    return str(path)


def text(path):
    """Writes a text under a video's name."""
    Path(path).write_text("This is no video.\n" * 40)
    return str(path)


def covered(path):
    """Writes a file with sound and a cover picture."""
    return audio(path, cover=True)


def audio(path, cover=False):
    """Writes a file with sound and no picture but that of its cover, if it has one."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000, layout="mono")
        if cover:
            drawn = container.add_stream("png", rate=1)
            drawn.height, drawn.width, drawn.pix_fmt = 16, 16, "rgb24"
            drawn.disposition = Disposition.attached_pic
            container.mux(drawn.encode(av.VideoFrame.from_ndarray(frames(1, 16, 16)[0])))
            container.mux(drawn.encode())
        sound = np.sin(np.arange(16000) / 9.0).astype(np.float32)[None]
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        frame.sample_rate = 16000
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def no_frames(path):
    """Writes a .mkv whose video stream holds no frame: it ends where the first would come."""
    data = bytearray(Path(video(path, "h264.mkv")).read_bytes())
    start = data.index(b"\x18\x53\x80\x67") + 4
    data[start : start + 8] = b"\x01" + b"\xff" * 7  # a length that is left open
    Path(path).write_bytes(data[: data.index(b"\x1f\x43\xb6\x75")])
    return str(path)


def truncated(path, form="h264.mp4", keep=0.6, **options):
    """Writes a video and cuts it off after a share of its bytes."""
    path = video(path, form, **options)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: int(len(data) * keep)])
    return path


def damaged(data, seed):
    """Returns the bytes with seeded damage: flipped bits, overwritten runs, and in one file of four
    lost pieces. Half of the files keep their first quarter, where the headers are, as it was."""
    random = np.random.default_rng(seed)
    data = bytearray(data)
    spared = len(data) // 4 if seed % 2 else 0
    for _ in range(random.integers(1, 12)):
        at = int(random.integers(spared, len(data)))
        length = int(random.integers(1, 48))
        if random.random() < 0.6:
            data[at] ^= 1 << int(random.integers(0, 8))
        elif seed % 4 == 2 and len(data) > 256:
            del data[at : at + length]
        else:
            piece = data[at : at + length]
            data[at : at + length] = random.integers(0, 256, len(piece), dtype=np.uint8).tobytes()
    return bytes(data)


def growing(path):
    """Writes a raw H.264 stream whose picture grows from 64x48 to 128x96 after six frames."""
    need("libx264")
    pieces = []
    for scale in (1, 2):
        with av.open(str(path), "w", format="h264") as container:
            stream = container.add_stream("libx264", rate=10)
            stream.height, stream.width = 48 * scale, 64 * scale
            stream.pix_fmt, stream.options = "yuv420p", OPTIONS["libx264"]
            for picture in frames(6, 48 * scale, 64 * scale):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode())
        pieces.append(Path(path).read_bytes())
    Path(path).write_bytes(b"".join(pieces))
    return str(path)
