"""Films with sound and subtitles, made on the spot, and what is heard of a film."""

from fractions import Fraction
from pathlib import Path

import av
import media
import numpy as np
from av.stream import Disposition

from tfvgan.data.opening import opened

SUBTITLES = "1\n00:00:00,200 --> 00:00:00,400\nOne\n\n2\n00:00:00,600 --> 00:00:00,900\nTwo\n"


def film(path, pictures=None, sound="aac", subtitles=True, gop=12, lead=0, **tags):
    """Returns the path, as a string, of a film of 10 frames a second with sound of its length.

    Args:
        path: whose ending says the format, which must hold H.264.
        pictures: uint8 `(t, h, w, 3)`; ten frames if absent.
        sound: FFmpeg's name of its encoder.
        subtitles: bool, whether there are two of them, in SubRip.
        gop: frames from one that can be decoded alone to the next.
        lead: tenths of a second of sound before the first frame.
        **tags: of the sound.
    """
    pictures = media.frames(10) if pictures is None else pictures
    path = Path(path)
    words = path.with_name("words.srt")
    words.write_text(SUBTITLES)
    with av.open(str(words)) as text, av.open(str(path), "w") as out:
        video, audio = out.add_stream("libx264", rate=10), out.add_stream(sound, rate=16000)
        video.height, video.width = pictures.shape[1:3]
        video.gop_size, video.options = gop, media.OPTIONS["libx264"]
        audio.bit_rate = 64000
        audio.metadata.update(tags)
        audio.disposition = Disposition.default | Disposition.hearing_impaired
        written = out.add_stream_from_template(text.streams[0]) if subtitles else None
        for number in range(lead):
            out.mux(audio.encode(_noise(number)))
        for number, picture in enumerate(pictures, start=lead):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            out.mux(video.encode(frame))
            out.mux(audio.encode(_noise(number)))
        out.mux(video.encode())
        out.mux(audio.encode())
        for packet in text.demux() if subtitles else ():
            if packet.size:
                packet.stream = written
                out.mux(packet)
    words.unlink()
    return str(path)


def _noise(number):
    """Returns a tenth of a second of sound, always the same and never silent."""
    samples = np.random.default_rng(number).normal(0, 0.1, (1, 3200)).astype("float32")
    frame = av.AudioFrame.from_ndarray(samples, "flt", "stereo")
    frame.rate, frame.pts = 16000, 1600 * number
    return frame


def plain(path, channels):
    """Writes a film, an .avi, with sound of samples that does not say its loudspeakers."""
    with av.open(str(path), "w") as out:
        video = out.add_stream("mjpeg", rate=10)
        video.height, video.width, video.pix_fmt = 48, 64, "yuvj420p"
        audio = out.add_stream("pcm_s16le", rate=8000, layout=("mono", "stereo")[channels - 1])
        for picture in media.frames(10):
            out.mux(video.encode(av.VideoFrame.from_ndarray(picture).reformat(format="yuvj420p")))
            samples = np.random.default_rng(0).integers(-99, 99, (1, 800 * channels))
            frame = av.AudioFrame.from_ndarray(samples.astype("int16"), "s16", audio.layout.name)
            frame.rate = 8000
            out.mux(audio.encode(frame))
        out.mux(video.encode())
    return path


def begun(path):
    """Returns the seconds at which the first frame is seen."""
    with opened(path) as container:
        return next(container.decode(video=0)).time


def heard(path, kind="audio"):
    """Returns the times, from the first frame that can be seen, and the bytes of all packets."""
    start = begun(path)
    with opened(path) as container:
        packets = [packet for packet in container.demux(**{kind: 0}) if packet.size]
        times = [float(packet.pts * packet.time_base) - start for packet in packets]
    return times, [bytes(packet) for packet in packets]
