"""Compression by real encoders: what comes back is what a player would show."""

import io
from fractions import Fraction

import numpy as np
from PIL import Image

from tfvgan.data.flushing import flush
from tfvgan.data.opening import open_input

CODECS = {
    "libx264": ("crf", 18, 42),
    "libx265": ("crf", 20, 44),
    "mpeg4": ("qscale", 3, 20),
    "mjpeg": ("qscale", 3, 20),
    "mpeg2video": ("qscale", 2, 20),
    "libvpx": ("qscale", 8, 60),
    "libvpx-vp9": ("crf", 20, 63),
}  # The setting of each that stands for quality, and its range: from hardly to plainly visible.

FINER = {"mjpeg": "yuvj422p", "libx264": "yuv422p", "mpeg2video": "yuv422p"}  # Of more colours.

LEAST_CODED = 96  # Pixels of a side: libx265 has been seen to crash below 64, and at 64 to vary.


def recompress(
    video: np.ndarray,
    codec: str,
    quality: float,
    fps: int = 25,
    finer: bool = False,
    slower: bool = False,
) -> np.ndarray:
    """Returns the video, encoded and decoded again.

    Sides that are odd get a row or column more on their way, as 4:2:0 wants; those below
    `LEAST_CODED` are filled up to it.

    Args:
        video: uint8 `(t, h, w, 3)`.
        codec: of `CODECS`.
        quality: float, CRF or quantiser, lower is better.
        fps: int, frames a second; a rate's controller may care.
        finer: bool, whether colours lose half their size across alone, of codecs in `FINER`.
        slower: bool, whether the encoder takes its time, as those of films and of the web do: of
            libx264 and libx265, whose artefacts then are others.

    Raises:
        ValueError: when there is no such codec.
    """
    import av

    from tfvgan.data.colours import Reformatter, to_rgb, to_yuv, usual_matrix
    from tfvgan.data.siting import usual_location

    if codec not in CODECS:
        raise ValueError(f"`codec` must be one of {', '.join(CODECS)}, but is {codec!r}.")
    height, width = video.shape[1:3]
    more = [(0, max(side + side % 2, LEAST_CODED) - side) for side in (height, width)]
    # The border's own pixels: an edge to black would ring into the picture.
    even = np.pad(video, [(0, 0), *more, (0, 0)], "edge")
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        stream = container.add_stream(codec, rate=fps)
        stream.height, stream.width = even.shape[1:3]
        usual = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.pix_fmt = FINER.get(codec, usual) if finer else usual
        stream.options = _options(codec, quality, stream.width, slower)
        matrix = usual_matrix(stream.height, stream.width, codec)
        # These know no CRF: with equal bounds rate control has one quantiser to choose.
        if CODECS[codec][0] == "qscale":
            stream.codec_context.qmin = stream.codec_context.qmax = max(round(quality), 1)
        kept, location = Reformatter(), usual_location(codec)
        for number, frame in enumerate(even):
            rgb_frame = av.VideoFrame.from_ndarray(frame, format="rgb24")
            made = to_yuv(rgb_frame, stream.pix_fmt, matrix, kept, location)
            made.pts, made.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(made))
        container.mux(flush(stream, len(even)))
    file.seek(0)
    with open_input(file, codec) as container:
        kept = Reformatter(location)
        frames = [to_rgb(frame, kept=kept) for frame in container.decode(video=0)]
    return np.stack(frames)[:, :height, :width]


def jpeg(frame: np.ndarray, quality: int) -> np.ndarray:
    """Returns the frame as a JPEG file keeps it, uint8 `(h, w, 3)`.

    Args:
        frame: uint8 `(h, w, 3)`.
        quality: from 1 to 95, as libjpeg takes it: higher is better.
    """
    file = io.BytesIO()
    Image.fromarray(frame).save(file, "JPEG", quality=int(quality))
    return np.asarray(Image.open(file))


def _options(codec, quality, width, slower):
    """Returns the encoder's options: one thread, no words, and the same every time.

    libx264's macroblock tree is not, about once in a hundred times, unless eights of macroblocks
    make a row.
    """
    preset = "medium" if slower else "veryfast"
    if codec == "libx264":
        tree = {} if width % 128 == 0 else {"x264-params": "mbtree=0"}
        return {"crf": f"{quality:g}", "preset": preset, "threads": "1"} | tree
    if codec == "libx265":
        quiet = "log-level=none:pools=1:frame-threads=1"
        return {"crf": f"{quality:g}", "preset": preset, "x265-params": quiet}
    if codec == "libvpx-vp9":
        constant = {"crf": f"{round(quality)}", "b": "0"}
        return {"threads": "1", "deadline": "realtime", "cpu-used": "7"} | constant
    if codec == "libvpx":
        return {"threads": "1", "deadline": "realtime", "cpu-used": "6", "b": "40M"}
    between = {"mpeg2video": {"bf": "2", "g": "15"}, "mpeg4": {"bf": "2", "g": "250"}}
    return {"threads": "1"} | (between.get(codec, {}) if slower else {})
