"""Arrays become tensors of messages, and come back."""

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.framework.tensor_pb2 import TensorProto

from tfvgan.serving.protos import array_of, put_array

NUMBERS = np.arange(12).reshape(2, 3, 2)


@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64", "float32", "float16", "bool"])
@pytest.mark.parametrize("picked", [np.s_[...], np.s_[:, ::2, ::-1], np.s_[0, 0, 1], np.s_[:0]])
def test_an_array_comes_back_and_tensorflow_reads_it(dtype, picked):
    value, proto = np.asarray(NUMBERS.astype(dtype)[picked]), TensorProto()
    put_array(proto, value)
    for found in (array_of(proto), tf.make_ndarray(proto)):
        assert found.dtype == value.dtype and found.shape == value.shape
        np.testing.assert_array_equal(found, value)


def test_strings_come_back():
    value, proto = np.array([[b"\x00\xff", b""]], object), TensorProto()
    put_array(proto, value)
    assert array_of(proto).tolist() == value.tolist()


def test_numbers_may_come_one_by_one():
    proto = TensorProto(dtype=tf.uint8.as_datatype_enum, int_val=[7, 9])
    proto.tensor_shape.dim.add(size=2)
    assert array_of(proto).tolist() == [7, 9]


@pytest.mark.parametrize("content", [bytes(5), bytes(3)])
def test_what_holds_something_else_than_it_says_is_refused(content):
    proto = TensorProto(dtype=tf.uint8.as_datatype_enum, tensor_content=content)
    proto.tensor_shape.dim.add(size=4)
    with pytest.raises(ValueError):
        array_of(proto)
