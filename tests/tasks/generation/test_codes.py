"""Codes and ways among them: truncation ends at the mean, great circles keep the length."""

import functools

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import ContinuousGenerator, DcganGenerator
from tfvgan.tasks.generation import codes


@functools.cache
def built(num_classes=0):
    generator = ContinuousGenerator(6, 4, 8, motion_dim=4, width=8, num_classes=num_classes)
    generator.build()
    return generator


def test_what_a_number_shows_depends_on_seed_and_number_alone():
    generator = built(3)
    some, one = (codes.latents(generator, tf.constant(n), 3, "sampling") for n in ([4, 1, 4], [1]))
    np.testing.assert_array_equal(some[1], one[0])
    np.testing.assert_array_equal(some[0], some[2])
    labels = codes.labels(generator, tf.range(16), 3, "sampling").numpy()
    assert set(labels) == set(range(3))
    assert codes.labels(generator, tf.constant([9]), 3, "sampling") == labels[9]


def test_labels_are_chosen_checked_or_drawn():
    generator = built(3)
    drawn = codes.labels(generator, tf.constant([7, 8]), 2, "sampling")
    np.testing.assert_array_equal(
        codes.chosen_labels(generator, [7, 8], 2, "sampling", None), drawn
    )
    np.testing.assert_array_equal(codes.chosen_labels(generator, [7, 8], 2, "sampling", 1), [1, 1])
    assert codes.chosen_labels(DcganGenerator(6, 4, 8, width=8), [7], 2, "sampling", None) is None
    with pytest.raises(ValueError, match=r"one or 2 of 0 \.\.\. 2, but are \[0, 3\]"):
        codes.chosen_labels(generator, [7, 8], 2, "sampling", [0, 3])


def test_names_of_classes_are_no_labels():
    generator = DcganGenerator(6, 4, 8, num_classes=3, width=8)
    for asked in (["walk", "run"], [0.0, 1.0]):
        with pytest.raises(
            ValueError, match=r"numbers of classes, 0 \.\.\. 2, but are .*class_names"
        ):
            codes.chosen_labels(generator, [7, 8], 2, "sampling", asked)


@pytest.mark.parametrize(
    ("count", "seed", "said"),
    [
        (2.5, 0, "`count` must be a whole number from 0, but is 2.5"),
        (-1, 0, "`count` must be a whole number from 0, but is -1"),
        (True, 0, "`count` must be .* but is True"),
        (2, "a", "`seed` must be a whole number of 64 bits, but is 'a'"),
        (2, 1 << 63, "`seed` must be"),
        (2, None, "`seed` must be"),
    ],
)
def test_what_is_no_number_of_videos_or_no_seed_is_refused(count, seed, said):
    with pytest.raises(ValueError, match=said):
        codes.first_numbers(count, seed)


def test_the_first_numbers_of_a_seed():
    assert codes.first_numbers(np.int64(3), -1).tolist() == [0, 1, 2]
    assert codes.first_numbers(0, 7).shape == (0,)


@pytest.mark.parametrize("num_classes", [0, 3])
def test_truncation_goes_from_the_code_to_the_mean_of_its_class(num_classes):
    generator = built(num_classes)
    latents = tf.random.stateless_normal((3, 6), (1, 2))
    label = tf.constant([1, 0, 1]) if num_classes else None
    make = codes.Codes(generator)
    whole, half, none = (make(latents, label, share) for share in (1.0, 0.5, 0.0))
    np.testing.assert_allclose(half, (whole + none) / 2, atol=1e-6)
    rows = [1, 0, 1] if num_classes else [0, 0, 0]
    np.testing.assert_array_equal(none, tf.gather(make.means(), rows))
    assert make.means().shape == (max(num_classes, 1), 12)
    many = tf.random.stateless_normal((4096, 6), (5, 5))
    of_one = make(many, tf.ones((4096,), tf.int32) if num_classes else None, 1.0)
    error = np.abs(tf.reduce_mean(of_one, 0) - none[0])
    assert error.max() < 5 * tf.math.reduce_std(of_one, 0).numpy().max() / np.sqrt(1024)


def test_great_circles_keep_the_length_and_meet_their_ends():
    first = np.float32([[3.0, 0.0, 0.0]] * 5)
    last = np.float32([[0.0, 3.0, 0.0]] * 5)
    share = np.linspace(0, 1, 5, dtype=np.float32)
    way = codes.slerp(first, last, share)
    angles = share * np.pi / 2
    expected = np.stack([3 * np.cos(angles), 3 * np.sin(angles), 0 * angles], axis=1)
    np.testing.assert_allclose(way, expected, atol=1e-6)
    np.testing.assert_allclose(codes.slerp(first, first, share), first)


@pytest.mark.parametrize("closed", [True, False])
def test_a_walk_passes_its_places_slowly(closed):
    first, last, share = codes.stations(3, 31, closed)
    assert (first[0], last[0], share[0]) == (0, 1, 0.0)
    place = first + share
    speed = np.diff(place)
    assert (speed >= 0).all() and speed[0] < 0.03 < speed.max()
    if closed:
        assert (first[-1], last[-1]) == (2, 0) and 0.9 < share[-1] < 1.0
    else:
        assert (last[-1], share[-1]) == (2, 1.0) and (first[15], share[15]) == (1, 0.0)


def test_between_classes_codes_are_blended():
    generator = built(3)
    make, latents = codes.Codes(generator), tf.random.stateless_normal((2, 6), (1, 2))
    ends = make(latents, tf.constant([0, 1]), 1.0)
    way = ([0, 0, 0], [1, 1, 1], np.float32([0.0, 0.5, 1.0]))
    found = make.between(latents, np.array([0, 1]), *map(np.array, way), 1.0)
    np.testing.assert_allclose(found[0], ends[0], atol=1e-6)
    np.testing.assert_allclose(found[2], ends[1], atol=1e-6)
    middle = codes.slerp(latents[:1], latents[1:], np.float32([0.5]))
    both = make(tf.repeat(middle, 2, 0), tf.constant([0, 1]), 1.0)
    np.testing.assert_allclose(found[1], tf.reduce_mean(both, 0), atol=1e-6)
