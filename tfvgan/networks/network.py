"""The base class of networks: a signature of inputs, and building without data.

A network reads one tensor, or one dict of named tensors. Its `signature` names them; the engine and
the tasks ask for it and so know no network.
"""

import inspect
from typing import Any, TypeAlias

import keras

from tfvgan.layers import Tracked

LARGEST_ARGUMENT = 4096  # Of any number that a network is built from,
COUNTED = {"frames": 1 << 16, "spacing": 1 << 16, "num_classes": 1 << 16}  # but for these;
MOST_WEIGHTS = 1 << 26  # and of their product that weights grow with: gigabytes.

Tensor: TypeAlias = keras.KerasTensor
Signature: TypeAlias = dict[str, tuple[tuple[int | None, ...], str]]  # Shapes and dtypes.
Inputs: TypeAlias = Tensor | dict[str, Tensor]


class Network(Tracked, keras.Model):
    """A model built from plain numbers, with a signature of its inputs.

    Every argument of a subclass's constructor is an attribute and a config entry of the same name.
    """

    extent = 64
    steps = None
    names_in_files = {}  # By attribute, where files that were written before have another name.

    def __setattr__(self, name, value):
        super().__setattr__(self.names_in_files.get(name, name), value)

    def __getattr__(self, name):
        """Returns what is kept under its name in files, as Keras and TensorFlow find it by name."""
        if name in self.names_in_files:
            return getattr(self, self.names_in_files[name])
        inherited = getattr(super(), "__getattr__", super().__getattribute__)
        return inherited(name)

    @property
    def input_dtype(self) -> str:
        """What Keras casts floats to that a network is given: its layers cast what they read.

        In half precision the times 3001 and 3000 are the same.
        """
        return "float32"

    def __new__(cls, *args, **kwargs):
        check_layout()
        bound = inspect.signature(cls.__init__).bind(None, *args, **kwargs)
        check_numbers(cls.__name__, bound.arguments)
        return super().__new__(cls, *args, **kwargs)

    def signature(self) -> Signature:
        """Returns `{name: (shape without the batch axis, dtype)}`, what `call` reads, in order."""
        raise NotImplementedError

    def pack(self, **named: keras.KerasTensor) -> Inputs:
        """Returns what `call` reads: the tensor itself if there is one, the dict if several.

        Raises:
            ValueError: when the names are not those of the signature.
        """
        expected = list(self.signature())
        if set(named) != set(expected):
            raise ValueError(
                f"`{self.name}` reads {expected}, but was given {sorted(named)}: "
                "name just those tensors."
            )
        return named[expected[0]] if len(expected) == 1 else {n: named[n] for n in expected}

    def unpack(self, inputs: Inputs) -> dict[str, keras.KerasTensor]:
        """Returns `{name: tensor}`: undoes `pack`."""
        return inputs if isinstance(inputs, dict) else {next(iter(self.signature())): inputs}

    def build(self, input_shape: tuple | None = None) -> None:
        """Makes every weight, from the signature alone; the shape given is not read.

        Extents that may be any are taken as `extent`, and numbers of frames as `steps`, where a
        network goes from one to the next: no weight depends on them.
        """
        if self.built:
            return
        named = {}
        for name, (shape, dtype) in self.signature().items():
            extents = [self.extent if n is None else n for n in shape]
            if self.steps and len(shape) == 4 and shape[0] is None:
                extents[0] = self.steps
            named[name] = keras.KerasTensor((None, *extents), dtype)
        Shapes(self).compute_output_spec(self.pack(**named))
        self.built = True

    def get_build_config(self) -> dict:
        return {"input_shape": None}

    def build_from_config(self, config: dict) -> None:
        self.build()


class Shapes(keras.Operation):
    """The shapes of a network's outputs, without drawing its initial weights at every read.

    While shapes are found no weight has a value yet. Keras then runs its initializer at every read,
    which takes a good part of the time that a network is built in.
    """

    def __init__(self, network: Network):
        super().__init__(name=network.name)
        self.network = network

    def call(self, inputs: Inputs) -> Inputs:
        with Zeros():
            return self.network.call(inputs)


class Zeros(keras.StatelessScope):
    """A scope in which weights that have no value yet read as zeros.

    A function is called as ever: one that draws seeds decides what is drawn after it.
    """

    def get_current_value(self, variable: keras.Variable) -> keras.KerasTensor | None:
        if isinstance(variable._initializer, keras.Initializer):
            return keras.ops.zeros(variable.shape, variable.dtype)
        return None


class Generator(Network):
    """Maps latents, and a label with classes, to a video in [-1, 1].

    Reads `latents` float32 `(batch, latent_dim)`, or with classes
    `{"latents": ..., "label": int32 (batch,)}`; returns float32
    `(batch, frames, size, size, 3)` in [-1, 1].

    Args:
        latent_dim: numbers in a latent.
        frames: frames in the video, 1 or more.
        size: height and width, a power of two from 8.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(
        self, latent_dim: int, frames: int, size: int, num_classes: int = 0, **kwargs: Any
    ):
        super().__init__(**kwargs)
        check_extents(frames, size)
        self.latent_dim = latent_dim
        self.frames = frames
        self.size = size
        self.num_classes = num_classes

    def signature(self) -> Signature:
        named = {"latents": ((self.latent_dim,), "float32")}
        return {**named, **label_signature(self.num_classes)}

    def get_config(self) -> dict:
        return {
            **super().get_config(),
            "latent_dim": self.latent_dim,
            "frames": self.frames,
            "size": self.size,
            "num_classes": self.num_classes,
        }


class Discriminator(Network):
    """Maps a video, and a label with classes, to logits: high for real, low for generated.

    Reads `video` float32 `(batch, frames, size, size, 3)` in [-1, 1], or with classes
    `{"video": ..., "label": int32 (batch,)}`; returns float32 logits `(batch, ...)`, no sigmoid.

    Args:
        frames: frames in the video, 1 or more.
        size: height and width, a power of two from 8.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(self, frames: int, size: int, num_classes: int = 0, **kwargs: Any):
        super().__init__(**kwargs)
        check_extents(frames, size)
        self.frames = frames
        self.size = size
        self.num_classes = num_classes

    def signature(self) -> Signature:
        named = {"video": ((self.frames, self.size, self.size, 3), "float32")}
        return {**named, **label_signature(self.num_classes)}

    def get_config(self) -> dict:
        return {
            **super().get_config(),
            "frames": self.frames,
            "size": self.size,
            "num_classes": self.num_classes,
        }


def check_layout():
    """Raises ValueError where Keras makes layers for channels that come first."""
    if keras.config.image_data_format() != "channels_last":
        raise ValueError(
            "Videos are (frames, height, width, channels), but Keras makes layers for channels "
            'that come first: call `keras.config.set_image_data_format("channels_last")`.'
        )


def label_signature(num_classes):
    """Returns the signature of the label: empty where there are no classes."""
    return {"label": ((), "int32")} if num_classes else {}


def check_extents(frames, size):
    """Raises ValueError unless `frames` is 1 or more and `size` a power of two from 8."""
    if frames < 1:
        raise ValueError(f"`frames` must be 1 or more, but is {frames}: ask for at least one.")
    if size < 8 or size & (size - 1):
        below = max(8, 1 << max(int(size), 1).bit_length() - 1)
        near = f"{below} or {2 * below}" if size > 8 else "8 or more"
        raise ValueError(
            f"`size` must be a power of two from 8, but is {size}: take {near}, and resize the "
            "videos to it, as `tfvgan train` and data.clips do by themselves."
        )


def check_numbers(name, numbers):
    """Raises ValueError when a network of these numbers is absurdly large.

    What a file says of a network is built before its weights are read.

    Args:
        name: of the network, for the message.
        numbers: dict, the arguments of its constructor.
    """
    whole = {key: n for key, n in numbers.items() if type(n) is int}
    for key, number in whole.items():
        if number > COUNTED.get(key, LARGEST_ARGUMENT):
            raise ValueError(
                f"`{key}` of a {name} must be {COUNTED.get(key, LARGEST_ARGUMENT)} at most, but is "
                f"{min(number, LARGEST_ARGUMENT**5)}: ask for less."
            )
    depth, frames, width = (whole.get(key, 1) for key in ("depth", "frames", "width"))
    if depth * frames * width**2 > MOST_WEIGHTS:
        raise ValueError(
            f"A {name} of width {width}, depth {depth} and {frames} frames would take gigabytes of "
            "weights: ask for less."
        )


def check_width(width):
    """Raises ValueError unless `width` is 1 or more."""
    if width < 1:
        raise ValueError(f"`width` must be 1 or more, but is {width}: 64 to 512 are usual.")


def check_agreement(generator, discriminator, *names):
    """Raises ValueError unless two networks have the same numbers by these names."""
    for name in names:
        for network in (generator, discriminator):
            if not hasattr(network, name):
                raise ValueError(
                    f"`{network.name}` must say its `{name}`, as networks of this task do, but has "
                    "none: take one of tfvgan.networks, or a subclass."
                )
        ours, theirs = getattr(generator, name), getattr(discriminator, name)
        if ours != theirs:
            raise ValueError(
                f"The generator and the discriminator must agree on `{name}`, but the generator"
                f" has {ours} and the discriminator {theirs}."
            )


def doublings(size):
    """Returns how many times 4 doubles to reach `size`."""
    return (size // 4).bit_length() - 1


def widths(width, size):
    """Returns the channels at 4, 8, ..., size/2: `width`, halved a level, 1 at the least.

    Raises:
        ValueError: when `width` is less than 1.
    """
    check_width(width)
    return [max(width >> level, 1) for level in range(doublings(size))]
