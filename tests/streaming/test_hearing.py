"""Where sound begins; where it goes on a picture stands; where both stop the film was cut."""

from fractions import Fraction

import av
import media
import numpy as np
import pytest

from tfvgan.streaming.hearing import SoundStamps


def sounds(path, *tenths):
    """Writes files of tracks, each with a tenth of a second of sound at each of these times."""
    with av.open(str(path), "w") as out:
        streams = [out.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in tenths]
        for stream, times in zip(streams, tenths):
            for time in times:
                frame = av.AudioFrame.from_ndarray(np.ones((1, 800), "int16"), "s16", "mono")
                frame.rate, frame.pts, frame.time_base = 8000, 800 * time, Fraction(1, 8000)
                out.mux(stream.encode(frame))
    return path


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        ((0.2, 0.8), False),  # It is heard all the while.
        ((1, 95), True),
        ((3, 90), True),
        ((95, 200), False),  # It has ended.
    ],
)
def test_sound_jumps_where_there_is_none_in_the_middle(tmp_path, stretch, expected):
    path = sounds(tmp_path / "in.mkv", [*range(10), *range(950, 960)])
    assert SoundStamps(path).jump(*stretch) is expected


def test_one_track_that_goes_on_is_enough(tmp_path):
    path = sounds(tmp_path / "in.mkv", [*range(10), *range(950, 960)], range(0, 1000, 100))
    assert not SoundStamps(path).jump(1, 95)


def test_a_film_without_sound_never_jumps(tmp_path):
    sound = SoundStamps(media.video(tmp_path / "x"))
    assert sound.begin is None and not sound.jump(0, 100)


def test_where_it_begins(tmp_path):
    path = sounds(tmp_path / "in.mkv", [12, 13], [7, 8])
    assert SoundStamps(path).begin == Fraction(7, 10)
