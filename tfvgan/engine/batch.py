"""A batch, a dict of named tensors: checked once, before a step or a network reads it."""

import keras

from tfvgan.engine.part import Part, described, fitting, parts_text

HINTS = {"latents": "draw them from a normal distribution, or call `generate`, which does so"}


def as_batch(data, parts):
    """Returns the batch that Keras hands to a step: a dict of tensors, of the dtypes of `parts`.

    Args:
        data: a dict of tensors, or a tuple of one, as `train_on_batch` makes. Tensors that `parts`
            does not name pass through.
        parts: `{name: Part}`, the first of which is the video.

    Raises:
        ValueError: when it is none, when a tensor is missing, or is other than its part says.
    """
    batch, *beside = keras.utils.unpack_x_y_sample_weight(data)
    wanted = parts_text({name: part for name, part in parts.items() if not part.optional})
    if not isinstance(batch, dict):
        raise ValueError(
            f"A batch must be a dict, {wanted}, but is {described(batch)}: name its tensors."
        )
    for extra, what in zip(beside, ("targets", "sample weights"), strict=True):
        if extra is not None:
            raise ValueError(
                f"A batch must be a dict, {wanted}, and no more, but {what} come beside it: leave "
                'them out, and put labels into the dict, as "label".'
            )
    batch = {name: value for name, value in batch.items() if value is not None}
    for name, part in parts.items():
        if name not in batch and not part.optional:
            raise ValueError(
                f'A batch must be a dict, {wanted}, but has no "{name}", only '
                f"{', '.join(map(str, batch)) or 'nothing'}: {part.hint or 'name its tensors so'}."
            )
    batch |= fitting({name: batch[name] for name in parts if name in batch}, parts)
    clips = {name: batch[name].shape[0] for name in parts if name in batch}
    if len({count for count in clips.values() if count is not None}) > 1:
        raise ValueError(f"All tensors of a batch must have as many clips, but have {clips}.")
    return batch


def as_inputs(network, inputs):
    """Returns what a network reads, a tensor or a dict of them, of the dtypes of its signature.

    Networks that have none check what they read themselves, as Keras does.

    Raises:
        ValueError: when names, shapes or dtypes are others.
    """
    if not hasattr(network, "signature"):
        return inputs
    signature = network.signature().items()
    parts = {
        name: Part(tuple(shape), dtype, low=None, hint=HINTS.get(name, ""))
        for name, (shape, dtype) in signature
    }
    named = inputs
    if len(parts) == 1 and not isinstance(inputs, dict | list | tuple):
        named = dict.fromkeys(parts, inputs)
    if not isinstance(named, dict) or set(named) != set(parts):
        came = ", ".join(map(str, inputs)) if isinstance(inputs, dict) else described(inputs)
        raise ValueError(
            f"`{network.name}` reads {parts_text(parts)}, but was given {came}: hand it just "
            "what it reads, by these names."
        )
    return network.pack(**fitting({name: named[name] for name in parts}, parts))


def judged(discriminator):
    """Returns the `Part` that a discriminator's video is, of any Keras model that has a shape."""
    shape = getattr(discriminator, "input_shape", None)
    if hasattr(discriminator, "signature"):
        shape = (None, *discriminator.signature()["video"][0])
    elif isinstance(shape, dict):
        shape = shape.get("video")
    return Part(tuple(shape[1:]) if shape else (None, None, None, None))
