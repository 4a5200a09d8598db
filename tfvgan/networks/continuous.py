"""A generator of single moments, and a discriminator of a few moments and the time between them.

Video is a function of time that can be asked for any moment, so that training renders three frames
of a clip rather than all, and judges them by 2-D convolutions. Content and motion are kept apart:
motion moves the plane on which the picture is drawn, content says what is drawn and in which
colours. The first layers draw each point of the plane by itself, so that what moves keeps its form;
what stays, such as a wall, is drawn once a clip and added to it. The discriminator's first layer
sees pixels one by one, since edges and corners tell things apart.

Source: after Skorokhodov et al. 2022, StyleGAN-V, https://arxiv.org/abs/2112.14683, and Yu et al.
2022, DIGAN, https://arxiv.org/abs/2202.10571; how motion enters is this project's own.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    Backdrop,
    LabelledLatents,
    ModulatedConv,
    MotionPath,
    MovingWaves,
    ProjectionHead,
    TimesCode,
    anchors_needed,
    fold_frames,
    interval,
    unfold_frames,
    with_minibatch_deviation,
)
from tfvgan.networks.network import (
    Discriminator,
    Generator,
    Inputs,
    Signature,
    check_width,
    doublings,
    label_signature,
)

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class ContinuousGenerator(Generator):
    """Maps latents, noise at anchors and times to the frames at those times.

    Reads `{"latents": float32 (batch, latent_dim), "motion": float32 (batch, anchors, motion_dim),
    "times": float32 (batch, k)}`, and `"label": int32 (batch,)` with classes. Times are in frames,
    ascending, 0 or more. The first anchor is the one of the interval of `spacing` frames that the
    first time lies in; `anchors` says how many there must be. Returns float32
    `(batch, k, size, size, 3)` in [-1, 1].

    Args:
        latent_dim: numbers in a latent, which says what is seen.
        frames: frames in a clip of the length trained on, 1 or more.
        size: height and width, a power of two from 8.
        motion_dim: numbers of noise at an anchor.
        width: channels of a point of the plane; half of it with its neighbours, three quarters of
            that a doubling. What stays has half of it too.
        colors: how many colours of its own a video mixes its pixels of.
        spacing: frames between two anchors.
        num_classes: how many classes the videos fall into; 0 for no labels.
        sharpness: how far pixels decide for one of the colours: what the softmax of the mixture is
            handed is multiplied by it, the inverse of a temperature.

    Raises:
        ValueError: when a number is out of its range.
    """

    def __init__(
        self,
        latent_dim: int = 64,
        frames: int = 16,
        size: int = 64,
        motion_dim: int = 32,
        width: int = 64,
        colors: int = 8,
        spacing: int = 16,
        num_classes: int = 0,
        sharpness: float = 1.0,
        **kwargs: Any,
    ):
        super().__init__(latent_dim, frames, size, num_classes, **kwargs)
        if not sharpness > 0:
            raise ValueError(f"`sharpness` must be above 0, but is {sharpness!r}.")
        self.sharpness = sharpness
        self.motion_dim = motion_dim
        check_width(width)
        self.width = width
        self.colors = colors
        self.spacing = spacing
        dtype = self.dtype_policy
        # Fine, as on a coarse plane what moves changes its form with its place.
        side = min(32, size // 2)
        levels = doublings(size) - doublings(side)
        channels = [max(width * 3**n // (2 * 4**n), 8) for n in range(levels)]
        if num_classes:
            self.labelled = LabelledLatents(num_classes, latent_dim, dtype=dtype)
        self.content_layers = [
            layers.Dense(2 * latent_dim, "leaky_relu", dtype=dtype) for _ in range(2)
        ]
        self.journey = MotionPath(motion_dim, spacing=spacing, clip=self.clip)
        self.motion_layers = [layers.Dense(128, "leaky_relu", dtype=dtype) for _ in range(2)]
        self.plane = MovingWaves(side, 96)
        self.backdrop = Backdrop(side, max(width // 2, 1), width, dtype=dtype)
        # Kernels of 1 draw each point by its own place: no neighbours pull on the form of a thing.
        self.points = [ModulatedConv(width, 1, dtype=dtype) for _ in range(2)]
        self.convs = [ModulatedConv(filters, dtype=dtype) for filters in channels]
        self.grow = layers.UpSampling2D(interpolation="bilinear", dtype=dtype)
        self.mixture = layers.Conv2D(colors, 3, padding="same", dtype=dtype)
        self.palette = layers.Dense(3 * colors, dtype=dtype)
        self.softmax = layers.Softmax(dtype="float32")

    @property
    def clip(self) -> int:
        """Frames from the beginning of one clip trained on to the next: whole intervals."""
        return -(-self.frames // self.spacing) * self.spacing

    def interval(self, time: float) -> int:
        """Returns the number of the interval between anchors that a time lies in."""
        return interval(time, self.spacing)

    def anchors(self, first: float, last: float) -> int:
        """Returns how many anchors frames from the time `first` to the time `last` are made of."""
        return anchors_needed(first, last, self.spacing)

    def signature(self) -> Signature:
        return {
            "latents": ((self.latent_dim,), "float32"),
            "motion": ((None, self.motion_dim), "float32"),
            "times": ((None,), "float32"),
            **label_signature(self.num_classes),
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        code = self.content(named["latents"], named.get("label"))
        return self.draw(code, named["motion"], named["times"])

    def content(
        self, latents: keras.KerasTensor, label: keras.KerasTensor | None = None
    ) -> keras.KerasTensor:
        """Returns the code of what is seen, `(batch, 2 * latent_dim)`.

        Args:
            latents: float32 `(batch, latent_dim)`.
            label: int32 `(batch,)` with classes.
        """
        code = self.labelled(latents, label) if self.num_classes else latents
        for dense in self.content_layers:
            code = dense(code)
        return code

    def draw(
        self, code: keras.KerasTensor, motion: keras.KerasTensor, times: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Returns the frames at these times, of a code of `content`, and as `call` says."""
        palette = ops.tanh(ops.cast(self.palette(code), "float32"))
        path = self.journey(motion, times)
        style = code[:, None] + ops.cast(ops.zeros_like(path[..., :1]), code.dtype)
        motion = ops.concatenate([ops.cast(path, code.dtype), style], axis=-1)
        for dense in self.motion_layers:
            motion = dense(motion)
        style = fold_frames(style)
        x = self.plane(fold_frames(motion))
        for point in self.points:
            x = point(x, style)
        x = fold_frames(unfold_frames(x, ops.shape(path)[1]) + self.backdrop(code)[:, None])
        for level, conv in enumerate(self.convs):
            x = conv(self.grow(x) if level else x, style)
        shares = self.softmax(self.sharpness * self.mixture(self.grow(x)))
        return self.paint(shares, palette, ops.shape(path)[1])

    def paint(
        self, shares: keras.KerasTensor, palette: keras.KerasTensor, count: int
    ) -> keras.KerasTensor:
        """Returns the video whose pixels are mixed of each clip's palette, in these shares.

        Args:
            shares: float32 `(batch * count, size, size, colors)`, summing to 1.
            palette: float32 `(batch, colors * 3)` in [-1, 1].
            count: frames of a clip.
        """
        shares = ops.reshape(shares, (-1, count * self.size**2, self.colors))
        video = ops.matmul(shares, ops.reshape(palette, (-1, self.colors, 3)))
        return ops.reshape(video, (-1, count, self.size, self.size, 3))

    def get_config(self) -> dict:
        return {
            **super().get_config(),
            "motion_dim": self.motion_dim,
            "width": self.width,
            "colors": self.colors,
            "spacing": self.spacing,
            "sharpness": self.sharpness,
        }


@register
class ContinuousDiscriminator(Discriminator):
    """Maps a few frames of a clip and their times to two logits: of the clip, of its frames.

    Reads `{"video": float32 (batch, samples, size, size, 3), "times": float32 (batch, samples)}`,
    and `"label": int32 (batch,)` with classes; returns float32 `(batch, 2)`. The first logit
    judges the frames together, the second is the mean of what each gets alone.

    Args:
        frames: frames in the clips that are sampled from, 1 or more.
        size: height and width, a power of two from 8.
        width: channels at half the size, doubled by every halving down to 8x8; half of it at full
            size.
        samples: frames that are seen of a clip, 2 or more.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(
        self,
        frames: int = 16,
        size: int = 64,
        width: int = 16,
        samples: int = 3,
        num_classes: int = 0,
        **kwargs: Any,
    ):
        super().__init__(frames, size, num_classes, **kwargs)
        check_width(width)
        self.width = width
        self.samples = samples
        dtype = self.dtype_policy
        halvings = max(doublings(size) - 2, 0)
        conv = {"padding": "same", "kernel_initializer": "he_normal", "dtype": dtype}
        self.stem = layers.Conv2D(max(width // 2, 1), 3, **conv)
        self.downs = [layers.Conv2D(width << n, 4, 2, **conv) for n in range(halvings + 1)]
        last = width << halvings
        self.frame_conv = layers.Conv2D(last, 3, **conv)
        self.frame_head = ProjectionHead(num_classes)
        self.join = layers.Conv2D(2 * last, 3, **conv)
        self.places = TimesCode(4 * last, frames)
        self.joint = layers.Conv2D(2 * last, 4, 2, **conv)
        self.head = ProjectionHead(num_classes)
        self.relu = layers.LeakyReLU(negative_slope=0.2, dtype=dtype)

    def signature(self) -> Signature:
        return {
            "video": ((self.samples, self.size, self.size, 3), "float32"),
            "times": ((self.samples,), "float32"),
            **label_signature(self.num_classes),
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        label = named.get("label")
        x = self.relu(self.frame_conv(self.features(named["video"])[-1]))
        each = ops.repeat(label, self.samples, axis=0) if self.num_classes else None
        alone = self.frame_head(with_minibatch_deviation(x), each)
        alone = ops.mean(ops.reshape(alone, (-1, self.samples)), axis=1, keepdims=True)
        return ops.concatenate([self.together(x, named["times"], label), alone], axis=-1)

    def features(self, video: keras.KerasTensor) -> list[keras.KerasTensor]:
        """Returns the feature maps of each frame alone, at every size from the full one to 8x8.

        Args:
            video: `(batch, samples, size, size, channels)`.

        Returns:
            list of `(batch * samples, h, w, c)`.
        """
        maps = [self.relu(self.stem(fold_frames(video)))]
        for down in self.downs:
            maps.append(self.relu(down(maps[-1])))
        return maps

    def together(
        self, x: keras.KerasTensor, times: keras.KerasTensor, label: keras.KerasTensor | None
    ) -> keras.KerasTensor:
        """Returns the logit of frames seen side by side, `(batch, 1)`, of their features."""
        first, *later = ops.unstack(unfold_frames(x, self.samples), self.samples, axis=1)
        steps = [first, *(x - before for before, x in zip([first, *later], later))]
        scale, shift = ops.split(ops.cast(self.places(times), x.dtype)[:, None, None], 2, axis=-1)
        x = self.relu(self.join(ops.concatenate(steps, axis=-1)) * (1.0 + scale) + shift)
        x = self.relu(self.joint(with_minibatch_deviation(x)))
        return self.head(x, label)

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width, "samples": self.samples}
