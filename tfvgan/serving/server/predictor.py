"""A SavedModel that answers requests, and says in a sentence what is wrong with one."""

import os
import re

import numpy as np
import tensorflow as tf

from tfvgan.serving.asking import DEFAULT
from tfvgan.serving.json_values import shown_json
from tfvgan.serving.server.refusal import (
    INTERNAL,
    INVALID_ARGUMENT,
    RESOURCE_EXHAUSTED,
    UNIMPLEMENTED,
    Refusal,
)
from tfvgan.serving.server.signatures import read_dtypes, read_shapes, read_signatures
from tfvgan.serving.warmup import read_warmup

# What TensorFlow tells of where an error came from, before and after what it says of the error.
BEFORE = re.compile(r"\A.*<stack traces unavailable>\n", re.DOTALL)
AFTER = re.compile(r"\n?\s*\[\[\{\{.*\Z", re.DOTALL)
TOO_LARGE = "There is not enough memory for this request: ask for less, or for smaller frames."
CODES = (
    (tf.errors.InvalidArgumentError, INVALID_ARGUMENT),
    (tf.errors.ResourceExhaustedError, RESOURCE_EXHAUSTED),
    (tf.errors.UnimplementedError, UNIMPLEMENTED),
)


class Predictor:
    """A SavedModel, loaded.

    Args:
        folder: of one version.

    Raises:
        ValueError: when there is no SavedModel.
    """

    def __init__(self, folder: str | os.PathLike):
        self.signatures = read_signatures(folder)
        self.dtypes, self._shapes = read_dtypes(self.signatures), read_shapes(self.signatures)
        self._model = tf.saved_model.load(str(folder))

    def warm_up(self, folder: str | os.PathLike) -> int:
        """Returns how many requests were answered that lie beside the SavedModel for that.

        Args:
            folder: of the version; see `tfvgan.serving.warmup`.

        Raises:
            ValueError: when one fails, as TensorFlow Serving loads no such model.
        """
        count = 0
        for request in read_warmup(folder):
            try:
                self.predict(request.signature, request.inputs)
            except Refusal as error:
                raise ValueError(
                    f"a warm-up request of `{request.signature}` fails ({error.message})"
                ) from None
            count += 1
        return count

    def predict(self, signature: str, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Returns the outputs by their names.

        Args:
            signature: its name; "" for `serving_default`.
            inputs: arrays by their names, of the dtypes that the signature has.

        Raises:
            Refusal: when there is no such signature, or the inputs do not fit it, or computing
                fails; in the words of TensorFlow Serving where it has some.
        """
        signature = signature or DEFAULT
        if signature not in self.dtypes:
            raise Refusal(
                INVALID_ARGUMENT,
                f"Serving signature name: {shown_json(signature)} not found in signature def",
            )
        self._check(signature, inputs)
        try:
            given = {name: tf.constant(value) for name, value in inputs.items()}
            made = self._model.signatures[signature](**given)
            return {name: value.numpy() for name, value in made.items()}
        except tf.errors.OpError as error:
            raise refused(error) from None
        except MemoryError:
            raise Refusal(RESOURCE_EXHAUSTED, TOO_LARGE) from None
        except (TypeError, ValueError) as error:  # As where a text is no tensor of strings.
            raise Refusal(INVALID_ARGUMENT, str(error).strip().splitlines()[0]) from None

    def _check(self, signature, inputs):
        """Raises for inputs that do not fit the signature."""
        wanted, shapes = self.dtypes[signature], self._shapes[signature]
        if inputs.keys() != wanted.keys():
            extra, missing = sorted(inputs.keys() - wanted), sorted(wanted.keys() - inputs)
            raise Refusal(
                INVALID_ARGUMENT,
                f"input size does not match signature: {len(inputs)}!={len(wanted)} "
                f"len({{{','.join(sorted(inputs))}}}) != len({{{','.join(wanted)}}}). "
                f"Sent extra: {{{','.join(extra)}}}. "
                f"Missing but required: {{{','.join(missing)}}}.",
            )
        for name, value in inputs.items():
            if value.dtype != wanted[name]:
                raise Refusal(
                    INVALID_ARGUMENT,
                    f"Expected {name} to be of {wanted[name]}, but got {value.dtype}.",
                )
            extents = shapes[name]
            if extents is not None and not _fits(value.shape, extents):
                told = ",".join("?" if one is None else str(one) for one in extents)
                came = ",".join(map(str, value.shape))
                raise Refusal(
                    INVALID_ARGUMENT, f"Expected {name} to be of shape [{told}], but got [{came}]."
                )


def refused(error: Exception) -> Refusal:
    """Returns what is answered where TensorFlow failed.

    Args:
        error: a `tf.errors.OpError`.
    """
    said = AFTER.sub("", BEFORE.sub("", error.message or "")).strip()
    code = next((code for kind, code in CODES if isinstance(error, kind)), INTERNAL)
    if code == RESOURCE_EXHAUSTED:
        said = TOO_LARGE
    return Refusal(code, said or type(error).__name__)


def _fits(shape, extents):
    return len(shape) == len(extents) and all(
        wanted in (None, size) for size, wanted in zip(shape, extents)
    )
