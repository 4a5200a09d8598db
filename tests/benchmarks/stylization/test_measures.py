"""What is said of a styled video: closed forms."""

import numpy as np
from moving import texture

from benchmarks.stylization import measures
from tfvgan.data.styles.smoothing import blurred

CLIP = texture(3, 32, (1.0, 0.0))[0]


def grey(levels):
    """Returns a video of one frame, whose pixels are grey."""
    return np.repeat(np.array(levels, "uint8")[None, ..., None], 3, axis=-1)


def test_flat_and_even_slopes_are_not_sharp():
    assert measures.sharpness(np.full((2, 8, 8, 3), 77, "uint8")) == 0
    ramp = np.add.outer(3 * np.arange(6), 5 * np.arange(7))
    assert round(measures.sharpness(grey(ramp)), 3) == 0


def test_one_bright_pixel_is_as_sharp_as_its_laplacian():
    picture = np.zeros((5, 5))
    picture[2, 2] = 9
    # Of nine inner pixels it has 4 times 9, and four neighbours have 9 each.
    assert round(measures.sharpness(grey(picture)), 4) == 8


def test_a_blur_takes_sharpness_and_noise_gives_it():
    soft = np.rint(blurred(CLIP.astype("float32"), 1.0)).astype("uint8")
    noise = np.random.default_rng(0).normal(0, 8, CLIP.shape)
    noisy = np.clip(CLIP + noise, 0, 255).astype("uint8")
    values = [measures.sharpness(video) for video in (soft, CLIP, noisy)]
    assert values == sorted(values) and values[0] < 0.9 * values[1]


def test_flicker_is_seen_beside_the_source_which_has_none():
    flicker = measures.Measures().flicker
    source = np.repeat(CLIP[:1], 3, axis=0)
    made = source.copy()
    made[1] = np.clip(made[1], 0, 235) + 20
    still, flickering = flicker(source, source), flicker(source, made)
    assert still["warping error"] < 1e-6 < flickering["warping error"]
    assert still["tOF"] == 0 and list(still) == list(measures.FLICKER)
