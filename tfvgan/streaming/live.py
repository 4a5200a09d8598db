"""Frames and sound for a player, as they come: nothing is compressed, nothing written twice."""

import contextlib

from tfvgan.data.opening import opened
from tfvgan.streaming.encoders import TICK, writable_look
from tfvgan.streaming.joining import mux_in_order
from tfvgan.streaming.look import describe
from tfvgan.streaming.sink import open_output, squared, stretched_sides
from tfvgan.streaming.sound import other_packets, tracks

NAMED = "The player's stream.nut"  # What warnings call it; its ending is the format.


def write_live(frames, stream, size, fps, look, beside=None):
    """Writes a video to a stream as NUT: frames as they are, sound and subtitles copied.

    Each frame is written when it comes, behind the sound that is heard before it; pixels are made
    square. FFmpeg's players read that, and others that are made of FFmpeg.

    Args:
        frames: iterable of `(rgb, time)`: uint8 `(h, w, 3)`, and seconds as `Fraction`.
        stream: binary file, such as a pipe.
        size: `(height, width)` of the frames.
        fps: Fraction, frames a second on average.
        look: `Look` of the frames.
        beside: `tfvgan.streaming.attached.Beside`, sound and subtitles, or None.

    Raises:
        BrokenPipeError: when nobody reads the stream any more.
    """
    pipe = _Pipe(stream)
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(open_output(pipe, "nut"))
        stack.push(pipe)
        video = output.add_stream("rawvideo", rate=fps)
        look = writable_look(look, "rawvideo", "nut")
        video.width, video.height = stretched_sides(size[1], size[0], look.stretch)
        video.pix_fmt = "rgb24"
        video.codec_context.time_base = TICK
        describe(video, look)
        others = []
        if beside is not None:
            original = stack.enter_context(opened(beside.path))
            others = tracks(original, beside.path, output, NAMED)
        output.start_encoding()
        streams = [_packets(frames, video, look.stretch, pipe)]
        if others:
            streams.append(other_packets(original, others, beside.timeline))
        mux_in_order(output, video, streams, beside and beside.path)
    pipe.check()


class _Pipe:
    """A stream that is only written to; once that fails, or all else does, what is left is dropped.

    A container writes its end when it is closed, which a player that stands still would never take.
    An error, and Ctrl-C, waits for `check`: PyAV, which calls `write`, would lose it.
    """

    def __init__(self, stream):
        self._stream, self._error = stream, None

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            self._stream = None

    def write(self, data):
        """Writes bytes, and returns how many."""
        if self._stream is not None:
            try:
                self._stream.write(data)
            except BaseException as error:
                self._stream, self._error = None, error
        return len(data)

    def check(self):
        """Raises what `write` has met."""
        if self._error is not None:
            raise self._error


def _packets(frames, video, stretch, pipe):
    """Yields `(seconds, packet)` of each frame."""
    import av

    last = None
    for rgb, time in frames:
        tick = round(time / TICK)
        last = tick if last is None else max(tick, last + 1)  # No two are at once.
        frame = squared(av.VideoFrame.from_ndarray(rgb, format="rgb24"), stretch)
        frame.pts, frame.time_base = last, TICK
        for packet in video.encode(frame):
            yield float(packet.pts * packet.time_base), packet
        pipe.check()
