"""One file of a video's parts, and of the source's sound, subtitles and metadata."""

import contextlib
import heapq
import itertools
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np

from tfvgan.data.errors import say_once
from tfvgan.data.opening import opened
from tfvgan.data.pyav import is_transparent
from tfvgan.data.streams import packets
from tfvgan.streaming.about import NOTHING, about, tell_lost, write_about
from tfvgan.streaming.attached import Beside
from tfvgan.streaming.encoders import SHAPED_FORMATS
from tfvgan.streaming.hearing import SoundStamps
from tfvgan.streaming.lengths import is_steady, with_lengths
from tfvgan.streaming.look import PLAIN, describe
from tfvgan.streaming.sink import EncodedFile, format_of, open_output
from tfvgan.streaming.sound import TRIED, other_packets, placed, tracks
from tfvgan.streaming.timeline import Span, Timeline

COUNTING = ("avi",)  # Formats that count frames: readers take their ticks for the rate.
REHEARSED = (0.0, 0.25, 0.5, 1.5)  # Seconds: a rate that varies.


def check_held(out, source=None, size=(256, 256), film=NOTHING, **how):
    """Raises ValueError unless a file named like `out` can hold the frames.

    A few frames are put into such a file, now, not after the hours that the others take. What else
    there is that it can't hold, a warning says.

    Args:
        out: path, whose ending says the format.
        source: path of the video whose sound and subtitles are kept, or None.
        size: `(height, width)` of the frames, which some encoders mind.
        film: `About` of the film.
        **how: of `EncodedFile`.

    Raises:
        ValueError: also when there is no such format, and as `EncodedFile` does.
    """
    with tempfile.TemporaryDirectory() as folder:
        part, whole = Path(folder, "part"), Path(folder, f"whole{Path(out).suffix}")
        times, kept = _rehearsed(part, whole, size, film, how)
        if len(times) != len(REHEARSED) or not np.allclose(times, REHEARSED, atol=0.02):
            mkv = "name the output .mkv, which holds nearly anything, or "
            raise ValueError(
                f"`{out}` can't hold what the encoder {how['codec']} makes, with its times: "
                f"{'' if format_of(out) == 'matroska' else mkv}choose another `codec` (--codec)."
            )
        tell_lost(film, kept, out)
        if source is not None:
            _rehearse_beside(part, source, whole, out, film)


def _rehearsed(part, whole, size, film, how):
    """Returns the times of a few frames, in seconds, and the `About`, read from a trial file.

    If it can't hold frames, there are no times.
    """
    import av

    sink = EncodedFile(part, **how)
    try:
        for number, time in enumerate(REHEARSED):
            sink.write(np.full((*size, 3), 20 * number, "uint8"), None, Fraction(time))
        sink.close()
    except av.FFmpegError:
        return [], NOTHING
    try:
        join([part], None, whole, film=film)
        with opened(whole) as written:
            times = [float(frame.time) for frame in written.decode(video=0)]
        return [time - times[0] for time in times], about(whole)
    except (av.FFmpegError, ValueError, IndexError):
        return [], NOTHING


def _rehearse_beside(part, source, whole, out, film):
    """Raises ValueError unless a trial file holds the source's sound and subtitles together."""
    import av

    begin = SoundStamps(source).begin or Fraction(0)
    timeline = Timeline(1)
    timeline.spans.append(Span(begin, begin, begin))
    try:
        join([part], Beside(source, timeline), whole, out, film=film, most=TRIED)
    except av.FFmpegError as error:
        raise ValueError(
            f"`{out}` can't hold the sound and subtitles of `{source}` together (FFmpeg says "
            f"{error.strerror}): name an output of another format."
        ) from None


def join(parts, source, out, named=None, look=PLAIN, film=NOTHING, fps=None, most=None, until=None):
    """Writes the frames of the parts, in order, with the source's sound and subtitles.

    The frames are not encoded again, and what else there is only if it must be.

    Args:
        parts: paths of files of `EncodedFile`, in order; their times go on from part to part.
        source: `Source` whose sound and subtitles are kept, and whose frames were read; or None.
        out: path to write to; its ending says the format.
        named: path that messages name; None for `out`.
        look: `Look` of the frames, whose primaries and transfer the parts may not say.
        film: `About` of the film.
        fps: Fraction, frames a second on average, which some formats say; None leaves them unsaid.
        most: int, packets of sound and subtitles; None for all.
        until: seconds at which sound and subtitles end; None where the source's do.
    """
    with contextlib.ExitStack() as stack:
        first, output = stack.enter_context(opened(parts[0])), stack.enter_context(open_output(out))
        template = first.streams.video[0]
        video = output.add_stream_from_template(template, opaque=True)
        video.codec_context.sample_aspect_ratio = template.sample_aspect_ratio or 1
        video.codec_context.framerate = fps or 0
        if output.format.name in COUNTING and fps and is_steady(_placed(parts, template), fps):
            video.time_base = 1 / fps
        describe(video, look)
        if template.codec_context.name == "hevc" and output.format.name in SHAPED_FORMATS:
            video.codec_context.codec_tag = "hvc1"  # FFmpeg's own, hev1, some players don't take.
        if is_transparent(template):
            video.metadata["alpha_mode"] = "1"
        new_tracks = []
        if source is not None:
            original = stack.enter_context(opened(source.path))
            new_tracks = tracks(original, source.path, output, named or out)
        write_covers = write_about(output, film)
        output.start_encoding()
        write_covers()
        streams = [_video_packets(parts, video, film.end)]
        if new_tracks:
            others = other_packets(original, new_tracks, source.timeline)
            heard = (pair for pair in others if until is None or pair[0] < until)
            streams.append(itertools.islice(heard, most))
        mux_in_order(output, video, streams, source and source.path)


def mux_in_order(output, video, streams, heard):
    """Writes the packets of several streams as their times are; says which of them FFmpeg refused.

    Args:
        output: open container of PyAV.
        video: its stream whose packets must not be refused.
        streams: iterables of `(seconds, packet)`, whose seconds grow.
        heard: path of the others, which a warning names.
    """
    import av

    refused = 0
    for _, packet in heapq.merge(*streams, key=lambda pair: pair[0]):
        try:
            output.mux(packet)
        except av.FFmpegError as error:
            if packet.stream_index == video.index or isinstance(error, OSError):
                raise  # A full disk is no damaged packet.
            refused += 1
    if refused:
        say_once(f"{heard}: {refused} damaged packets of sound or subtitles were left out.")


def _video_packets(parts, stream, end):
    """Yields `(seconds, packet)` of all the parts; the last frame goes at `end`, if it is known."""
    for packet in with_lengths(_placed(parts, stream), end):
        yield float(packet.dts * packet.time_base), packet


def _placed(parts, stream):
    """Yields the packets of all the parts."""
    last = None
    for part in parts:
        with opened(part) as container:
            for packet in packets(container, container.streams.video[0]):
                if packet.size:
                    tick = packet.pts if packet.dts is None else packet.dts
                    time, lead = (n * packet.time_base for n in (tick, packet.pts - tick))
                    # An encoder may begin before the one before it has ended.
                    packet = placed(packet, stream, time, lead, last)
                    last = packet.dts
                    yield packet
