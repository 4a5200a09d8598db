"""How loud a film is, and how much of its sound is in the band of speech."""

import contextlib
from typing import NamedTuple

import numpy as np

from tfvgan.data.opening import opened
from tfvgan.data.streams import packets
from tfvgan.streaming.timeline import Timeline

STEP = 0.1  # Seconds that a level is of.
RATE = 16000  # Samples a second that are looked at.
SPEECH = (300, 3400)  # Hertz, as telephones have it.
SILENCE = -90.0  # Decibels, the least level.


class Loudness(NamedTuple):
    """Sound in steps of `STEP` seconds.

    `level` is the root mean square in decibels below full scale, `SILENCE` to 0, float32 `(n,)`;
    `speech` is the share of the power that is between 300 and 3,400 Hz, 0 of silence. No words are
    told from music by it.
    """

    level: np.ndarray
    speech: np.ndarray

    def at(self, times: np.ndarray) -> "Loudness":
        """Returns level and share at some times, in seconds; silence where there is no sound."""
        places = (np.asarray(times, float) / STEP).astype(int)
        there = (places >= 0) & (places < len(self.level))
        places = np.clip(places, 0, max(0, len(self.level) - 1))
        level, speech = (
            np.where(there, each[places] if len(each) else 0, none).astype("float32")
            for each, none in ((self.level, SILENCE), (self.speech, 0.0))
        )
        return Loudness(level, speech)


def loudness(path, timeline: Timeline) -> Loudness | None:
    """Returns the `Loudness` of a file's first sound; None where there is none.

    Args:
        path: of the file.
        timeline: `Timeline` of its frames, whose times the steps are in.
    """
    import av

    with opened(path) as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        if stream.codec_context is None:
            return None
        time, made = timeline.follower(), _Steps()
        resampler = av.AudioResampler("flt", "mono", RATE)
        for packet in packets(container, stream):
            with contextlib.suppress(av.FFmpegError, MemoryError):  # A damaged packet is silence.
                for frame in packet.decode():
                    begin = None
                    if frame.pts is not None:
                        begin = float(time(frame.pts * frame.time_base))
                    for part in resampler.resample(frame):
                        made.add(part.to_ndarray().ravel(), begin)
        return made.loudness()


class _Steps:
    """Samples put into steps."""

    def __init__(self):
        self._next = 0.0
        self._held = np.zeros(0, "float32")
        self._levels, self._shares = {}, {}
        self._place = 0

    def add(self, samples, begin):
        """Takes samples that begin at a time, in seconds; None goes on behind those before."""
        begin = self._next if begin is None else begin
        self._next = begin + len(samples) / RATE
        if begin < 0:
            samples = samples[round(-begin * RATE) :]
            begin = 0.0
        whole = round(STEP * RATE)
        at = round(begin * RATE)
        place = at // whole
        if abs(at - (self._place * whole + len(self._held))) > whole:
            self._end()
            self._place, self._held = place, np.zeros(at - place * whole, "float32")
        self._held = np.concatenate([self._held, samples])
        while len(self._held) >= whole:
            self._measure(self._held[:whole])
            self._held = self._held[whole:]
            self._place += 1

    def loudness(self):
        """Returns the `Loudness` of all that was added."""
        self._end()
        count = max(self._levels, default=-1) + 1
        level, speech = np.full(count, SILENCE, "float32"), np.zeros(count, "float32")
        for values, by_place in ((level, self._levels), (speech, self._shares)):
            for place, value in by_place.items():
                values[place] = value
        return Loudness(level, speech)

    def _end(self):
        if len(self._held):
            self._measure(self._held)
            self._held = self._held[:0]
            self._place += 1

    def _measure(self, samples):
        power = float(np.square(samples, dtype="float64").mean())
        loud = power > 10 ** (SILENCE / 10)
        self._levels[self._place] = min(0.0, 10 * np.log10(power)) if loud else SILENCE
        if not loud:
            return
        spectrum = np.abs(np.fft.rfft(samples)) ** 2
        hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
        inside = (hertz >= SPEECH[0]) & (hertz <= SPEECH[1])
        self._shares[self._place] = spectrum[inside].sum() / max(spectrum.sum(), 1e-12)
