"""The base layer: a group of frames as a standard stream, one packet a frame, for any player.

A group stands alone: it begins with a key frame, and nothing after it refers to what was before.
"""

import itertools
import os
import re
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tfvgan.data.colours import MATRIX_NAMES, Reformatter, to_rgb, to_yuv, usual_matrix
from tfvgan.data.priority import calm
from tfvgan.data.resize import resize
from tfvgan.data.siting import CENTRE, LEFT


class Standard(NamedTuple):
    """A coding standard, and how FFmpeg writes and reads it.

    `encoder` and `decoder` are FFmpeg's names, `options` those of the encoder beside its quantiser,
    `presets` the best and the fast one, `best` and `worst` the range of the quantiser, and `lead`
    the bytes that each packet begins with, which are therefore not kept.
    """

    encoder: str
    decoder: str
    options: dict
    presets: tuple
    best: float
    worst: float
    lead: bytes

    def level(self, quantiser, half=False):
        """Returns where a quantiser is between the best and the worst, in [0, 1].

        At half the size it is 1 more.
        """
        return half + min(max((quantiser - self.best) / (self.worst - self.best), 0.0), 1.0)


# Quiet, on one thread, and so the same every time.
STANDARDS = {
    "av1": Standard(
        *("libsvtav1", "libdav1d", {"svtav1-params": "lp=1"}, ("4", "8")),
        *(20, 63, bytes([0x12, 0x00])),  # A temporal delimiter.
    ),
    "hevc": Standard(
        *("libx265", "hevc", {"x265-params": "log-level=none:pools=1:frame-threads=1:info=0"}),
        *(("slow", "veryfast"), 15, 51, bytes([0, 0, 0, 1])),
    ),
    "h264": Standard(
        *("libx264", "h264", {"threads": "1", "tune": "ssim"}),  # Looks are the network's matter.
        *(("veryslow", "veryfast"), 15, 51, bytes([0, 0, 0, 1])),
    ),
}
# What x264 writes of itself and of its settings, which no decoder reads (a NAL unit of type 6).
ENCODER_NOTE = re.compile(rb"\x00?\x00\x00\x01\x06\x05.*?(?=\x00?\x00\x00\x01)", re.DOTALL)
LEAST_SIDE = 96  # Pixels of a side: below, encoders have been seen to refuse, to crash and to vary.
SLOWEST = Fraction(1, 100)  # Frames a second that encoders are told.
BLOCK_SIDE = 64  # Pixels that a side may have more than was asked for, since standards code blocks.


class Base:
    """Encodes and decodes groups of frames by one standard.

    Args:
        standard: of `STANDARDS`.
        fps: frames a second, which an encoder weighs frames by.
        fast: whether to encode in a tenth of the time, for somewhat more bytes.
        half: whether the stream has half of the width and of the height, resampled by lanczos.
        level: whether the colours that pixels share lie level with the left ones, as players take
            them; older streams have them amid the pixels, and are read as they were then.

    Raises:
        ValueError: when there is no such standard.
    """

    def __init__(self, standard="av1", fps=25, fast=False, half=False, level=True):
        if standard not in STANDARDS:
            raise ValueError(
                f"The base must be one of {', '.join(STANDARDS)}, but is {standard!r}."
            )
        self.standard = standard
        self.fast, self.half, self.level = fast, half, level
        self.fps = max(Fraction(fps).limit_denominator(1001), SLOWEST)

    def encode(self, video, quantiser):
        """Returns the packets of a group, a list of bytes.

        Sides that are odd, or below `LEAST_SIDE`, are filled up: `decode` is told which to cut off.

        Args:
            video: uint8 `(t, h, w, 3)`, or a sequence of its frames.
            quantiser: float, constant rate factor, from `best` to `worst` of the standard.
        """
        import av

        os.environ.setdefault("SVT_LOG", "1")  # Errors alone.
        how = STANDARDS[self.standard]
        height, width = self.size(video[0].shape[:2])
        context = av.CodecContext.create(how.encoder, "w")
        context.height, context.width = self.coded_size(video[0].shape[:2])
        more = [(0, context.height - height), (0, context.width - width)]
        context.pix_fmt, context.framerate = "yuv420p", self.fps
        matrix = usual_matrix(context.height, context.width)
        context.time_base = 1 / self.fps
        context.options = {
            **how.options,
            "preset": how.presets[self.fast],
            "crf": f"{quantiser:g}",
            "g": str(len(video)),
            "colorspace": MATRIX_NAMES[matrix],
        }
        context.open()
        calm()
        packets, kept = [], Reformatter()
        for number, picture in enumerate(video):
            if self.half:
                picture = resize(picture[None], (height, width), "lanczos")[0]
            frame = av.VideoFrame.from_ndarray(np.pad(picture, [*more, (0, 0)], "edge"), "rgb24")
            location = LEFT if self.level else CENTRE
            frame = to_yuv(frame, context.pix_fmt, matrix, kept, location)
            frame.pts, frame.time_base = number, context.time_base
            packets += context.encode(frame)
        packets += context.encode(None)
        return [self._without_lead(bytes(packet)) for packet in packets]

    def size(self, size):
        """Returns the `(height, width)` of the stream for frames of a size."""
        return tuple((side + 1) // 2 for side in size) if self.half else tuple(size)

    def coded_size(self, size):
        """Returns the `(height, width)` that the stream's frames are filled up to."""
        return tuple(max(side + side % 2, LEAST_SIDE) for side in self.size(size))

    def _without_lead(self, packet):
        lead = STANDARDS[self.standard].lead
        if not packet.startswith(lead):
            raise RuntimeError(f"A packet of {self.standard} begins with {packet[:4].hex()}.")
        packet = packet[len(lead) :]
        return ENCODER_NOTE.sub(b"", packet) if self.standard == "h264" else packet

    def raw(self, packets):
        """Returns the packets as the standard's own stream has them: what players read."""
        return [STANDARDS[self.standard].lead + packet for packet in packets]

    def decode(self, packets, size):
        """Yields the frames, uint8 `(h, w, 3)`, in the order in which they are shown.

        Args:
            packets: of `encode`.
            size: `(height, width)` of the frames.

        Raises:
            ValueError: when the packets are none of such frames.
        """
        # Older streams are read as they were: AV1's rightly, the others' half a pixel off.
        amid = not self.level and self.standard == "av1"
        (height, width), kept = self.size(size), Reformatter(CENTRE if amid else LEFT)
        for frame in self._decoded(packets, size):
            if not (height <= frame.height and width <= frame.width):
                raise ValueError(
                    f"The base layer must hold frames of {width}x{height} pixels or larger, but "
                    f"one has {frame.width}x{frame.height}: it is damaged."
                )
            rgb = to_rgb(frame, kept=kept)[:height, :width]
            yield resize(rgb[None], size, "lanczos")[0] if self.half else rgb

    def shown(self, packets, size):
        """Returns when each packet's frame is shown: the numbers from 0 on, in another order.

        Args:
            packets, size: as of `decode`.

        Raises:
            ValueError: when the packets are none of frames, one of each.
        """
        frames = itertools.islice(self._decoded(packets, size), len(packets) + 1)
        order = [frame.pts for frame in frames]
        if sorted(order) != list(range(len(packets))):
            raise ValueError(
                f"The base layer must hold a frame for each of its {len(packets)} packets, but "
                f"holds {len(order)}: it is damaged."
            )
        return [int(number) for number in np.argsort(order)]

    def _decoded(self, packets, size):
        """Yields PyAV's frames, whose `pts` are the numbers of their packets."""
        import av

        context = av.CodecContext.create(STANDARDS[self.standard].decoder, "r")
        context.thread_count = 1
        height, width = (max(side, LEAST_SIDE) + BLOCK_SIDE for side in self.size(size))
        context.options = {"max_pixels": f"{height * width}"}
        try:
            for number, data in enumerate(self.raw(packets)):
                packet = av.Packet(data)
                packet.pts = number
                yield from context.decode(packet)
            yield from context.decode(None)
        except av.FFmpegError as error:
            raise ValueError(
                f"The base layer can't be decoded (FFmpeg says {error.strerror!r}): it is damaged."
            ) from None
