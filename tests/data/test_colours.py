"""Colours that a file doesn't say, colours of half the size, and the way back."""

import av
import media
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from tfvgan.data.colours import (
    BT601,
    BT709,
    BT2020,
    Reformatter,
    chroma_of,
    depth_of,
    is_full_range,
    location_of,
    scaling,
    to_rgb,
    to_yuv,
    usual_matrix,
)
from tfvgan.data.siting import LOCATIONS

RED = (200, 40, 40)
# Blue and red beyond luma, as BT.601 has them.
CHROMA = np.array([[-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]])
SUBSAMPLED = ["yuv420p", "yuv422p", "yuv440p", "yuv411p", "yuv410p", "yuv420p10le", "nv12"]
EIGHTHS = np.arange(-8, 9) / 8


def waves(height=64, width=80):
    """Returns a picture of smooth colours, uint8 `(h, w, 3)`."""
    draws = np.random.default_rng(0)
    y, x = np.mgrid[:height, :width]
    angles = [
        sum(np.cos(a * x + b * y + c) for a, b, c in draws.uniform(-0.45, 0.45, (6, 3)) * [1, 1, 7])
        for _ in range(3)
    ]
    return (127 + 17 * np.stack(angles, -1)).clip(0, 255).round().astype("uint8")


def shift(found, truth):
    """Returns how far the colours of a picture have moved: `(x, y)` of Cb, `(x, y)` of Cr, in
    pixels, each the best of eighths."""
    height, width = truth.shape[:2]
    window = np.hanning(height)[:, None] * np.hanning(width)
    moved = []
    for weights in CHROMA:
        there, here = (
            np.fft.fft2((picture @ weights - (truth @ weights).mean()) * window)
            for picture in (truth, found)
        )
        for frequency in (np.fft.fftfreq(width), np.fft.fftfreq(height)[:, None]):
            far = [
                (np.abs(there * np.exp(-2j * np.pi * frequency * by) - here) ** 2).sum()
                for by in EIGHTHS
            ]
            moved.append(EIGHTHS[np.argmin(far)])
    return tuple(moved)


def psnr(found, truth):
    inside = np.s_[8:-8, 8:-8]
    return -10 * np.log10(((found[inside].astype(float) - truth[inside]) ** 2).mean() / 255**2)


@pytest.mark.parametrize("location", LOCATIONS)
@pytest.mark.parametrize("pixels", SUBSAMPLED)
def test_there_and_back_colours_stay_where_they_are(pixels, location):
    picture = waves()
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    made = to_yuv(frame, pixels, BT601, location=location)
    found = to_rgb(made)
    assert shift(found, picture) == (0, 0, 0, 0)
    assert psnr(found, picture) > (25 if chroma_of(made.format)[0] == 4 else 40)


@pytest.mark.parametrize("location", ["left", "center", "topleft", "bottom"])
@pytest.mark.parametrize("larger", [1.5, 2])
def test_colours_stay_where_they_are_when_a_frame_is_scaled(larger, location):
    picture = waves()
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    made = to_yuv(frame, "yuv420p", BT601, location=location)
    size = tuple(round(side * larger) for side in picture.shape[:2])
    whole = frame.reformat(width=size[1], height=size[0], interpolation=scaling()).to_ndarray()
    assert shift(to_rgb(made, size), whole) == (0, 0, 0, 0)
    small = np.s_[: picture.shape[0] // 2, : picture.shape[1] // 2]
    means = picture.reshape(32, 2, 40, 2, 3).mean((1, 3))[small]
    assert shift(to_rgb(made, (32, 40), means=True), means) == (0, 0, 0, 0)


def test_a_location_that_is_told_counts_and_what_is_usual_where_nothing_is_said():
    picture = waves()
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    made = to_yuv(frame, "yuv420p", BT601, location="center")
    assert shift(to_rgb(made, kept=Reformatter("left")), picture)[::2] == (-0.5, -0.5)
    planes = av.VideoFrame.from_ndarray(made.to_ndarray(), format="yuv420p")
    assert location_of(made) == "" and location_of(planes) == "left"
    assert shift(to_rgb(planes), picture)[::2] == (-0.5, -0.5)
    assert location_of(planes, "mpeg1video") == "center"
    planes.color_range = 2
    assert location_of(planes) == "center"


def test_the_way_by_planes_gives_the_same_colours():
    frame = av.VideoFrame.from_ndarray(waves(), format="rgb24")
    for pixels in SUBSAMPLED:
        made = to_yuv(frame, pixels, BT709)
        plain = made.reformat(format="rgb24", interpolation=scaling(), src_colorspace=1)
        np.testing.assert_array_equal(to_rgb(made), plain.to_ndarray())


def test_thumbnails_are_means_of_areas():
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[:32, :32], picture[32:, 32:] = 200, 100
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    made = to_rgb(frame, (4, 4), means=True)
    assert made.shape == (4, 4, 3) and np.abs(made.astype(int) - picture[::16, ::16]).max() <= 1
    one = to_rgb(frame, (1, 1), means=True)
    assert np.abs(one.astype(int) - 75).max() <= 2


def yuv(picture, matrix):
    """Returns a frame of half-size colours by a matrix of PyAV's, which it does not say."""
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame = frame.reformat(format="yuv420p", dst_colorspace=matrix, interpolation=scaling())
    frame.colorspace = 2
    return frame


@pytest.mark.parametrize(
    ("size", "matrix"),
    [
        ((720, 64), Colorspace.ITU709),
        ((534, 1280), Colorspace.ITU709),  # A film, whose black bars were cut off.
        ((576, 720), Colorspace.ITU601),
        ((480, 854), Colorspace.ITU601),
    ],
)
def test_colours_that_a_file_does_not_say_are_what_players_take_them_for(size, matrix):
    picture = np.full((*size, 3), RED, "uint8")
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


def test_what_is_kept_for_many_frames_changes_none_whatever_came_before():
    kept = Reformatter()
    matrices = [Colorspace.ITU601, Colorspace.ITU709, Colorspace.ITU601]
    for matrix, size in zip(matrices, [None, (24, 32), (90, 70)]):
        frame = yuv(media.frames(1)[0], matrix)
        frame.colorspace = matrix
        found = to_rgb(frame, size, kept=kept)
        np.testing.assert_array_equal(found, to_rgb(frame, size))
        rgb = av.VideoFrame.from_ndarray(found, format="rgb24")
        planes = [to_yuv(rgb, "yuv444p", matrix, each).to_ndarray() for each in (kept, None)]
        np.testing.assert_array_equal(*planes)


@pytest.mark.parametrize("height", [48, 720])
def test_there_and_back(height):
    frame = av.VideoFrame.from_ndarray(np.full((height, 64, 3), RED, "uint8"), format="rgb24")
    found = to_yuv(frame, "yuv420p", usual_matrix(height, 64))
    found.colorspace = 2
    np.testing.assert_allclose(to_rgb(found), frame.to_ndarray(), atol=3)


def test_a_matrix_that_a_codec_can_not_say_is_not_used():
    assert usual_matrix(1080, 1920) == BT709 and usual_matrix(1080, 1920, "mjpeg") == BT601


@pytest.mark.parametrize("form", ["yuv420p", "yuva420p", "nv12", "yuv420p10le"])
def test_colours_of_full_range_are_read_so_in_every_format(form):
    picture = np.full((48, 64, 3), (250, 5, 128), "uint8")
    how = {"dst_color_range": 2, "dst_colorspace": Colorspace.ITU601}
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=form, **how)
    assert is_full_range(frame)
    np.testing.assert_allclose(to_rgb(frame)[..., :3], picture, atol=4)


@pytest.mark.parametrize("matrix", [BT601, BT709, BT2020])
def test_deep_colours_lose_no_more_than_their_format_does(matrix):
    ramp = np.linspace(4000, 60000, 64)
    picture = np.stack(np.broadcast_arrays(ramp, ramp[::-1], ramp[:48, None]), -1).astype("uint16")
    frame = av.VideoFrame.from_ndarray(picture, format="rgb48le")
    found = to_rgb(to_yuv(frame, "yuv444p10le", matrix), deep=True)
    assert found.dtype == np.uint16 and depth_of(frame.format) == 16
    np.testing.assert_allclose(found, picture, atol=2.5 * 64)  # Steps of 10 bits; of 8, 256.
