"""Sound levels: of tones in closed form, at their times, and silence where there is none."""

from fractions import Fraction

import av
import media
import numpy as np
import pytest

from tfvgan.streaming.timeline import Span, Timeline
from tfvgan.tasks.analysis.sound import RATE, SILENCE, Loudness, loudness

TIMELINE = Timeline(1)
TIMELINE.spans.append(Span(Fraction(0), Fraction(9), Fraction(0)))


def tone(path, parts):
    """Writes a second of each `(hertz, amplitude)`, as samples of 16 bits."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for number, (hertz, amplitude) in enumerate(parts):
            wave = amplitude * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)
            samples = np.rint(32767 * wave).astype("int16")[None]
            frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
            frame.rate, frame.pts = RATE, number * RATE
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


def test_a_tone_has_its_level_and_its_band(tmp_path):
    parts = [(1000, 0.5), (6000, 0.05), (50, 0.5), (1000, 0.0)]
    found = loudness(tone(tmp_path / "a.wav", parts), TIMELINE)
    assert len(found.level) == pytest.approx(40, abs=1)
    level, speech = found.at(np.arange(4) + 0.5)
    assert level[:3].tolist() == pytest.approx([-9.03, -29.03, -9.03], abs=0.05)
    assert level[3] == SILENCE and speech.tolist() == pytest.approx([1, 0, 0, 0], abs=0.01)


def test_there_is_silence_beyond_the_sound():
    found = Loudness(np.array([-3.0], "float32"), np.array([0.5], "float32")).at([-0.2, 0.05, 9.0])
    assert found.level.tolist() == [SILENCE, -3.0, SILENCE] and found.speech.tolist() == [0, 0.5, 0]


def test_a_film_without_sound_has_none(tmp_path):
    assert loudness(media.video(tmp_path / "a.mp4", "h264.mp4"), TIMELINE) is None
