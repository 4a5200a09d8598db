"""Sound and subtitles of a film, copied or encoded anew into another file."""

import contextlib
import io
import itertools
from fractions import Fraction

from tfvgan.data.errors import say_once
from tfvgan.data.opening import opened
from tfvgan.data.streams import packets
from tfvgan.streaming.sink import format_of, open_output
from tfvgan.streaming.timeline import PREROLL, Timeline

KEPT = ("audio", "subtitle")
ENCODERS = ("aac", "libopus")  # The first that a format holds encodes the sound that it does not.
KEPT_TAGS = ("language", "title")  # Tags that are kept; others are of the file that it was.
SURE = {"mpegts": ("aac", "ac3", "eac3", "mp2", "mp3", "dts", "opus", "dvb_subtitle")}
# Formats that FFmpeg writes anything into, and what players find there again.
TRIED = 100  # Packets of a film: what a format takes of them it takes of all.
LAYOUTS = ("mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1")  # Of so many channels.


def tracks(container, source, output, named):
    """Returns the `Copied` and `Encoded` of the sound and subtitles of a film.

    What the new file's format can't hold is encoded anew if it is sound, and left out if it is not;
    a warning says so.

    Args:
        container: the open film.
        source: path of the film, which warnings name.
        output: open container of PyAV, to which streams are added.
        named: path of the new file, which warnings name.
    """
    import av

    new_tracks, first = [], _first_packets(source)
    for stream in container.streams:
        if stream.type not in KEPT:
            continue
        kind = stream.codec_context.name if stream.codec_context else "unknown"
        reason = f"{named} can't hold the {stream.type} of {source}, which is {kind}: it is "
        taken = SURE.get(output.format.name) or output.supported_codecs
        encoder = next((name for name in ENCODERS if name in taken), None)
        if holds(named, stream, first.get(stream.index, ())):
            new_tracks.append(Copied(stream, output))
        elif stream.type == "audio" and stream.codec_context and encoder:
            say_once(f"{reason}encoded anew, as {av.codec.Codec(encoder, 'w').canonical_name}.")
            new_tracks.append(Encoded(stream, output, encoder))
        else:
            say_once(f"{reason}left out.")
    return new_tracks


def _first_packets(source):
    """Returns the first packets of each track of a film, by the track's number."""
    by_track = {}
    with opened(source) as container:
        kept = [stream for stream in container.streams if stream.type in KEPT]
        for packet in itertools.islice(packets(container, *kept) if kept else (), TRIED):
            by_track.setdefault(packet.stream.index, []).append(packet)
    return by_track


def holds(named, stream, first=()):
    """Returns whether a file of that name can hold the packets of a stream as they are.

    Such a file is made of the first of them, and closed.
    """
    import av

    form, refused = format_of(named), 0
    if stream.codec_context and form in SURE:
        return stream.codec_context.codec.canonical_name in SURE[form]
    with contextlib.suppress(av.FFmpegError, ValueError), io.BytesIO() as nowhere:
        trial = open_output(nowhere, form)
        track = Copied(stream, trial)
        track.begin(Timeline(1).follower())
        trial.start_encoding()
        for _, packet in itertools.chain(*map(track, first)):
            try:
                trial.mux(packet)
            except av.FFmpegError:
                refused += 1  # It may be damaged.
        trial.close()
        return not first or refused < len(first)
    return False


def layout_of(context):
    """Returns FFmpeg's name of the channel layout; the usual one where sound has none."""
    layout, count = context.layout.name, context.layout.nb_channels
    unsaid = layout == f"{count} channels" and count <= len(LAYOUTS)
    return LAYOUTS[count - 1] if unsaid else layout


def rate_and_layout(encoder, rate, layout):
    """Returns the sample rate and FFmpeg's name of the channel layout for an encoder.

    They are those that are asked for, or the nearest that it has.
    """
    import av

    rates = av.codec.Codec(encoder, "w").audio_rates or [rate]
    rate = min(rates, key=lambda other: (other < rate, abs(other - rate)))
    for name in (layout, layout.partition("(")[0], "stereo"):
        trial = av.CodecContext.create(encoder, "w")
        with contextlib.suppress(av.FFmpegError, ValueError):
            trial.sample_rate, trial.layout = rate, name
            trial.format = trial.codec.audio_formats[0]
            trial.open()
            break
    return rate, name


def other_packets(container, new_tracks, timeline):
    """Yields `(seconds, packet)` of the tracks, for an output whose header is written.

    Args:
        container: the open film.
        new_tracks: of `tracks`.
        timeline: `Timeline` of the film's frames.
    """
    for track in new_tracks:
        track.begin(timeline.follower())
    by_number = {track.original.index: track for track in new_tracks}
    for packet in packets(container, *(track.original for track in new_tracks)):
        yield from by_number[packet.stream.index](packet)


def placed(packet, stream, time, lead=Fraction(0), last=None):
    """Returns the packet, decoded at a time in seconds and shown `lead` seconds later.

    `last` is when the one before it was decoded, in ticks of the stream: no two are at once.
    """
    base, duration = stream.time_base, (packet.duration or 0) * packet.time_base
    packet.stream, packet.time_base = stream, base
    packet.dts = round(time / base) if last is None else max(round(time / base), last + 1)
    packet.pts = max(round((time + lead) / base), packet.dts)
    packet.duration = round(duration / base)
    return packet


class _Track:
    """A stream of the film, `original`, and the one that it becomes, `stream`."""

    def __init__(self, original, stream):
        self.original, self.stream = original, stream
        tags = {name: text for name, text in original.metadata.items() if name in KEPT_TAGS}
        stream.metadata.update(tags)
        stream.disposition = original.disposition
        self.last = None

    def begin(self, time):
        """Takes the function from stamps to times, of `Timeline.follower`."""
        self.time = time

    def _placed(self, packet, time, lead=Fraction(0)):
        packet = placed(packet, self.stream, time, lead, self.last)
        self.last = packet.dts
        return float(packet.dts * packet.time_base), packet


class Copied(_Track):
    """Takes packets over as they are."""

    def __init__(self, original, output):
        stream = output.add_stream_from_template(original, opaque=True)
        if original.type == "audio" and original.codec_context:
            stream.codec_context.layout = layout_of(original.codec_context)  # .mp4 wants to know.
        super().__init__(original, stream)

    def __call__(self, packet):
        """Yields `(seconds, packet)` of a copied packet; nothing if it is left out."""
        tick = packet.pts if packet.dts is None else packet.dts
        if not packet.size or tick is None:
            return
        time = self.time(tick * packet.time_base)
        end = time + (packet.duration or 0) * packet.time_base
        shown = self.original.type == "subtitle"
        if end < (0 if shown else -PREROLL):
            return
        lead = 0 if packet.pts is None else (packet.pts - tick) * packet.time_base
        if shown and time < 0:
            packet.duration = round(end / packet.time_base)  # It is seen from the first frame on.
        yield self._placed(packet, max(time, Fraction(0)) if shown else time, lead)


class Encoded(_Track):
    """Decodes sound, and encodes it anew."""

    def __init__(self, original, output, encoder):
        context = original.codec_context
        rate, layout = rate_and_layout(encoder, context.sample_rate, layout_of(context))
        stream = output.add_stream(encoder, rate=rate)
        stream.codec_context.layout = layout
        self._end = Fraction(0)
        super().__init__(original, stream)

    def __call__(self, packet):
        """Yields `(seconds, packet)` of a packet's frames, encoded anew."""
        import av

        frames = []
        with contextlib.suppress(av.FFmpegError):  # A damaged packet is silence.
            frames = packet.decode()
        for frame in frames:
            stamped = frame.pts is not None
            time = self.time(frame.pts * frame.time_base) if stamped else self._end
            self._end = time + Fraction(frame.samples, frame.sample_rate)
            if self._end >= -PREROLL:
                frame.time_base = Fraction(1, frame.sample_rate)
                frame.pts = round(time / frame.time_base)
                yield from self._encoded(frame)
        if not packet.size:
            yield from self._encoded(None)

    def _encoded(self, frame):
        for packet in self.stream.encode(frame):
            yield self._placed(packet, packet.dts * packet.time_base)
