"""Colours that a file doesn't say, colours of half the size, and the way back."""

import av
import media
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from tfvgan.data.colours import HD, scaling, to_rgb, to_yuv

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


@pytest.mark.parametrize("height", [48, HD])
def test_there_and_back(height):
    frame = av.VideoFrame.from_ndarray(np.full((height, 64, 3), RED, "uint8"), format="rgb24")
    found = to_yuv(frame, "yuv420p", height)
    found.colorspace = 2
    np.testing.assert_allclose(to_rgb(found), frame.to_ndarray(), atol=3)
