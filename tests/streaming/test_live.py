"""What a player is handed: frames as they are, at their times, and their sound."""

import io
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from sounding import film, heard

from tfvgan.streaming.attached import Beside
from tfvgan.streaming.live import write_live
from tfvgan.streaming.look import PLAIN
from tfvgan.streaming.timeline import Span, Timeline

TIMES = [Fraction(0), Fraction(1, 10), Fraction(1, 10), Fraction(2, 5)]


class Piped(io.BytesIO):
    """What can't be gone back in, as a pipe can't."""

    def seekable(self):
        return False

    def seek(self, *where):
        raise OSError("a pipe")


def played(stream):
    """Returns the times, in seconds, and the frames of what was written."""
    with av.open(io.BytesIO(stream.getvalue())) as container:
        frames = list(container.decode(video=0))
    return [frame.time for frame in frames], [frame.to_ndarray() for frame in frames]


def test_frames_arrive_as_they_are_at_their_times():
    frames, stream = media.frames(4), Piped()
    write_live(zip(frames, TIMES), stream, frames.shape[1:3], Fraction(10), PLAIN)
    times, same = played(stream)
    np.testing.assert_array_equal(same, frames)
    assert times == pytest.approx([0, 0.1, 0.1 + 1 / 90000, 0.4], abs=1e-6), "no two at once"
    with av.open(io.BytesIO(stream.getvalue())) as container:
        assert container.format.name == "nut"


@pytest.mark.parametrize(("aspect", "sides"), [((4, 3), (48, 85)), ((1, 2), (96, 64))])
def test_pixels_are_made_square(aspect, sides):
    frames, stream = media.frames(2), Piped()
    look = PLAIN._replace(aspect=Fraction(*aspect))
    write_live(zip(frames, TIMES), stream, frames.shape[1:3], Fraction(10), look)
    _, (first, _) = played(stream)
    assert first.shape == (*sides, 3)
    rows, columns = (round(0.5 * side) for side in sides)
    apart = first[rows, columns].astype(int) - frames[0, 24, 32]
    assert np.abs(apart).max() < 40, "it is the same picture"


def test_sound_is_copied_and_lies_beside_the_frames_that_it_is_heard_with(tmp_path):
    path, frames, stream = film(tmp_path / "in.mkv"), media.frames(10), Piped()
    timeline = Timeline(1)
    timeline.spans.append(Span(Fraction(0), Fraction(0), Fraction(0)))
    timed = ((frame, Fraction(n, 10)) for n, frame in enumerate(frames))
    size = frames.shape[1:3]
    write_live(timed, stream, size, Fraction(10), PLAIN, Beside(path, timeline))
    out = tmp_path / "out.nut"
    out.write_bytes(stream.getvalue())
    (times, content), (expected, same) = heard(out, "audio"), heard(path, "audio")
    assert content == same and len(content) == 17
    assert times == pytest.approx(expected, abs=2e-3)
    with av.open(str(out)) as container:
        packets = [packet for packet in container.demux() if packet.size]
    begins = [float(packet.dts * packet.time_base) for packet in packets]
    assert begins == sorted(begins)


@pytest.mark.parametrize("error", [BrokenPipeError, KeyboardInterrupt])
def test_once_it_fails_nothing_more_is_written(error):
    """A player that stands still would never take the end of the file."""

    class Closed(Piped):
        calls = 0

        def write(self, data):
            self.calls += 1
            if self.calls == 3:
                raise error("closed")
            assert self.calls < 3
            return len(data)

    asked, stream = [], Closed()

    def frames():
        for number in range(10**6):
            asked.append(number)
            yield np.zeros((96, 96, 3), "uint8"), Fraction(number, 10)

    with pytest.raises(error):
        write_live(frames(), stream, (96, 96), Fraction(10), PLAIN)
    assert len(asked) < 50 and stream.calls == 3
