"""One named function that a trained model serves: SavedModel, TFLite and the tests all read it."""

from collections.abc import Callable
from typing import NamedTuple

import keras

from tfvgan.engine.slim import slim


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
        request: `request()` returns a dict of numpy arrays of batch 1, strings as arrays of
            objects, named as in the signature: a small request that makes sense, for servers to
            warm up with. None: as an example of the edge, at its size.
    """

    function: Callable
    signature: list
    edge: Edge | None = None
    request: Callable | None = None


def write_endpoints(endpoints, folder, verbose=False):
    """Writes a SavedModel: each endpoint is a signature, the first also `serving_default`.

    Its graphs are as small as `slim` makes them.

    Args:
        endpoints: `{name: Endpoint}`.
        folder: path of what is written.
        verbose: bool, whether Keras prints the signatures.
    """
    archive = keras.export.ExportArchive()
    for name, endpoint in endpoints.items():
        archive.add_endpoint(name, endpoint.function, endpoint.signature)
    archive.write_out(folder, verbose=verbose)
    slim(folder)
