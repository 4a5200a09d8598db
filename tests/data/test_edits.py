"""Edits: what each leaves of a video, and what it does not."""

import numpy as np
import pytest

from tfvgan.data.edits import KINDS, Strengths, drawn_kinds, edited
from tfvgan.data.resize import resize
from tfvgan.video import LUMA

RNG = np.random.default_rng(0)
SMOOTH = resize(RNG.integers(0, 256, (6, 6, 8, 3), "uint8"), (48, 64), "bilinear")


def draws(seed=0):
    return np.random.default_rng(seed)


def made(kind, video=SMOOTH, seed=0, **strengths):
    return edited(draws(seed), video, [kind], Strengths(**strengths))


@pytest.mark.parametrize("kind", KINDS)
def test_edits_are_drawn_and_leave_the_video_as_it_was(kind):
    before = SMOOTH.copy()
    one, again = made(kind), made(kind)
    np.testing.assert_array_equal(one, again)
    np.testing.assert_array_equal(SMOOTH, before)
    assert one.dtype == np.uint8 and one.ndim == 4 and one.shape[-1] == 3
    assert one.shape != SMOOTH.shape or (one != SMOOTH).any()
    if kind != "mirrored":
        others = [made(kind, seed=seed) for seed in range(1, 5)]
        assert any(o.shape != one.shape or (o != one).any() for o in others)


def test_mirrored_twice_it_is_itself():
    np.testing.assert_array_equal(made("mirrored", made("mirrored")), SMOOTH)


def test_cropped_it_is_a_part():
    part = made("cropped", kept=(0.5, 0.5))
    assert part.shape == (6, 24, 32, 3)
    places = [
        (top, left)
        for top in range(25)
        for left in range(33)
        if np.array_equal(SMOOTH[:, top : top + 24, left : left + 32], part)
    ]
    assert len(places) == 1


def test_bars_are_black_and_the_picture_is_between_them():
    for seed in range(4):
        wide = made("letterboxed", seed=seed, bars=(0.25, 0.25))
        rows, columns = (wide.shape[1] - 48) // 2, (wide.shape[2] - 64) // 2
        assert (rows, columns) in ((12, 0), (0, 16))
        np.testing.assert_array_equal(wide[:, rows : rows + 48, columns : columns + 64], SMOOTH)
        assert wide.sum() == SMOOTH.sum()


def test_light_multiplies_and_contrast_turns_about_the_mean():
    light = made("brighter", light=(0.5, 0.5), contrast=(1.0, 1.0))
    np.testing.assert_allclose(light, SMOOTH / 2, atol=0.5)
    flat = made("brighter", light=(1.0, 1.0), contrast=(0.0, 0.0))
    assert np.ptp(flat) == 0 and abs(float(flat[0, 0, 0, 0]) - SMOOTH.mean()) <= 0.5


def test_reencoded_it_is_smaller_and_the_same_picture():
    small = made("re-encoded", half=(0.5, 0.5), quality=(95, 95))
    assert small.shape == (6, 24, 32, 3)
    assert np.abs(resize(SMOOTH, (24, 32), "area").astype(int) - small).mean() < 16
    rough = made("re-encoded", half=(0.5, 0.5), quality=(5, 5))
    assert np.abs(rough.astype(int) - small).mean() > 2


def test_trimmed_it_is_a_run_of_frames():
    for seed in range(6):
        kept = made("trimmed", seed=seed, cut=(0.5, 0.5))
        begins = [n for n in range(4) if np.array_equal(SMOOTH[n : n + 3], kept)]
        assert len(begins) == 1


@pytest.mark.parametrize(("rate", "frames"), [(1.5, [0, 1, 3, 4]), (2.0, [0, 2, 4]), (0.5, None)])
def test_faster_it_has_fewer_frames_and_slower_more(rate, frames):
    frames = frames or np.repeat(range(6), 2)
    np.testing.assert_array_equal(made("faster", rate=(rate, rate)), SMOOTH[frames])


def test_grey_it_has_no_colours_and_noise_of_its_deviation():
    video = np.full((4, 64, 64, 3), (90, 140, 100), "uint8")
    grey = made("grey", video, noise=(5.0, 5.0)).astype(float)
    assert np.ptp(grey, axis=-1).max() == 0
    assert grey.mean() == pytest.approx(float(video[0, 0, 0] @ LUMA[:, 0]), abs=0.6)
    assert grey.std() == pytest.approx(5.0, rel=0.05)


def test_text_and_logo_stand_still_and_cover_a_part():
    still = SMOOTH[:1].repeat(3, 0)
    over = made("overlaid", still, texts=("COPY",))
    changed = (over != still).any(-1)
    assert 0.005 < changed.mean() < 0.6 and (changed == changed[:1]).all()
    assert (over != made("overlaid", still, texts=("another",))).any()


def test_inset_it_is_small_on_a_still_picture_or_a_still_picture_is_on_it():
    seen = set()
    for seed in range(8):
        both = made("inset", seed=seed, inset=(0.75, 0.75))
        small = resize(SMOOTH, (36, 48), "area")
        inside = any(
            np.array_equal(both[:, top : top + 36, left : left + 48], small)
            for top in range(13)
            for left in range(17)
        )
        same = (both == SMOOTH).all((0, -1)).mean()
        assert inside or same >= 0.9
        seen.add(inside)
    assert seen == {True, False}


def test_several_are_made_at_once():
    both = edited(draws(), SMOOTH, ["cropped", "mirrored"], Strengths(kept=(0.5, 0.5)))
    np.testing.assert_array_equal(both, made("cropped", SMOOTH[:, :, ::-1], kept=(0.5, 0.5)))
    np.testing.assert_array_equal(edited(draws(), SMOOTH, []), SMOOTH)
    with pytest.raises(ValueError, match="`kinds` may name re-encoded, .* but name 'upside'"):
        edited(draws(), SMOOTH, ["cropped", "upside"])


def test_none_one_or_two_are_drawn_as_often_as_said():
    counts = np.bincount([len(drawn_kinds(draws(seed))) for seed in range(400)], minlength=3)
    np.testing.assert_allclose(counts / 400, (0.25, 0.6, 0.15), atol=0.08)
    drawn = {kind for seed in range(200) for kind in drawn_kinds(draws(seed))}
    assert drawn == set(KINDS)
    assert all(len(set(kinds)) == len(kinds) for kinds in map(drawn_kinds, map(draws, range(99))))
