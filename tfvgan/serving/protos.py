"""Arrays as the tensors of gRPC's messages, with no more copies than it takes."""

from typing import Any

import numpy as np
import tensorflow as tf


def put_array(proto: Any, value: np.ndarray) -> None:
    """Writes an array into a message; numbers are in its `tensor_content`.

    Args:
        proto: `TensorProto`, empty.
        value: an array; of objects if it holds bytes.
    """
    if value.dtype.kind not in "biuf":
        proto.CopyFrom(tf.make_tensor_proto(value))
        return
    proto.dtype = tf.dtypes.as_dtype(value.dtype).as_datatype_enum
    for size in value.shape:
        proto.tensor_shape.dim.add(size=size)
    proto.tensor_content = value.tobytes()


def array_of(proto: Any) -> np.ndarray:
    """Returns the array of a message, which may not be written to.

    Args:
        proto: `TensorProto` of a known shape, with numbers one by one or in `tensor_content`.

    Raises:
        TypeError, ValueError: when it holds something else than it says.
    """
    kind = tf.dtypes.as_dtype(proto.dtype)
    if not proto.tensor_content or kind == tf.string:
        return tf.make_ndarray(proto)
    values = np.frombuffer(proto.tensor_content, kind.as_numpy_dtype)
    return values.reshape([dim.size for dim in proto.tensor_shape.dim])
