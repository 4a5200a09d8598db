import numpy as np
import pytest

from tfvgan.video import check_video, from_levels, from_uint8, levels, to_levels, to_uint8


def test_every_grey_level_survives_the_way_in_and_out():
    levels = np.arange(256, dtype="uint8").reshape(1, 1, 16, 16, 1).repeat(3, axis=-1)
    np.testing.assert_array_equal(to_uint8(from_uint8(levels)), levels)


def test_the_ends_of_the_ranges_meet_and_what_lies_outside_is_clipped():
    np.testing.assert_allclose(from_uint8(np.array([0, 255], "uint8")), [-1, 1])
    video = np.array([-9.0, -1.0, 0.0, 1.0, 9.0], "float32")
    np.testing.assert_array_equal(to_uint8(video), [0, 0, 128, 255, 255])


def test_the_dtype_says_the_range():
    grey = np.arange(256, dtype="uint8")
    np.testing.assert_array_equal(levels(grey), grey.astype("float32"))
    near = np.asarray(from_uint8(grey)) + 0.3 / 127.5
    np.testing.assert_array_equal(levels(near), levels(grey))
    np.testing.assert_array_equal(levels(near.astype("float64")), levels(grey))
    with pytest.raises(ValueError, match="its dtype is int32"):
        levels(grey.astype("int32"))


def test_a_wrong_shape_is_told():
    video = np.zeros((2, 4, 8, 8, 3))
    assert check_video(video) is video
    with pytest.raises(ValueError, match=r"`clip` must have .*\(4, 8, 8, 1\)"):
        check_video(np.zeros((4, 8, 8, 1)), "clip", rank=4)
    with pytest.raises(ValueError, match="batch, frames"):
        check_video(video[0])


@pytest.mark.parametrize(("dtype", "most"), [("uint8", 255), ("uint16", 65535)])
def test_every_level_of_more_bits_survives_too(dtype, most):
    grey = np.arange(most + 1).astype(dtype)
    assert from_levels(grey)[0] == -1 and from_levels(grey)[-1] == 1
    np.testing.assert_array_equal(to_levels(from_levels(grey), dtype), grey)


def test_a_batch_in_place_of_one_video_is_told():
    with pytest.raises(ValueError, match=r"has \(2, 4, 8, 8, 3\): give one video of the batch"):
        check_video(np.zeros((2, 4, 8, 8, 3)), rank=4)
