import media
import numpy as np
import pytest

from tfvgan.library.pictures import GREY, picture_at, pictures_at


def shades(count, size=(32, 48)):
    film = np.zeros((count, *size, 3), np.uint8)
    film[:] = (40 + 4 * np.arange(count))[:, None, None, None]
    return film


@pytest.mark.parametrize("form", ["h264.mp4", "h264.mkv", "h264.avi", "vp9.webm", "gif", "images"])
def test_a_picture_is_the_frame_on_show(tmp_path, form):
    film = shades(30)
    if form == "images":
        path, fps = media.images(tmp_path / "a", film), 25
    else:
        path, fps = media.video(tmp_path / "a", form, film), 10
    for place in (0, 11, 29):
        for second in (place / fps, (place + 0.9) / fps):
            picture = picture_at(path, second, 16)
            assert picture.shape == (16, 24, 3) and picture.dtype == np.uint8
            assert abs(picture.mean() - film[place].mean()) < 3, (place, second)
    assert abs(picture_at(path, 99, 16).mean() - film[-1].mean()) < 3
    many = pictures_at(path, np.array([0, 4, 4, 11, 40]) / fps, 16)
    for picture, place in zip(many, (0, 4, 4, 11, 29), strict=True):
        assert abs(picture.mean() - film[place].mean()) < 3


def test_it_is_upright(tmp_path):
    path = media.video(tmp_path / "a.mp4", pictures=shades(3), rotation=90)
    assert picture_at(path, 0.1, 48).shape == (48, 32, 3)


def test_what_can_not_be_read_is_grey(tmp_path):
    for path in (tmp_path / "none.mp4", media.text(tmp_path / "text.mp4")):
        picture = picture_at(path, 1, 18)
        assert picture.shape == (18, 32, 3) and (picture == GREY).all()
