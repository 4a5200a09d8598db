"""What footage went through: shares of what happens, and that signs measure what did."""

import collections

import numpy as np
import pytest

from tfvgan.data.degrade import CODECS, LEFTOVERS, METHODS, Past, draw_past, relived, resize
from tfvgan.data.degrade.footage import CENTRE, LAST, Recoding
from tfvgan.data.signs import blockiness, detail_share, noise_deviation, ringing
from tfvgan.video import LUMA


def natural(frames=6, side=96):
    """Returns a clip that moves by a pixel, with the power that pictures of the world have."""
    draws = np.random.default_rng(3)
    y, x = np.meshgrid(np.fft.fftfreq(side), np.fft.rfftfreq(side), indexing="ij")
    fall = 1 / np.maximum(np.hypot(y, x), 1 / side)
    planes = [np.fft.irfft2(np.fft.rfft2(draws.normal(0, 1, (side, side))) * fall, (side, side))
              for _ in range(3)]  # fmt: skip
    picture = planes[0][..., None] + 0.3 * np.stack(planes, -1)
    picture = 128 + 45 * (picture - picture.mean()) / picture.std()
    moved = [np.roll(picture, number, axis=1) for number in range(frames)]
    return np.stack(moved).clip(0, 255).round().astype("uint8")


VIDEO = natural()
PASTS = [draw_past(np.random.default_rng(seed)) for seed in range(2000)]


def after(past, video=VIDEO, size=None, seed=0):
    return relived(video, past, np.random.default_rng(seed), size or video.shape[1:3])


def coded(codec, place):
    _, best, worst = CODECS[codec]
    generation = Recoding(codec, best + place * (worst - best), False, False)
    return Past("hard", "bicubic", generations=(generation,))


def far(made, video=VIDEO):
    return np.square(made.astype(float) - video).mean()


def luma(video):
    return (video[3] @ LUMA)[..., 0]


def test_mild_ones_are_as_many_as_hard_ones_and_one_in_ten_is_untouched():
    kinds = collections.Counter(past.kind for past in PASTS)
    assert kinds["untouched"] == pytest.approx(200, abs=45)
    assert kinds["mild"] == pytest.approx(900, abs=75) == kinds["hard"]


def test_an_untouched_clip_stays_as_it_is():
    past = next(past for past in PASTS if past.kind == "untouched")
    np.testing.assert_array_equal(after(past), VIDEO)
    np.testing.assert_array_equal(after(past, size=(48, 48)), resize(VIDEO, (48, 48), past.method))
    assert {past.method for past in PASTS if past.kind == "untouched"} == set(METHODS)


def test_mild_ones_are_the_better_qualities_and_hard_ones_the_worse():
    for past in PASTS:
        for codec, quality, _, _ in past.generations:
            _, best, worst = CODECS[codec]
            place = (quality - best) / (worst - best)
            assert 0 <= place <= CENTRE if past.kind == "mild" else CENTRE <= place <= 1
    strength = {kind: [past.noise for past in PASTS if past.kind == kind and past.noise]
                for kind in ("mild", "hard")}  # fmt: skip
    assert max(strength["mild"]) <= 4 < 10 < max(strength["hard"])


def test_everything_happens_to_some():
    touched = [past for past in PASTS if past.kind != "untouched"]
    assert {len(past.generations) for past in touched} == {1, 2}
    last = collections.Counter(past.generations[-1].codec for past in touched)
    assert set(last) == set(LAST) == set(CODECS)
    assert last["libx264"] / len(touched) == pytest.approx(LAST["libx264"], abs=0.04)
    assert {past.fields[0] for past in touched if past.fields} == set(LEFTOVERS)
    for name in ("blur", "noise", "halos", "fields", "colours"):
        share = np.mean([bool(getattr(past, name)) for past in touched])
        assert 0.05 < share < 0.5, name
    rescaled = [past.rescaled for past in touched]
    assert min(rescaled) < 0.8 and max(rescaled) > 1.2 and np.median(rescaled) == 1


@pytest.mark.parametrize("codec", CODECS)
def test_what_a_codec_leaves_is_measured(codec):
    mild, hard = (after(coded(codec, place)) for place in (0.05, 0.95))
    assert far(mild) < 150 < far(hard) and 3 * far(mild) < far(hard)
    if codec in ("mpeg2video", "mpeg4", "mjpeg"):
        assert blockiness(luma(hard)) > blockiness(luma(VIDEO)) + 0.5
    else:  # These filter the edges of their blocks, and what is as fine as noise with them.
        left = [noise_deviation(made[3]) for made in (VIDEO, mild, hard)]
        assert left[2] < 0.85 * left[0] and left[2] < left[1]


def test_noise_halos_and_lenses_are_measured():
    flat = np.full((4, 96, 96, 3), 128, "uint8")
    for photons in (False, True):
        made = after(Past("hard", "area", noise=9.0, photons=photons), flat)
        assert noise_deviation(made[0]) == pytest.approx(9, rel=0.12)
    edge = flat.copy()
    edge[:, :, 48:] = 190
    assert ringing(luma(after(Past("hard", "area", halos=(1.0, 3.0)), edge))) > 0
    soft = after(Past("hard", "area", blur=1.2))
    assert detail_share(luma(soft)) < detail_share(luma(VIDEO)) - 0.05


def test_a_lens_is_as_soft_whatever_is_made_smaller():
    whole = after(Past("hard", "area", blur=1.0), size=(48, 48)).astype(float)
    small = after(Past("hard", "area", blur=1.0), resize(VIDEO, (48, 48), "area")).astype(float)
    assert np.abs(whole - small).mean() < 2.5


def test_two_generations_are_farther_than_one_and_sizes_are_kept():
    once = coded("libx264", 0.6)
    first = Recoding("mpeg2video", 12.0, False, False)
    twice = once._replace(generations=(first, *once.generations))
    assert far(after(twice)) > far(after(once))
    for rescaled in (0.7, 1.3):
        made = after(twice._replace(rescaled=rescaled))
        assert made.shape == VIDEO.shape and far(made) != far(after(twice))


def test_equal_draws_give_equal_clips():
    past = next(past for past in PASTS if past.noise and past.colours and past.generations)
    np.testing.assert_array_equal(after(past), after(past))
    assert np.abs(after(past, seed=1).astype(int) - after(past)).max() > 0
