import hashlib

import numpy as np
import pytest

from tfvgan.data.synthetic import CLASS_NAMES, moving_shapes


def centers(video):
    """Returns the centre, (t, 2) as (x, y), of what differs from the corner in each frame."""
    cover = np.abs(video.astype(float) - video[:, :1, :1]).sum(-1)
    grid = np.arange(video.shape[1]) + 0.5
    total = cover.sum((1, 2))
    return np.stack([(cover.sum(1) * grid).sum(1) / total, (cover.sum(2) * grid).sum(1) / total], 1)


def test_shapes_dtypes_and_labels():
    made = moving_shapes(20, frames=3, size=16)
    assert made["video"].shape == (20, 3, 16, 16, 3)
    assert made["video"].dtype == np.uint8
    assert made["label"].dtype == np.int32
    assert set(made["label"]) <= set(range(len(CLASS_NAMES)))
    assert moving_shapes(0, frames=3, size=16)["video"].shape == (0, 3, 16, 16, 3)


def test_the_pixels_are_the_same_on_every_machine():
    made = moving_shapes(8, frames=4, size=16, seed=5)
    digest = hashlib.sha256(made["video"].tobytes() + made["label"].astype("<i4").tobytes())
    assert digest.hexdigest() == (
        "9078fc1684deca73417c4bb6cb1f10e2206ca5ce00ab4b241a81fada1729ff9f"
    )


def test_a_video_depends_on_its_number_and_the_seed_alone():
    few, many = moving_shapes(2, 4, 16, seed=1), moving_shapes(5, 4, 16, seed=1)
    np.testing.assert_array_equal(few["video"], many["video"][:2])
    assert (moving_shapes(2, 4, 16, seed=2)["video"] != few["video"]).any()


def test_the_label_says_the_motion_and_the_shape_stays_inside():
    made = moving_shapes(24, frames=40, size=32, seed=3)
    for video, label in zip(made["video"], made["label"]):
        x, y = np.ptp(centers(video), axis=0)
        moving, still = (x, y) if CLASS_NAMES[label].endswith("horizontal") else (y, x)
        assert moving > 5 > 0.5 > still
        cover = np.abs(video.astype(int) - video[:, :1, :1]).sum((-1, -2, -3))
        assert cover.min() > 0.9 * cover.max()  # bounces, never leaves


def test_edges_are_soft():
    video = moving_shapes(1, frames=1, size=32)["video"][0, 0]
    assert len(np.unique(video.reshape(-1, 3), axis=0)) > 2


@pytest.mark.parametrize("wrong", [{"count": -1}, {"frames": 0}, {"size": 4}])
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        moving_shapes(**{"count": 1, **wrong})
