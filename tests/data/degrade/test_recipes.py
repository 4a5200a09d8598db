import numpy as np
import pytest

from tfvgan.data import moving_shapes
from tfvgan.data.degrade import RECIPES, degrade, resize

VIDEO = moving_shapes(1, 4, 64)["video"][0]


def made(recipe, seed=0, factor=2):
    return degrade(VIDEO, np.random.default_rng(seed), recipe, factor)


@pytest.mark.parametrize("recipe", RECIPES)
def test_shapes_types_and_equal_draws(recipe):
    first, again = made(recipe), made(recipe)
    assert first["degraded"].shape == (4, 32, 32, 3) and first["degraded"].dtype == np.uint8
    assert first["mask"].shape == (4, 32, 32, 1) and first["level"].dtype == np.float32
    for name, value in first.items():
        np.testing.assert_array_equal(value, again[name])


@pytest.mark.parametrize("recipe", sorted(set(RECIPES) - {"clean"}))
def test_something_happens_and_not_always_the_same(recipe):
    clean = resize(VIDEO, (32, 32)).astype(float)
    far = [np.abs(made(recipe, seed)["degraded"] - clean).mean() for seed in range(4)]
    # A hole before a plain background may be filled without a trace.
    assert sorted(far)[0 if recipe != "holes" else -1] > 0 and np.ptp(far) > 0


def test_clean_is_bicubic_and_at_factor_one_the_video_itself():
    np.testing.assert_array_equal(made("clean")["degraded"], resize(VIDEO, (32, 32), "bicubic"))
    np.testing.assert_array_equal(made("clean", factor=1)["degraded"], VIDEO)


def test_what_is_known_is_told():
    noisy, holes = made("noisy", factor=1), made("holes", factor=1)
    noise = noisy["degraded"].astype(float) - VIDEO
    dark = VIDEO > 20  # Where little is cut off at black.
    assert noise[dark].std() == pytest.approx(50 * noisy["level"], rel=0.2)
    assert 0.0 < holes["mask"].max() <= 1.0 and noisy["mask"].max() == 0.0
    kept = holes["mask"][..., 0] == 0
    np.testing.assert_array_equal(holes["degraded"][kept], VIDEO[kept])


def test_some_base_layers_have_half_the_size_and_say_so():
    found = [made("coded", seed, factor=1) for seed in range(16, 32)]
    levels = [float(each["level"]) for each in found]
    assert 1 <= sum(level > 1 for level in levels) <= 6 and 0 < min(levels) < max(levels) < 2
    assert {each["degraded"].shape for each in found} == {VIDEO.shape}


def test_another_recipe_is_an_error():
    with pytest.raises(
        ValueError, match="must be one of clean, noisy, compressed, coded, holes, footage, old"
    ):
        made("dirty")
