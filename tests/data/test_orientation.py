import io
import sys

import av
import media
import numpy as np
import pytest

from tfvgan.data.orientation import Orientation, orientation_of


@pytest.mark.parametrize("suffix", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("told", range(1, 9))
def test_every_orientation_of_exif(suffix, told):
    from PIL import Image, ImageOps

    tags, file = Image.Exif(), io.BytesIO()
    tags[0x0112] = told
    picture = np.repeat(np.random.default_rng(0).integers(50, 200, (16, 24, 1)), 3, -1)
    Image.fromarray(picture.repeat(4, 0).repeat(4, 1).astype("uint8")).save(
        file, suffix, exif=tags, quality=95
    )
    file.seek(0)
    with av.open(file) as container:
        frame = next(container.decode(video=0))
    orientation, stored = orientation_of(frame), frame.to_ndarray(format="rgb24")
    upright = orientation.upright(stored)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(file)).convert("RGB"))
    assert upright.shape == expected.shape
    assert orientation.sides(*stored.shape[:2]) == expected.shape[:2]
    assert np.abs(upright.astype(int) - expected).mean() < 3


def test_without_a_word_it_is_upright():
    frame = av.VideoFrame.from_ndarray(np.zeros((8, 8, 3), "uint8"))
    assert orientation_of(frame) == Orientation(0, False)


def test_videos_are_turned_frame_by_frame():
    video = np.random.default_rng(0).integers(0, 255, (2, 4, 6, 3))
    turned = Orientation(90, True).upright(video)
    np.testing.assert_array_equal(turned[1], np.rot90(video[1, :, ::-1]))


def test_a_frame_that_was_asked_is_kept_by_nobody(tmp_path):
    with av.open(media.video(tmp_path / "x", rotation=90)) as container:
        frame = next(container.decode(video=0))
    assert orientation_of(frame) == (90, False) and sys.getrefcount(frame) == 2
