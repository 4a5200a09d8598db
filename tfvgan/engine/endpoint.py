"""One named function that a trained model serves: SavedModel, TFLite and the tests all read it."""

from collections.abc import Callable
from typing import NamedTuple


class Endpoint(NamedTuple):
    """A function with its signature.

    Attributes:
        function: takes the named tensors in the signature's order, returns a dict of named tensors.
        signature: list of `tf.TensorSpec`, each with a name.
        edge: whether it can be converted for an edge device: deterministic, no random operations.
    """

    function: Callable
    signature: list
    edge: bool = False
