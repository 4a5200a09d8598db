import numpy as np
import pytest

from tfvgan.export import agreement, lost


def test_frames_agree_by_the_psnr_between_them():
    expected = np.zeros((1, 8, 8, 3), "float32")
    made = expected + 0.02
    agreed, unit = agreement(
        {"frame": [made], "state": [made]}, {"frame": [expected], "state": [0]}
    )
    assert unit == "dB"
    np.testing.assert_allclose(agreed, 10 * np.log10(4 / 0.02**2), rtol=1e-5)
    assert agreement({"video": [expected]}, {"video": [expected]}) == (100.0, "dB")


def test_what_is_beyond_white_is_white():
    one, two = np.full((1, 2, 2, 3), 1.5, "float32"), np.ones((1, 2, 2, 3), "float32")
    assert agreement({"frame": [one]}, {"frame": [two]}) == (100.0, "dB")


def test_bytes_are_levels_of_the_same_scale():
    one, two = np.full((1, 2, 2, 3), 100, "uint8"), np.full((1, 2, 2, 3), 101, "uint8")
    agreed, _ = agreement({"frame": [one]}, {"frame": [two]})
    np.testing.assert_allclose(agreed, 20 * np.log10(255))


def test_masks_agree_by_the_overlap_of_what_is_likeliest():
    expected = np.zeros((1, 2, 4, 2), "float32")
    expected[..., 0] = 0.6
    expected[:, :, :2] = (0.3, 0.7)  # Four of eight pixels are of class 1.
    made = expected.copy()
    made[:, 0, 1] = (0.9, 0.1)  # One of them is lost.
    agreed, unit = agreement({"mask": [made]}, {"mask": [expected]})
    assert unit == "IoU"
    np.testing.assert_allclose(agreed, (3 / 4 + 4 / 5) / 2)
    assert agreement({"mask": [expected]}, {"mask": [expected]}) == (1.0, "IoU")


def test_vectors_agree_by_their_cosine_and_scores_by_their_difference():
    one, two = np.array([[3.0, 4.0]]), np.array([[40.0, 30.0]])
    agreed, unit = agreement({"vectors": [one]}, {"vectors": [two]})
    np.testing.assert_allclose(agreed, 24 / 25)
    assert unit == "cosine"
    agreed, unit = agreement({"cut": [np.array([0.5])]}, {"cut": [np.array([0.3])]})
    assert (round(agreed, 9), unit) == (0.8, "share")


@pytest.mark.parametrize(
    ("agreed", "unit", "expected"),
    [(35.0, "dB", 10 * np.log10(2)), (46.5, "dB", 0.297), (100.0, "dB", 0.0), (0.99, "IoU", 1.0)],
)
def test_what_is_lost_is_told_in_db_or_per_cent(agreed, unit, expected):
    np.testing.assert_allclose(lost(agreed, unit), expected, atol=1e-3)


def test_errors_that_are_independent_add_up_as_it_says():
    draw = np.random.default_rng(0).normal
    truth = draw(0, 0.3, 100_000)
    model = truth + draw(0, 2 * 10 ** (-35 / 20), truth.size)
    export = model + draw(0, 2 * 10 ** (-42 / 20), truth.size)

    def psnr(video):
        return 10 * np.log10(4 / np.mean((video - truth) ** 2))

    assert abs(psnr(model) - psnr(export) - lost(42.0, "dB")) < 0.03


def test_no_number_is_lost_without_end():
    assert lost(np.nan, "dB") == lost(np.nan, "IoU") == np.inf
