"""Errors of data sets arrive as they were raised, whatever they come through."""

import pytest
import tensorflow as tf

from tfvgan.data import UnreadableVideo
from tfvgan.data.plainly import plainly


def dataset(error):
    def numbers():
        yield 1
        raise error

    return tf.data.Dataset.from_generator(numbers, output_signature=tf.TensorSpec((), tf.int32))


@tf.function
def total(data):
    return data.reduce(0, lambda one, other: one + other)


@pytest.mark.parametrize("error", [ValueError("Clip 3: is bad."), UnreadableVideo("x.mp4", "bad")])
@pytest.mark.parametrize("read", [list, total])
def test_a_sentence_comes_through(error, read):
    with pytest.raises(ValueError) as caught, plainly():
        read(dataset(error))
    assert str(caught.value) == str(error)


def test_what_is_none_of_a_data_set_stays():
    with pytest.raises(tf.errors.InvalidArgumentError), plainly():
        tf.reshape([1, 2], (3,))
    with pytest.raises(KeyError), plainly():
        raise KeyError("x")
    with pytest.raises(tf.errors.OpError), plainly():
        list(dataset(KeyError("x")))
