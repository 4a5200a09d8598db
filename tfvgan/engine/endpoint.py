"""One named function that a trained model serves: SavedModel, TFLite and the tests all read it."""

from collections.abc import Callable
from typing import NamedTuple


class Edge(NamedTuple):
    """An endpoint as an edge device runs it: one example at a time, deterministic.

    Attributes:
        function: takes what the endpoint's takes, and returns float32 in [-1, 1] where the
            endpoint's rounds to uint8: so what was converted can be compared closely.
        examples: `examples(count, seed)` returns `count` dicts of numpy arrays of batch 1, named
            as in the signature and like what the device will be given; what int8 measures its
            ranges on, and what exports are compared on.
        signature: as the endpoint's, where a device has other extents, of batch 1, that the
            examples have too; None for the endpoint's own.
    """

    function: Callable
    examples: Callable
    signature: list | None = None


class Endpoint(NamedTuple):
    """A function with its signature.

    Attributes:
        function: takes the named tensors in the signature's order, returns a dict of named tensors.
        signature: list of `tf.TensorSpec`, each with a name.
        edge: how an edge device runs it; None if it can't, as random operations can't.
    """

    function: Callable
    signature: list
    edge: Edge | None = None
