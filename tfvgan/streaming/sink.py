"""Sinks of frames: an encoder's file, or numbered images."""

import os
from fractions import Fraction
from pathlib import Path

import numpy as np

from tfvgan.data.colours import MATRIX_NAMES, Reformatter, chroma_of, is_rgb, scaling, to_yuv
from tfvgan.data.errors import say_once
from tfvgan.data.files import IMAGE_ENDINGS
from tfvgan.data.flushing import flush
from tfvgan.data.priority import calm
from tfvgan.data.siting import usual_location
from tfvgan.streaming.encoders import (
    WITH_ALPHA,
    encoder_options,
    matrix,
    part_format,
    pixels,
    sides,
    tick,
)
from tfvgan.streaming.look import PLAIN, describe


class EncodedFile:
    """Writes frames into one file, at their own times.

    Args:
        path: of a file, or a binary stream.
        codec: FFmpeg's name of the encoder.
        crf: float, its quality; None takes one that hardly shows.
        fps: Fraction, frames a second on average, which some encoders care for.
        format: FFmpeg's name of the format; None for one that keeps all times of this encoder's.
        look: `Look` that the file says of its frames; without its `alpha` that of frames is left
            out.

    Raises:
        ValueError: when FFmpeg has no such encoder, or that can't be opened for such frames.
    """

    def __init__(self, path, codec="libx264", crf=None, fps=Fraction(25), format=None, look=PLAIN):
        self.codec = codec
        self.crf = crf
        self.fps = fps
        self.look = look
        self._pixels = pixels(codec, look.alpha, look.depth, look.chroma)
        self._keeps = self._pixels in WITH_ALPHA.values()
        self._container = open_output(path, format or part_format(codec, look.alpha))
        self._stream, self._matrix, self._count = None, None, 0
        self._reformatter, self._location = Reformatter(), ""

    def write(self, rgb, alpha, time):
        """Appends a frame.

        Args:
            rgb: uint8 `(h, w, 3)`, or uint16 of 0 to 65535.
            alpha: uint8 `(h, w, 1)`, or None.
            time: seconds.
        """
        import av

        if self._keeps:
            rgb = opaque(rgb, alpha)
        elif alpha is not None:
            say_once(
                f"The video is transparent in places, which {self.codec} can't say in such a file:"
                " it is left out; choose the encoder png or qtrle for a .mov, libvpx-vp9 for a "
                ".webm, or a folder of images."
            )
        plain = "rgb48le" if rgb.dtype == np.uint16 else "rgb24"
        frame = av.VideoFrame.from_ndarray(rgb, format="rgba" if self._keeps else plain)
        frame = squared(frame, self.look.stretch)
        if self._stream is None:
            self._begin(frame.height, frame.width)
        frame = self._converted(self._grown(frame))
        base = self._stream.codec_context.time_base
        frame.pts, frame.time_base = round(time / base), base
        self._count += 1
        self._container.mux(self._stream.encode(frame))

    def _grown(self, frame):
        """Returns the frame padded to the encoder's sides: even, where it must."""
        down, right = self._stream.height - frame.height, self._stream.width - frame.width
        if not down and not right:
            return frame
        import av

        picture = np.pad(frame.to_ndarray(), ((0, down), (0, right), (0, 0)), "edge")
        return av.VideoFrame.from_ndarray(picture, format=frame.format.name)

    def _converted(self, frame):
        """Returns the frame in the encoder's pixel format, by the file's colour matrix."""
        if self._matrix is None:
            return self._reformatter.reformat(frame, format=self._pixels)
        return to_yuv(frame, self._pixels, self._matrix, self._reformatter, self._location)

    def _begin(self, height, width):
        """Opens the encoder for frames of this size."""
        import av

        try:
            stream = self._stream = self._container.add_stream(self.codec, rate=self.fps)
            stream.pix_fmt = self._pixels
            odd = height % 2 or width % 2
            size = sides(self.codec, self._pixels, height, width) if odd else (height, width)
            stream.height, stream.width = size
            context, look = stream.codec_context, self.look
            context.time_base = tick(self.codec)
            context.sample_aspect_ratio = look.aspect
            describe(stream, look)
            colours = {}
            form = av.VideoFormat(self._pixels)
            if not is_rgb(form):
                self._matrix = matrix(self.codec, look, stream.height, stream.width)
                self._location = usual_location(self.codec, *chroma_of(form))
                colours = {"colorspace": MATRIX_NAMES[self._matrix]}
            stream.options = {**encoder_options(self.codec, self.crf, look.hdr), **colours}
            context.open()
            calm()
        except (av.FFmpegError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            of = "" if self.crf is None else f" and a `crf` (--crf) of {self.crf:g}"
            raise ValueError(
                f"The encoder {self.codec} can't be opened for {width}x{height} pixels{of} (FFmpeg "
                f"says {reason}): choose another `codec` (--codec){' or `crf`' if of else ''}."
            ) from None

    def close(self):
        """Ends the file."""
        if self._stream is not None:
            self._container.mux(flush(self._stream, self._count))
        self._container.close()


class ImageFolder:
    """Writes frames as numbered .png files into a folder.

    Args:
        folder: where to; made if it is missing.
        first: int, the first number.
        alpha: bool, whether all of them have an alpha channel, transparent or not.
    """

    def __init__(self, folder, first=1, alpha=False):
        self.folder = Path(folder)
        self.alpha = alpha
        self.folder.mkdir(parents=True, exist_ok=True)
        self.number = first

    def write(self, rgb, alpha, time):
        """Writes a frame; its time is not kept."""
        from PIL import Image

        picture = rgb if alpha is None and not self.alpha else opaque(rgb, alpha)
        part = self.folder / f".{self.number:06d}.part"
        Image.fromarray(picture).save(part, format="png")
        os.replace(part, self.folder / f"{self.number:06d}.png")
        self.number += 1

    def close(self):
        """Does nothing: every image is whole."""


def squared(frame, stretch):
    """Returns PyAV's frame with square pixels, where the file's format stores no aspect.

    Args:
        frame: `av.VideoFrame`.
        stretch: Fraction, how many times as wide it is to be made; one that is to be narrower is
            made higher.
    """
    if stretch == 1:
        return frame
    width, height = stretched_sides(frame.width, frame.height, stretch)
    return frame.reformat(width=width, height=height, interpolation=scaling())


def stretched_sides(width, height, stretch):
    """Returns the `(width, height)` of what `squared` returns."""
    return round(width * max(stretch, 1)), round(height * max(1 / stretch, 1))


def opaque(rgb, alpha=None):
    """Returns a frame with its alpha as fourth channel, uint8 `(h, w, 4)`; opaque without."""
    alpha = np.full_like(rgb[..., :1], 255) if alpha is None else alpha
    return np.concatenate([rgb, alpha], axis=-1)


def format_of(path):
    """Returns FFmpeg's name of the format of a path's ending.

    Raises:
        ValueError: as `open_output` does.
    """
    with open_output(path) as output:
        return output.format.name


def open_output(path, format=None):
    """Returns an open container of PyAV for writing.

    Of the same packets it makes the same bytes: a Matroska file's numbers are not drawn.

    Raises:
        ValueError: when FFmpeg knows no format for such a name, or it is that of a picture.
    """
    import av
    from av.container import Flags

    named = isinstance(path, (str, os.PathLike))
    if named and format is None and Path(path).suffix.lower() in IMAGE_ENDINGS - {".webp"}:
        raise ValueError(
            f"The output must be a video file such as out.mp4 or out.mkv, a folder for images, or "
            f"-, but is the picture `{path}`: name a folder, such as "
            f"`{Path(path).parent / 'frames'}`, which gets numbered images."
        )
    local = f"file:{os.fspath(path)}" if named else path
    try:
        output = av.open(local, "w", format=format)
        output.flags |= Flags.bitexact.value
        return output
    except (av.FFmpegError, ValueError) as error:
        raise ValueError(
            f"The output must be a video file such as out.mp4 or out.mkv, a folder for images, or "
            f"-, but is `{path}` ({error}): rename it."
        ) from None
