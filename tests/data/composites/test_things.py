"""Things in their own coordinates: what they cover, as softly as is wanted, and their colours."""

import numpy as np
import pytest

from tfvgan.data.composites import things
from tfvgan.data.composites.shapes import SHAPES
from tfvgan.data.composites.things import Cutout, pasted, shaped

PICTURE = np.random.default_rng(0).integers(0, 256, (32, 32, 3)).astype("uint8")
V, U = (np.mgrid[-40:41, -40:41] / 20).astype("float32")


def cutout(pinned=False, frames=3):
    """Returns a cut-out of 8x8 pixels, its left half red and its right half green or blue."""
    video = np.zeros((frames, 8, 8, 3), "uint8")
    video[:, :, :4, 0] = video[::2, :, 4:, 1] = video[1::2, :, 4:, 2] = 200
    alpha = np.zeros((frames, 8, 8), "uint8")
    alpha[:, 2 : 8 if pinned else 6, 2:6] = 255
    return Cutout(video, alpha, 2)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_drawn_thing_covers_from_nothing_to_all_within_its_reach(shape):
    thing = shaped(np.random.default_rng(1), shape, 20.0, PICTURE, 3)
    cover = thing.cover(U, V, 0.0, 0.05)
    assert cover.dtype == np.float32 and cover.min() == 0 and cover.max() == 1
    assert 0 < ((cover > 0) & (cover < 1)).mean() < 0.2
    assert thing.pinned == (shape == "bust") and (thing.radius, thing.kind) == (20.0, 3)
    above = V < 1 if thing.pinned else True
    assert not (cover * above)[np.hypot(U, V) > 1.45].any()
    softer = thing.cover(U, V, 0.0, 0.8)
    assert ((softer > 0) & (softer < 1)).sum() > 1.5 * ((cover > 0) & (cover < 1)).sum()
    colours = thing.colours(U, V, 0.0)
    assert colours.shape == (81, 81, 3) and colours.min() >= 0


def test_a_part_that_is_plain_is_no_texture():
    flat = np.full((32, 32, 3), 128, "uint8")
    for seed in range(12):
        found = shaped(np.random.default_rng(seed), "ellipse", 20.0, flat).colours(U, V, 0.0)
        assert found.std() > 0.5


def test_a_cutout_is_shown_where_it_is_in_its_colours(as_it_is):
    sides = set()
    for seed in range(8):
        thing = pasted(np.random.default_rng(seed), cutout(), 4.0)
        u, v = np.array([-0.3, 0.3, -0.8, 0.0, 3.0]), np.array([0.1, 0.1, 0.0, 0.9, 0.0])
        np.testing.assert_allclose(thing.cover(u, v, 0.0, 0.1), [1, 1, 0, 0, 0], atol=1e-6)
        left, right = thing.colours(u[:2], v[:2], 0.0)
        red, other = sorted((left, right), key=lambda colour: -colour[0])
        assert red[0] > 190 and other[0] < 10 and other.sum() > 190
        sides.add(bool(left[0] > right[0]))
        assert thing.kind == 2 and not thing.pinned
        assert pasted(np.random.default_rng(seed), cutout(pinned=True), 4.0).pinned
    assert sides == {True, False}, "mirrored or not"


def test_a_cutout_is_played_to_and_fro(as_it_is):
    video = np.arange(3, dtype="uint8")[:, None, None, None] * np.full((3, 4, 4, 3), 50, "uint8")
    thing = pasted(np.random.default_rng(0), Cutout(video, video[..., 0], 1), 2.0)
    zero = np.zeros(1, "float32")
    shown = [round(float(thing.colours(zero, zero, float(n))[0, 0]) / 50) for n in range(8)]
    start = [0, 1, 2, 1] * 4
    assert any(shown == start[first : first + 8] for first in range(4))


def test_a_cutout_is_made_smaller_by_means_and_its_shadow_soft(as_it_is):
    checks = np.indices((16, 16)).sum(0) % 2 * 200
    video = np.repeat(checks[None, ..., None], 3, -1).astype("uint8")
    alpha = np.zeros((1, 16, 16), "uint8")
    alpha[0, 4:12, 4:12] = 255
    thing = pasted(np.random.default_rng(0), Cutout(video, alpha, 1), 2.0)
    np.testing.assert_allclose(thing.colours(U[20:60, 20:60], V[20:60, 20:60], 0.0), 100, atol=1)
    thing = pasted(np.random.default_rng(0), Cutout(video, alpha, 1), 8.0)
    hard, soft = (thing.cover(U, V, 0.0, soft) for soft in (0.0, 2.0))
    assert np.abs(np.diff(soft)).max() < 0.5 * np.abs(np.diff(hard)).max()
    np.testing.assert_allclose(soft.sum(), hard.sum(), rtol=0.05)


def test_a_cutout_is_shown_in_other_light_and_of_other_breadth():
    zero = np.zeros(1, "float32")
    grey = np.full((1, 8, 8, 3), 120, "uint8")
    alpha = np.full((1, 8, 8), 255, "uint8")
    alpha[:, -1] = 0  # So that all of its rows are seen.
    found = [pasted(np.random.default_rng(seed), Cutout(grey, alpha, 1), 4.0) for seed in range(40)]
    light = np.stack([thing.colours(zero, zero, 0.0)[0] for thing in found])
    assert light.std(0).min() > 10 and light.std(0).max() < 60 and 100 < light.mean() < 150
    assert 0 < np.ptp(light, axis=1).mean() < 40, "tinted, and grey all the same"
    edge = np.linspace(0.5, 1.5, 101, dtype="float32")
    widths = [(thing.cover(edge, zero[0], 0.0, 0.01) > 0.5).mean() for thing in found]
    assert 0.03 < np.std(widths) < 0.15


def test_less_is_seen_of_a_cutout_that_goes_on_below(monkeypatch):
    rows = np.repeat(np.arange(20, dtype="uint8")[None, :, None, None] * 10, 3, -1)
    video = np.broadcast_to(rows, (1, 20, 8, 3))
    monkeypatch.setattr(things, "_recoloured", lambda draws: (np.eye(3), 0))
    alpha = np.full((1, 20, 8), 255, "uint8")
    u, v = np.zeros(2, "float32"), np.array([-0.99, 0.99], "float32")
    lowest = set()
    for seed in range(20):
        thing = pasted(np.random.default_rng(seed), Cutout(video, alpha, 1), 10.0)
        top, low = thing.colours(u, v, 0.0)[:, 0]
        assert thing.pinned and top < 10
        lowest.add(round(float(low) / 10))
    assert max(lowest) == 19 and 8 <= min(lowest) < 14 and len(lowest) > 4
    alpha = alpha.copy()
    alpha[:, -1] = 0  # It ends above, and is shown whole.
    for seed in range(10):
        thing = pasted(np.random.default_rng(seed), Cutout(video, alpha, 1), 10.0)
        assert thing.colours(u, v, 0.0)[1, 0] > 180 and not thing.pinned
