"""What the numbers of a frame mean: colours that a file doesn't say, shapes, transparency."""

from fractions import Fraction

import av
import media
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from tfvgan.data.pyav import opened
from tfvgan.streaming.look import HD, look_of, scaling, to_rgb

RED = (200, 40, 40)


def yuv(picture, matrix):
    """Returns a frame of half-size colours by a matrix of PyAV's, which it does not say."""
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame = frame.reformat(format="yuv420p", dst_colorspace=matrix, interpolation=scaling())
    frame.colorspace = 2
    return frame


@pytest.mark.parametrize(
    ("height", "matrix"), [(HD, Colorspace.ITU709), (HD // 2, Colorspace.ITU601)]
)
def test_colours_that_a_file_does_not_say_are_what_players_take_them_for(height, matrix):
    picture = np.full((height, 64, 3), RED, "uint8")
    np.testing.assert_allclose(to_rgb(yuv(picture, matrix)), picture, atol=3)


def test_colours_of_half_the_size_are_enlarged_smoothly():
    y, x = np.mgrid[0:96, 0:96]
    picture = np.stack([127 + 120 * np.sin(k) for k in (x / 9 + y / 31, y / 7, (x + y) / 11)], -1)
    picture = picture.round().astype("uint8")
    frame = yuv(picture, Colorspace.ITU601)
    plain = frame.reformat(format="rgb24").to_ndarray()
    ours, theirs = (
        ((found.astype(float) - picture) ** 2).mean() for found in (to_rgb(frame), plain)
    )
    assert 1.4 * ours < theirs


def test_a_frame_is_scaled():
    frame = yuv(media.frames(1)[0], Colorspace.ITU601)
    assert to_rgb(frame, (24, 32)).shape == (24, 32, 3)


@pytest.mark.parametrize(("rotation", "aspect"), [(0, 16), (90, 1 / 16), (180, 16), (270, 1 / 16)])
def test_what_a_file_says_of_its_frames(tmp_path, rotation, aspect):
    path = str(tmp_path / "x.mp4")
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(16)
        stream.codec_context.color_primaries, stream.codec_context.color_trc = 9, 16
        container.mux(stream.encode(yuv(media.frames(1)[0], Colorspace.ITU601)))
        container.mux(stream.encode())
    with opened(path) as container:
        look = look_of(container.streams.video[0], rotation)
    assert float(look.aspect) == aspect and look.stretch == 1
    assert (look.primaries, look.transfer, look.alpha) == (9, 16, False)
