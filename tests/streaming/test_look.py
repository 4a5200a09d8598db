"""What the frames of a file don't say themselves: shapes of pixels, colours, transparency."""

from fractions import Fraction

import av
import media
import pytest

from tfvgan.data.opening import opened
from tfvgan.data.orientation import Orientation
from tfvgan.streaming.look import look_of, tell_hdr


@pytest.mark.parametrize(("rotation", "aspect"), [(0, 16), (90, 1 / 16), (180, 16), (270, 1 / 16)])
def test_what_a_file_says_of_its_frames(tmp_path, rotation, aspect):
    path = str(tmp_path / "x.mp4")
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(16)
        stream.codec_context.color_primaries, stream.codec_context.color_trc = 9, 16
        container.mux(stream.encode(av.VideoFrame.from_ndarray(media.frames(1)[0], format="rgb24")))
        container.mux(stream.encode())
    with opened(path) as container:
        look = look_of(container.streams.video[0], Orientation(rotation))
    assert float(look.aspect) == aspect and look.stretch == 1
    assert (look.primaries, look.transfer, look.alpha) == (9, 16, False)


def test_what_is_lost_of_hdr_is_said_once(caplog):
    for _ in range(2):
        tell_hdr(["DOVI_METADATA"], "a film.mkv")
    assert caplog.text.count("a film.mkv: what it says of HDR beside its transfer is left out") == 1
    tell_hdr([], "b.mkv")
    assert "b.mkv" not in caplog.text
