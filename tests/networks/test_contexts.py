"""Contexts: of what is known alone; and how many bits a Laplace distribution says."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks.contexts import contexts, log_laplace, scale_of

RNG = np.random.default_rng(0)
SIZES = RNG.binomial(1, 0.1, (2, 6, 7, 8)).astype("float32")  # As sparse as latents.
BEFORE = RNG.integers(0, 4, (2, 6, 7, 8)).astype("float32")
GROUPS, EACH = 4, 2  # Of channels, and how many are in each.


def present(sizes):
    return np.asarray(contexts(sizes, BEFORE)[1])


def test_they_are_whole_numbers_of_a_table_s_lines():
    past, now, passes = (np.asarray(each) for each in contexts(SIZES * 9, BEFORE * 9))
    assert past.shape == now.shape == SIZES.shape and passes.shape == (1, 6, 7, 1)
    assert past.min() >= 0 and past.max() == 4
    assert now.min() >= 0 and now.max() == 5
    np.testing.assert_array_equal(passes[0, :2, :3, 0], [[0, 1, 0], [1, 0, 1]])
    empty = contexts(0 * SIZES, 0 * BEFORE)
    assert not np.any(empty[0]) and not np.any(empty[1])


def test_a_group_knows_nothing_of_itself_in_the_first_pass_nor_of_later_groups():
    passes = np.asarray(contexts(SIZES, BEFORE)[2])[0, :, :, 0]
    for group in range(GROUPS):
        changed = SIZES.copy()
        changed[..., group * EACH :] = RNG.integers(0, 9, changed[..., group * EACH :].shape)
        own = np.s_[..., group * EACH : (group + 1) * EACH]
        first = passes == 0
        np.testing.assert_array_equal(
            present(changed)[own][:, first], present(SIZES)[own][:, first]
        )
        earlier = np.s_[..., : group * EACH]
        np.testing.assert_array_equal(present(changed)[earlier], present(SIZES)[earlier])


def test_the_second_pass_knows_the_first_one_alone_of_its_group():
    passes = np.asarray(contexts(SIZES, BEFORE)[2])[0, :, :, 0]
    changed = SIZES.copy()
    changed[:, passes == 1, -EACH:] += 5
    np.testing.assert_array_equal(present(changed), present(SIZES))
    changed = SIZES.copy()
    changed[:, passes == 0, -EACH:] += 5
    assert np.any(present(changed)[:, passes == 1] != present(SIZES)[:, passes == 1])


def test_the_past_is_the_frame_before_alone():
    past = np.asarray(contexts(SIZES, BEFORE)[0])
    np.testing.assert_array_equal(past, contexts(SIZES[::-1], BEFORE)[0])
    one = np.zeros((1, 3, 3, 4), "float32")
    one[0, 1, 1, 2] = 1
    found = np.asarray(contexts(one, one)[0])[0]
    np.testing.assert_array_equal(found[..., 2], [[0, 1, 0], [1, 2, 1], [0, 1, 0]])
    assert not np.any(found[..., [0, 1, 3]])


@pytest.mark.parametrize(
    ("value", "past", "present"),
    [
        (1, (1, 2), (1, 2, 2)),
        (2, (2, 3), (2, 3, 3)),
        (3, (2, 3), (2, 3, 4)),
        (4, (3, 4), (3, 4, 4)),
        (6, (3, 4), (3, 4, 5)),
        (8, (4, 4), (4, 5, 5)),
        (99, (4, 4), (5, 5, 5)),
    ],
)
def test_contexts_are_those_of_weighted_sums(value, past, present):
    """One number alone: what is at its place, beside or around it, and beside in its channel.

    At a place it counts twice, beside and around it once, beside in the second pass three times;
    contexts begin at 1, 2, 4, 8 and, in the present, 16.
    """
    one = np.zeros((1, 3, 3, 4), "float32")
    one[0, 1, 1, 0] = value
    before, now, _ = (np.asarray(each)[0] for each in contexts(one, one))
    beside, at = past
    wanted = [[0, beside, 0], [beside, at, beside], [0, beside, 0]]
    np.testing.assert_array_equal(before[..., 0], wanted)
    around, at, own = present
    np.testing.assert_array_equal(now[..., 0], [[0, own, 0], [own, 0, own], [0, own, 0]])
    for later in (1, 2, 3):
        np.testing.assert_array_equal(now[..., later], np.where(one[0, ..., 0] > 0, at, around))


def test_chances_sum_to_one_and_are_those_of_the_density():
    whole = np.arange(-400, 401, dtype="float32")
    for scale in (0.05, 0.7, 20.0):
        chances = np.exp(log_laplace(whole, scale))
        assert abs(chances.sum() - 1) < 1e-4
        assert abs(chances[400] - (1 - np.exp(-0.5 / scale))) < 1e-5
        beyond = (np.exp(-0.5 / scale) - np.exp(-1.5 / scale)) / 2
        assert abs(chances[401] - beyond) < 1e-5


@pytest.mark.parametrize("scale", [0.02, 0.243, 7.0, 300.0])
@pytest.mark.parametrize("x", [0.0, 0.3, 5.0, -50.0, 500.0])
def test_logarithms_and_their_slopes_are_those_of_the_closed_form(x, scale):
    """Of the integral of the density, in 64 bits; far from 0 its slope is 1 / scale, never 0."""
    values = tf.Variable(x), tf.Variable(scale)
    with tf.GradientTape() as tape:
        found = log_laplace(*values)
    slopes = tape.gradient(found, values)
    far, fall = abs(x), np.exp(-1 / scale)
    if far < 0.5:
        ends = np.exp((far - 0.5) / scale), np.exp(-(far + 0.5) / scale)
        chance = 1 - sum(ends) / 2
        by_x = -(ends[0] - ends[1]) / (2 * scale * chance)
        by_scale = ((far - 0.5) * ends[0] - (far + 0.5) * ends[1]) / (2 * scale**2 * chance)
        logarithm = np.log(chance)
    else:
        logarithm = (0.5 - far) / scale + np.log((1 - fall) / 2)
        by_x = -1 / scale
        by_scale = (far - 0.5) / scale**2 - fall / (scale**2 * (1 - fall))
    close = {"rtol": 1e-3, "atol": 1e-6}
    np.testing.assert_allclose(found, logarithm, **close)
    np.testing.assert_allclose(slopes[0], np.sign(x) * by_x, **close)
    np.testing.assert_allclose(slopes[1], by_scale, **close)


def test_scales_grow_with_their_weights_and_are_never_nothing():
    found = np.asarray(scale_of(np.array([-9.0, 0.0, 0.125], "float32")))
    np.testing.assert_allclose(found, [0.02, np.exp(-1.5) + 0.02, np.exp(-0.5) + 0.02], rtol=1e-5)
