import numpy as np
import pytest

from tfvgan.metrics.fidelity import MSSSIM, PSNR, SSIM


def grey(level, size=12, frames=2):
    return np.full((1, frames, size, size, 3), level, np.uint8)


def luminance(a, b):
    """The SSIM of two even images, whose variances and covariance are 0."""
    constant = (0.01 * 255) ** 2
    return (2 * a * b + constant) / (a**2 + b**2 + constant)


@pytest.mark.parametrize("offset", [1, 12, 100])
def test_the_psnr_of_an_offset(offset):
    scores = PSNR().per_video(grey(50), grey(50 + offset))
    np.testing.assert_allclose(scores, 20 * np.log10(255 / offset), rtol=1e-5)


def test_a_frame_without_error_counts_100_db():
    half = np.concatenate([grey(50, frames=1), grey(60, frames=1)], axis=1)
    np.testing.assert_allclose(PSNR().per_video(grey(50), grey(50)), 100)
    expected = (100 + 20 * np.log10(25.5)) / 2
    np.testing.assert_allclose(PSNR().per_video(grey(50), half), expected, rtol=1e-5)


def test_the_ssim_of_even_frames_is_that_of_their_luminance():
    np.testing.assert_allclose(SSIM().per_video(grey(60), grey(200)), luminance(60, 200), rtol=2e-3)


def test_the_ms_ssim_of_even_frames_has_the_luminance_of_the_fifth_scale():
    score = MSSSIM().per_video(grey(60, 161, 1), grey(200, 161, 1))
    np.testing.assert_allclose(score, luminance(60, 200) ** 0.1333, rtol=1e-3)


def test_the_ssim_of_a_negative_is_negative():
    noise = np.random.default_rng(0).integers(0, 256, (1, 1, 16, 16, 3)).astype("uint8")
    assert SSIM().per_video(noise, 255 - noise)[0] < -0.5
    np.testing.assert_allclose(SSIM().per_video(noise, noise), 1, rtol=1e-6)


@pytest.mark.parametrize(("metric", "least"), [(SSIM, 11), (MSSSIM, 161)])
def test_frames_without_room_for_a_window_are_refused(metric, least):
    with pytest.raises(ValueError, match=rf"{least}x{least} pixels, but `y_pred` has the shape"):
        metric().per_video(grey(0, least - 1), grey(0, least - 1))
