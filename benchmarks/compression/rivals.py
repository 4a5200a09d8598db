"""What compression is compared with: encoders of FFmpeg, as they are and at half the size.

Each takes a clip, uint8 `(t, h, w, 3)`, and a setting of quality, and returns `Coded`: the size of
the whole file, and of the stream in it alone, the clip that comes out of it, and the seconds that
both ways took.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.compression.table import HALF
from tfvgan.runs import compress, decompress
from tfvgan.runs.codec_models import load_codec, shipped_codec
from tfvgan.runs.loading import load_model
from tfvgan.streaming import Source
from tfvgan.streaming.sink import EncodedFile

FPS = 25
QUALITIES = tuple(np.linspace(1, 8, 8).tolist())
SCALING = "flags=bicubic+full_chroma_int+accurate_rnd"


class Coded(NamedTuple):
    """A clip that was coded: bytes of its file and of the stream alone, what came out, seconds of
    encoder and decoder."""

    size: int
    stream: int
    video: np.ndarray
    encoding: float
    decoding: float


class Encoder(NamedTuple):
    """An encoder of FFmpeg: its options, the name of its quality, and the values that are tried."""

    options: tuple
    quality: str
    values: tuple


ENCODERS = {
    "x264 veryslow": Encoder(
        ("-c:v", "libx264", "-preset", "veryslow"), "-crf", (47, 43, 39, 35, 31, 27, 23, 19)
    ),
    "x265 slow": Encoder(
        ("-c:v", "libx265", "-preset", "slow", "-x265-params", "log-level=none"),
        *("-crf", (46, 42, 38, 34, 30, 26, 22, 18)),
    ),
    "SVT-AV1 preset 4": Encoder(
        ("-c:v", "libsvtav1", "-preset", "4"), "-crf", (63, 58, 53, 47, 41, 35, 29, 23)
    ),
}
VVENC = {
    "VVenC medium": Encoder(
        ("-c:v", "libvvenc", "-preset", "medium"), "-qp", (45, 41, 37, 33, 29, 25, 21)
    )
}


def by_ffmpeg(encoder, half=False):
    """Returns the rival that an `Encoder` is; at half the size, enlarged by lanczos again."""

    def rival(video, value):
        frames, height, width = video.shape[:3]
        raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", f"{FPS}")
        small = f"scale={width // 2}:{height // 2}:flags=lanczos," if half else ""
        chain = f"{small}scale=out_color_matrix=bt601:{SCALING},format=yuv420p"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "coded.mp4")
            quality = (encoder.quality, f"{value}")
            begin = time.perf_counter()
            _ffmpeg(*raw, "-i", "-", "-vf", chain, *encoder.options, *quality, path, frames=video)
            encoded = time.perf_counter()
            back = f"scale={width}:{height}:flags=lanczos+full_chroma_int+accurate_rnd"
            back = back if half else f"scale=in_color_matrix=bt601:{SCALING}"
            piped = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-")
            out = _ffmpeg("-i", path, "-vf", f"{back},format=rgb24", *piped)
            seconds = encoded - begin, time.perf_counter() - encoded
            made = np.frombuffer(out, "uint8").reshape(frames, height, width, 3)
            return Coded(os.path.getsize(path), _stream(path), made, *seconds)

    return rival


def _stream(path):
    """Returns the bytes of the pictures in a file, without the file around them.

    What x264 writes of itself and of its settings into each of its streams is left out, too.
    """
    import av

    with av.open(os.fspath(path)) as container:
        stream, packets = container.streams.video[0], container.demux(video=0)
        if stream.codec_context.name != "h264":
            return sum(packet.size for packet in packets)
        cut = av.bitstream.BitStreamFilterContext("filter_units=remove_types=6", stream)
        kept = [left for packet in packets for left in cut.filter(packet if packet.size else None)]
        return sum(packet.size for packet in kept)


def _ffmpeg(*arguments, frames=None):
    """Returns what FFmpeg writes to its output."""
    import imageio_ffmpeg

    quiet = ("-hide_banner", "-loglevel", "error", "-y")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *quiet, *map(str, arguments)]
    raw = None if frames is None else np.ascontiguousarray(frames).tobytes()
    quietly = {**os.environ, "SVT_LOG": "1"}
    done = subprocess.run(command, input=raw, capture_output=True, env=quietly)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def ours(model, **settings):
    """Returns the rival that a model of `tfvgan compress` is; its values are those of `quality`.

    Args:
        model: what `load_model` or `load_codec` returned, so that loading is not counted.
        **settings: of `tfvgan.runs.compress`.
    """

    def rival(video, quality):
        with tempfile.TemporaryDirectory() as folder:
            path, packed, back = (Path(folder, name) for name in ("in.mkv", "x.tvg", "back.mkv"))
            sink = EncodedFile(path, codec="ffv1", fps=FPS)
            for number, frame in enumerate(video):
                sink.write(frame, None, number / FPS)
            sink.close()
            begin = time.perf_counter()
            compress(path, packed, model, quality=quality, **settings)
            encoded = time.perf_counter()
            decompress(packed, back, model, codec="ffv1")
            seconds = encoded - begin, time.perf_counter() - encoded
            made = np.stack([frame.rgb for frame in Source(back).frames()])
            size = os.path.getsize(packed)
            return Coded(size, size, made, *seconds)

    return rival


def contenders(
    model=None, half=False, vvenc=False, bases=(), prefers=(), learned=None, rivals=True
):
    """Returns `{name: (rival, values)}`.

    Args:
        model: path of an enhanced codec's model; None for the package's, by preference.
        half: whether encoders, and ours, are tried at half the size, too.
        vvenc: whether VVenC is among them.
        bases, prefers: of ours, which are left out without any.
        learned: path of a learned codec's model; None for none.
        rivals: whether the encoders are among them.
    """
    result = {}
    encoders = {**(ENCODERS if rivals else {}), **(VVENC if vvenc else {})}
    for name, encoder in encoders.items():
        result[name] = by_ffmpeg(encoder), encoder.values
    for base in bases:
        for prefer in prefers:
            one = load_model(model or shipped_codec(prefer=prefer))
            for size in ("full", "half")[: 1 + half]:
                name = f"ours over {base}, {prefer}" + HALF * (size == "half")
                result[name] = ours(one, base=base, prefer=prefer, size=size), QUALITIES
    if learned:
        result["ours, learned"] = ours(load_codec(learned)), QUALITIES
    for name, encoder in encoders.items() if half else ():
        result[name + HALF] = by_ffmpeg(encoder, half=True), encoder.values
    return result
