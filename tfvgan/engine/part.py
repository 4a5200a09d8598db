"""What one named tensor of a batch must be: its extents, its dtype, and its bounds."""

import functools
import re
from typing import NamedTuple, Self

import numpy as np
import tensorflow as tf

MUST_BE = "must_be_"  # Begins the names of the operations that check shapes while a step runs.
NAMED = rf"{MUST_BE}(\w+?)(?:_\d+)?\b"
MISSHAPEN = r"Shape of tensor \S+ \[([^]]*)\] is not compatible with expected shape \[([^]]*)\]"


class Part(NamedTuple):
    """What one named tensor of a batch must be.

    Attributes:
        shape: extents without the batch axis: an int; a range, such as of `at_least`; or None,
            which may be any.
        dtype: "float32", which stands for all floats, or "int32", for all whole numbers.
        low, high: what no value may lie beyond; None for no bounds.
        optional: whether a batch may be without it.
        smaller: None, or how many times smaller its height and width are than the video's, of
            which it has the frames too.
        hint: what to do about a batch that does not have it so.
    """

    shape: tuple
    dtype: str = "float32"
    low: float | None = -1.0
    high: float | None = 1.0
    optional: bool = False
    smaller: int | None = None
    hint: str = ""

    def __str__(self):
        extents = ", ".join(("batch", *map(_extent_text, self.shape)))
        bounds = "" if self.low is None else f" in [{self.low:g}, {self.high:g}]"
        return f"{self.dtype} ({extents}{'' if self.shape else ','}){bounds}"

    def beside(self, video: tf.Tensor | None) -> Self:
        """Returns the part that it must be beside a video, whose shape may be known in part."""
        if self.smaller is None:
            return self
        frames, *sides = video.shape[1:4]
        sides = [None if side is None else side // self.smaller for side in sides]
        pairs = zip(self.shape, (frames, *sides, self.shape[-1]), strict=True)
        shape = tuple(own if _is(own, wanted) and own else wanted for wanted, own in pairs)
        return self._replace(shape=shape)

    def admits(self, tensor: object) -> bool:
        """Returns whether the tensor is so, as far as its shape is known."""
        if not isinstance(tensor, tf.Tensor):
            return False
        if not (tensor.dtype.is_floating if self.dtype == "float32" else tensor.dtype.is_integer):
            return False
        shape = tensor.shape
        return shape.rank is None or (
            shape.rank == 1 + len(self.shape) and all(map(_is, shape[1:], self.shape))
        )

    def advice(self, tensor: object) -> str:
        """Returns what to do about a tensor that is not so."""
        if not isinstance(tensor, tf.Tensor):
            return "make it dense"
        if self.dtype == "int32":
            return "give the number of each clip's class"
        if tensor.dtype == tf.uint8 and self.shape:
            return "convert it by tfvgan.video.from_uint8"
        if not tensor.dtype.is_floating:
            return f"cast it to {self.dtype}"
        if len(self.shape) != 4:
            return self.hint or "bring it into that shape"
        if tensor.shape.rank == 5 and not _is(tensor.shape[-1], self.shape[-1]):
            return "colours come last"
        if tensor.shape.rank == 4:
            return self.hint or "the first axis counts the clips of a batch, and is there for one"
        return self.hint or "cut, resize or sample the clips so"


def at_least(least: int, multiple_of: int = 1) -> range:
    """Returns the extents of a `Part` that are this or more, and multiples of another number."""
    return range(least, 1 << 31, multiple_of)


def fitting(named, parts):
    """Returns `{name: tensor}` of the dtypes and the shapes that their parts say.

    What is not known of a shape yet is checked when the step runs; see `in_a_sentence`.

    Args:
        named: `{name: tensor}`; where a part is smaller than the video, with a "video" first.
        parts: `{name: Part}` of these.

    Raises:
        ValueError: when one is another.
    """
    result = {}
    for name, value in named.items():
        part = parts[name].beside(result.get("video"))
        if not isinstance(value, tf.RaggedTensor | tf.SparseTensor):
            value = tf.convert_to_tensor(value)
        if not part.admits(value):
            raise ValueError(
                f'"{name}" must be {part}, but is {described(value)}: {part.advice(value)}.'
            )
        shape = [extent if isinstance(extent, int) else None for extent in part.shape]
        checked = tf.ensure_shape(value, (None, *shape), name=f"{MUST_BE}{name}")
        result[name] = tf.cast(checked, part.dtype)
    return result


def in_a_sentence(function):
    """Returns the function with errors as `fitting` raises them, for shapes known when it runs.

    Args:
        function: what Keras calls for each execution.
    """

    @functools.wraps(function)
    def execute(data):
        try:
            return function(data)
        except tf.errors.InvalidArgumentError as error:
            name, shapes = (re.search(each, error.message) for each in (NAMED, MISSHAPEN))
            if not (name and shapes):
                raise
            came, wanted = (
                shape.replace("?", "any").replace(",", ", ") for shape in shapes.groups()
            )
            message = f'"{name[1]}" must be ({wanted}), but is ({came}): bring it into that shape.'
        raise ValueError(message)

    return execute


def parts_text(parts):
    """Returns what the parts must be, as one would write the dict."""
    return "{" + ", ".join(f'"{name}": {part}' for name, part in parts.items()) + "}"


def described(value):
    """Returns in words what a value is: dtype and shape of a tensor, else its type."""
    if not hasattr(value, "shape"):
        return f"a {type(value).__name__}"
    shape = tf.TensorShape(value.shape)
    shape = "of any shape" if shape.rank is None else str(tuple(shape)).replace("None", "batch", 1)
    kind = "" if isinstance(value, tf.Tensor | np.ndarray) else f", a {type(value).__name__}"
    return f"{tf.as_dtype(value.dtype).name} {shape}{kind}"


def _is(extent, wanted):
    """Returns whether an extent may be the wanted one; either may be unknown."""
    if extent is None or wanted is None:
        return True
    return extent in wanted if isinstance(wanted, range) else extent == wanted


def _extent_text(extent):
    if isinstance(extent, range):
        return f"{extent.start} or more" if extent.step == 1 else f"a multiple of {extent.step}"
    return "any" if extent is None else str(extent)
