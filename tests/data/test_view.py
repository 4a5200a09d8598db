"""tfvgan.data.view: which frames are taken, and which part of the picture."""

import numpy as np
import pytest

from tfvgan.data.view import check_view, take, view


def test_no_size_keeps_the_picture():
    assert view(48, 64) == (48, 64, 0, 48, 0, 64)


@pytest.mark.parametrize("height,width", [(48, 64), (64, 48), (33, 25), (7, 100), (16, 16)])
@pytest.mark.parametrize("size", [16, 40, (20, 30), (30, 20)])
def test_the_view_covers_what_is_wanted_and_keeps_the_aspect(height, width, size):
    wanted = (size, size) if isinstance(size, int) else size
    seen = view(height, width, size)
    assert (seen.bottom - seen.top, seen.right - seen.left) == wanted
    assert seen.height >= wanted[0] and seen.width >= wanted[1]
    assert seen.height == wanted[0] or seen.width == wanted[1]
    assert abs(seen.width - seen.height * width / height) <= max(1, width / height)
    assert abs(seen.top - (seen.height - seen.bottom)) <= 1


def test_without_a_crop_the_shorter_side_is_the_size():
    assert view(48, 64, 24, crop="none") == (24, 32, 0, 24, 0, 32)


def test_squeezed_all_of_the_picture_is_as_large_as_wanted():
    assert view(48, 64, 24, crop="squeeze") == (24, 24, 0, 24, 0, 24)
    assert view(48, 64, (20, 30), crop="squeeze") == (20, 30, 0, 20, 0, 30)
    assert view(48, 64, crop="squeeze") == (48, 64, 0, 48, 0, 64)


def test_cut_cuts_rows_and_columns():
    pictures = np.zeros((2, 24, 32, 3))
    pictures[:, :, 4:28] = 1
    assert (view(48, 64, 24).cut(pictures) == np.ones((2, 24, 24, 3))).all()


def regular(count, fps):
    return [(i / fps, (i + 1) / fps, i) for i in range(count)]


def test_stride_takes_every_nth_frame():
    assert list(take(regular(10, 25), stride=3)) == [0, 3, 6, 9]


@pytest.mark.parametrize("fps", [1, 5, 10, 12, 24, 25, 29.97, 60])
def test_a_regular_video_is_resampled_by_the_closed_form(fps):
    ticks = np.arange(np.ceil(50 / 25 * fps - 1e-6)) / fps
    expected = np.floor(ticks * 25 + 1e-4).astype(int).tolist()
    assert list(take(regular(50, 25), fps=fps)) == expected


def test_an_irregular_video_shows_each_frame_as_long_as_it_lasts():
    frames = [(0.0, 0.1, "a"), (0.1, 0.2, "b"), (0.5, 0.6, "c")]
    assert "".join(take(frames, fps=10)) == "abbbbc"


def test_every_source_rate_to_itself_takes_each_frame_once():
    for fps in (10, 23.976, 25, 29.97, 30, 59.94):
        assert list(take(regular(400, fps), fps=fps)) == list(range(400))


def test_nothing_of_nothing():
    assert list(take([], fps=5)) == list(take([], stride=2)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": (1, 2, 3)},
        {"size": 2.5},
        {"crop": "random"},
        {"fps": 0},
        {"stride": 0},
        {"fps": 5, "stride": 2},
    ],
)
def test_wrong_arguments_are_named(wrong):
    arguments = {"size": None, "crop": "center", "fps": None, "stride": 1, **wrong}
    with pytest.raises(ValueError, match=f"`{'stride' if len(wrong) == 2 else next(iter(wrong))}`"):
        check_view(**arguments)
