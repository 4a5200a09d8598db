"""Composites: masks are exact, still cameras still, shadows no things, and draws decide alone."""

import dataclasses

import numpy as np
import pytest

from tfvgan.data.composites import Composite, Cutout, Staging, composite, scene
from tfvgan.data.order import generator

RNG = np.random.default_rng(0)
VIDEO = RNG.integers(0, 256, (4, 40, 48, 3)).astype("uint8")
PLAIN = Staging(light=0, noise=0, coded=0, shadows=0, decoys=0, blur=0, camera="still")
RED, BLUE = (
    Cutout(np.full((1, 9, 9, 3), colour, "uint8"), np.zeros((1, 9, 9), "uint8"), kind)
    for colour, kind in (((250, 10, 10), 1), ((10, 10, 250), 2))
)
for each in (RED, BLUE):
    each.alpha[:, 1:8, 1:8] = 255


MASK = np.zeros((4, 40, 48), "uint8")
for number in range(4):
    MASK[number, 8:36, 6 + 3 * number : 30 + 3 * number] = 1


def made(seed=0, video=VIDEO, staging=PLAIN, given=(), classes=2, size=32, mask=None, **changes):
    staging = dataclasses.replace(staging, **changes)
    draws = generator("composite", 0, seed)
    return composite(draws, video, size, 4, staging, given, classes, mask)


@pytest.mark.parametrize("video", [VIDEO, None], ids=["video", "textures"])
def test_shapes_and_ranges(video):
    for seed in range(3):
        found = made(seed, video, Staging(), classes=3)
        assert found.video.shape == found.plate.shape == (4, 32, 32, 3)
        assert found.mask.shape == (4, 32, 32) and found.shares.shape == (4, 32, 32, 3)
        kinds = [each.dtype for each in found]
        assert kinds == [np.uint8, np.uint8, np.float32, np.uint8]
        np.testing.assert_allclose(found.shares.sum(-1), 1, atol=1e-5)
        assert found.shares.min() >= 0
        np.testing.assert_array_equal(found.mask, found.shares.argmax(-1))


@pytest.mark.parametrize(
    "more", [{}, {"camera": "moving"}, {"shadows": 1.0, "light": 1.0, "noise": 1.0, "decoys": 1.0}]
)
@pytest.mark.parametrize("blur", [0.0, 1.0])
def test_a_picture_is_its_plate_and_nothing_else_where_no_thing_is(more, blur):
    covered = 0
    for seed in range(4):
        found = made(seed, blur=blur, **more)
        free = found.shares[..., 0] == 1
        np.testing.assert_array_equal(found.video[free], found.plate[free])
        covered += (~free).mean() / 4
        if not more:
            differ = (found.video != found.plate).any(-1)
            assert differ[found.mask > 0].mean() > 0.95
    assert 0.05 < covered < 0.95


def test_a_picture_is_the_mean_of_plate_and_thing_by_their_shares(as_it_is):
    """Of one colour and no shadow, what a pixel is made of is known in closed form."""
    for blur in (0.0, 1.0):
        for seed in range(4):
            found = made(seed, VIDEO, PLAIN, [RED, BLUE], 3, cutouts=1.0, blur=blur)
            colours = np.array([[250, 10, 10], [10, 10, 250]])
            wanted = found.shares[..., :1] * found.plate + found.shares[..., 1:] @ colours
            np.testing.assert_allclose(found.video, wanted, atol=0.51)


def test_a_still_camera_over_a_frozen_video_is_still():
    for seed in range(3):
        found = made(seed)
        assert (found.plate == found.plate[:1]).all()
        windows = np.lib.stride_tricks.sliding_window_view(VIDEO, (32, 32), axis=(1, 2))
        same = (np.moveaxis(windows, 3, -1) == found.plate[0]).all((-3, -2, -1))
        assert same.sum() == 1, "the video's own pixels, of one place and frame"
    moves = [made(seed, camera="moving").plate for seed in range(3)]
    assert all((each[0] != each[-1]).any() for each in moves)
    running = made(0, frozen=0.0).plate
    assert all((a != b).mean() > 0.9 for a, b in zip(running, running[1:]))


def test_things_move_in_every_clip():
    for seed in range(6):
        mask = made(seed, camera="any").shares[..., 0]
        assert np.abs(mask[0] - mask[-1]).max() > 0.2


def test_a_shadow_is_dark_and_not_in_the_mask():
    flat, shaded = np.full((2, 40, 40, 3), 200, "uint8"), 0
    for seed in range(8):
        found = made(seed, flat, shadows=1.0)
        dark = (found.plate < 190).all(-1)
        assert (found.plate <= 200).all()
        shaded += (dark & (found.mask == 0)).sum()
        bare = made(seed, flat)
        assert (bare.plate == 200).all()
    assert shaded > 100


def test_decoys_stand_in_the_video_and_not_in_the_mask():
    flat = np.full((2, 40, 40, 3), 200, "uint8")
    seen = 0
    for seed in range(6):
        found = made(seed, flat, decoys=1.0, things=(0, 0))
        assert not found.mask.any() and (found.video == found.video[:1]).all()
        seen += (found.video != 200).any(-1).mean()
    assert seen > 0.1


def test_what_is_nearer_hides_what_is_behind(as_it_is):
    """Of two opaque things, each pixel is of one: their shares exceed one nowhere."""
    hidden = 0
    for seed in range(8):
        found = made(seed, None, PLAIN, [RED, BLUE], 3, things=(3, 3), cutouts=1.0)
        red, blue = ((found.video == cutout.video[0, 0, 0]).all(-1) for cutout in (RED, BLUE))
        assert (found.mask[red] == 1).all() and (found.mask[blue] == 2).all()
        hidden += red.sum() + blue.sum()
    assert hidden > 100


def test_things_of_class_nothing_move_and_are_in_no_mask():
    found = made(2, kind=0)
    assert not found.mask.any() and (found.shares[..., 0] == 1).all()
    assert (found.video != found.plate).any()


def test_all_is_a_function_of_the_draws():
    for one, again in zip(made(3, None, Staging()), made(3, None, Staging())):
        np.testing.assert_array_equal(one, again)
    assert isinstance(made(3), Composite)
    assert (made(3).video != made(4).video).any()


def test_the_coded_are_jpegs_of_what_is_not():
    plain, coded = made(1), made(1, coded=1.0)
    np.testing.assert_array_equal(plain.plate, coded.plate)
    np.testing.assert_array_equal(plain.shares, coded.shares)
    far = np.abs(plain.video.astype(int) - coded.video)
    assert 0 < far.mean() < 80


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": 41}, "`size` must be at most the 40x48 pixels of the video, but is 41"),
        ({"classes": 1}, "`classes` must be above 1, the largest class .* but is 1"),
        ({"classes": 2, "cutouts": [BLUE]}, "`classes` must be above 2"),
        ({"classes": 3, "mask": 3 * MASK}, "`classes` must be above 3"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        composite(generator("composite", 0, 0), **{"video": VIDEO, "size": 32, **wrong})


def test_boxes_are_within_the_picture_and_hold_all_of_a_thing(monkeypatch):
    """With boxes of the whole picture, composites are the same."""
    before = [made(seed, None, Staging(coded=0)) for seed in range(2)]
    box = scene._box

    def whole(layer, place, sides, shadow=None):
        return box(layer._replace(thing=layer.thing._replace(reach=99.0)), place, sides, shadow)

    monkeypatch.setattr(scene, "_box", whole)
    for seed, one in enumerate(before):
        again = made(seed, None, Staging(coded=0))
        far = np.abs(one.shares - again.shares)
        assert far.max() < 1e-4 and np.abs(one.video.astype(int) - again.video).max() <= 1


@pytest.mark.parametrize("camera", ["still", "moving"])
def test_what_is_in_the_ground_is_seen_as_the_ground_is(camera):
    """Where a video shows its own classes, these are seen in it, and things hide them."""
    video, hidden = np.repeat(MASK[..., None], 3, -1) * np.uint8(200), 0
    for seed in range(4):
        bare = made(seed, video, things=(0, 0), camera=camera, mask=MASK)
        np.testing.assert_allclose(bare.video[..., 0] / 200, bare.shares[..., 1], atol=0.003)
        for more in ({"kind": 0}, {"things": (0, 0), "decoys": 1.0}):
            found = made(seed, video, camera=camera, mask=MASK, **more)
            np.testing.assert_allclose(found.shares.sum(-1), 1, atol=1e-5)
            assert (found.shares[..., 1] <= bare.shares[..., 1] + 1e-5).all()
            hidden += (found.shares[..., 1] < bare.shares[..., 1] - 0.5).any() / 8
    assert hidden > 0.7
