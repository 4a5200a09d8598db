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


def papers_ssim(x, y):
    """Eq. 13 of Wang et al. 2004: Gaussian windows of 11x11, deviation 1.5, where they fit."""
    line = np.exp(-(np.arange(-5, 6) ** 2) / (2 * 1.5**2))
    window = np.outer(line, line) / line.sum() ** 2

    def mean(image):
        spots = np.lib.stride_tricks.sliding_window_view(image, (11, 11))
        return (spots * window).sum(axis=(-2, -1))

    mx, my = mean(x), mean(y)
    vx, vy, both = mean(x * x) - mx**2, mean(y * y) - my**2, mean(x * y) - mx * my
    a, b = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return ((2 * mx * my + a) * (2 * both + b) / ((mx**2 + my**2 + a) * (vx + vy + b))).mean()


def test_the_ssim_is_the_papers_formula_in_its_window():
    random = np.random.default_rng(0)
    videos = random.integers(0, 256, (2, 1, 2, 13, 15, 3)).astype("uint8")
    videos[1] = 0.7 * videos[0] + 0.3 * videos[1]
    pairs = [
        (x[..., c].astype(float), y[..., c].astype(float)) for x, y in zip(*videos[:, 0])
        for c in range(3)
    ]  # fmt: skip
    wanted = np.mean([papers_ssim(x, y) for x, y in pairs])
    np.testing.assert_allclose(SSIM().per_video(*videos), [wanted], rtol=1e-4)


@pytest.mark.parametrize(("metric", "least"), [(SSIM, 11), (MSSSIM, 161)])
def test_frames_without_room_for_a_window_are_refused(metric, least):
    with pytest.raises(ValueError, match=rf"{least}x{least} pixels, but `y_pred` has the shape"):
        metric().per_video(grey(0, least - 1), grey(0, least - 1))


@pytest.mark.parametrize(("kind", "name"), [(PSNR, "psnr"), (SSIM, "ssim"), (MSSSIM, "ms_ssim")])
def test_they_have_names_and_take_others_and_a_dtype(kind, name):
    assert (kind().name, kind(name="mine").name) == (name, "mine")
    assert kind(dtype="float64").dtype == "float64" and kind.higher_is_better
    metric, video = kind(), grey(50, 161, 1)
    metric.update_state(video, video)
    assert float(metric.result()) == pytest.approx(float(kind().per_video(video, video)[0]))
