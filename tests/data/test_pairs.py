import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data import moving_shapes
from tfvgan.data.degrade import resize
from tfvgan.data.pairs import pairs
from tfvgan.video import from_uint8, to_uint8


def clips(count=6, size=48, batch=2):
    video = from_uint8(moving_shapes(count, 4, size)["video"])
    return tf.data.Dataset.from_tensor_slices({"video": video}).batch(batch)


def as_list(dataset):
    return [{name: value.numpy() for name, value in batch.items()} for batch in dataset]


def test_squares_beside_their_degraded_selves():
    for batch in as_list(pairs(clips(), "clean", 32, 2)):
        assert batch["video"].shape == (2, 4, 32, 32, 3)
        assert batch["mask"].shape == (2, 4, 16, 16, 1) and batch["level"].shape == (2,)
        for video, degraded in zip(batch["video"], batch["degraded"], strict=True):
            wanted = resize(to_uint8(video).numpy(), (16, 16), "bicubic")
            np.testing.assert_array_equal(to_uint8(degraded).numpy(), wanted)


def test_draws_are_functions_of_seed_and_batch_and_a_later_start_goes_on():
    whole, again = (as_list(pairs(clips(), ["noisy", "holes"], 32, seed=3)) for _ in range(2))
    later = as_list(pairs(clips().skip(1), ["noisy", "holes"], 32, seed=3, start=1))
    other = as_list(pairs(clips(), ["noisy", "holes"], 32, seed=4))
    for name in whole[0]:
        np.testing.assert_array_equal(whole[1][name], again[1][name])
        np.testing.assert_array_equal(whole[1][name], later[0][name])
    assert np.abs(whole[0]["degraded"] - other[0]["degraded"]).max() > 0


def test_windows_are_cut_out_of_what_became_of_the_whole_clip():
    whole = as_list(pairs(clips(), ["noisy", "holes"], 32, seed=3))
    shown = as_list(pairs(clips(), ["noisy", "holes"], 32, seed=3, window=2))
    assert len(shown) == 2 * len(whole)
    places = set()
    for number, batch in enumerate(shown):
        assert batch["degraded"].shape == (2, 2, 32, 32, 3) and batch["mask"].shape[1] == 2
        long = whole[number // 2]
        for clip in range(2):
            same = [n for n in range(3) if all(
                np.array_equal(batch[name][clip], long[name][clip, n : n + 2])
                for name in ("video", "degraded", "mask")
            )]  # fmt: skip
            places |= set(same)
            assert same and batch["level"][clip] == long["level"][clip]
    assert len(places) > 1


@pytest.mark.parametrize("window", [0, 5])
def test_windows_fit_the_clips(window):
    with pytest.raises(ValueError, match=f"from 1 to the 4 frames of the clips, but is {window}"):
        pairs(clips(), "clean", 32, window=window)


@pytest.mark.parametrize(
    ("recipes", "size", "factor", "said"),
    [("dirty", 32, 1, "`recipes` may name clean"), ("clean", 64, 1, "at most the 48x48 pixels"),
     ("clean", 33, 2, "a multiple of 2")],
)  # fmt: skip
def test_what_does_not_fit_is_an_error(recipes, size, factor, said):
    with pytest.raises(ValueError, match=said):
        pairs(clips(), recipes, size, factor)
