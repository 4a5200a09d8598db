"""Styles: what each is known by, and that a strength of 0 leaves a video as it was."""

import numpy as np
import pytest

from tfvgan.data.styles import STYLES, styled
from tfvgan.tasks.stylization.options import FILTERS

RNG = np.random.default_rng(0)
VIDEO = RNG.integers(0, 256, (2, 24, 20, 3)).astype("uint8")


def grey(level, side=16):
    return np.full((1, side, side, 3), level, "uint8")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_by_frames_and_by_strength(style):
    made = styled(VIDEO, style)
    assert made.shape == VIDEO.shape and made.dtype == np.uint8
    np.testing.assert_array_equal(made[1], styled(VIDEO[1], style), "a frame alone decides")
    np.testing.assert_array_equal(styled(VIDEO, style, 0.0), VIDEO)
    half = (VIDEO.astype(float) + made) / 2
    np.testing.assert_allclose(styled(VIDEO, style, 0.5), half, atol=1.01)


def test_flat_greys():
    """Nothing has an outline, ink is on paper, posters have steps, nights are dark and blue."""
    for style in STYLES:
        assert np.ptp(styled(grey(120), style), axis=(1, 2)).max() <= 1
    white, black = (styled(grey(level), "ink")[0, 0, 0].astype(int) for level in (255, 0))
    assert white[0] > 220 and white[0] > white[2] and black[0] < 170
    tones = np.array([styled(grey(level), "poster")[0, 0, 0, 0] for level in range(0, 256, 5)])
    jumps = np.abs(np.diff(tones.astype(int)))
    assert jumps.max() >= 3 * np.median(jumps)
    dark = styled(grey(120), "night")[0, 0, 0].astype(int)
    assert dark[2] > dark[0] and dark.max() < 100
    light = styled(grey(210), "night")[0, 0, 0].astype(int)
    assert light[0] / light[2] > 1.2 * dark[0] / dark[2], "lamps are warmer"


def test_outlines_are_dark():
    video = grey(200)
    video[:, :, 8:] = 60
    for style in ("ink", "poster"):
        line = styled(video, style)[0, 8].astype(int).sum(-1)
        assert line[7:11].min() < min(line[3], line[13]) - 60


def test_an_unknown_style_is_named():
    with pytest.raises(ValueError, match="must be one of watercolour, .*, but is 'cubism'"):
        styled(VIDEO, "cubism")


def test_the_command_line_knows_them():
    assert tuple(STYLES) == FILTERS
