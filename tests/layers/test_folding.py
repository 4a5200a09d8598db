import numpy as np

from tfvgan.layers import crop_frames, fold_frames, unfold_frames

VIDEO = np.arange(2 * 3 * 4 * 4 * 3, dtype="float32").reshape(2, 3, 4, 4, 3)


def test_unfold_undoes_fold():
    np.testing.assert_array_equal(unfold_frames(fold_frames(VIDEO), 3), VIDEO)


def test_frames_of_a_video_stay_side_by_side():
    np.testing.assert_array_equal(fold_frames(VIDEO)[1], VIDEO[0, 1])


def test_crop_keeps_the_first_frames_and_is_the_identity_when_none_is_too_many():
    np.testing.assert_array_equal(crop_frames(VIDEO, 2), VIDEO[:, :2])
    assert crop_frames(VIDEO, 3) is VIDEO
