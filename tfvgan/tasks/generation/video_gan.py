"""Generation: videos from noise."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Endpoint, Part
from tfvgan.losses import R1
from tfvgan.networks import (
    ContinuousDiscriminator,
    ContinuousGenerator,
    DcganDiscriminator,
    DcganGenerator,
    VganDiscriminator,
    VganGenerator,
)
from tfvgan.networks.network import check_agreement
from tfvgan.networks.plain import PlainDiscriminator, PlainGenerator, as_player
from tfvgan.tasks.generation import moments
from tfvgan.tasks.generation.sampler import Labels, Sampler

PRESETS = {
    "continuous": (ContinuousGenerator, ContinuousDiscriminator),
    "dcgan": (DcganGenerator, DcganDiscriminator),
    "vgan": (VganGenerator, VganDiscriminator),
}
MASK = 0.1  # The published weight of the mean of the mask.
CLASSES = "put each class's videos into a sub-folder of its own; data.clips numbers them"


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoGAN(AdversarialModel):
    """Learns to make videos like those it is shown.

    Trains on batches `{"video": float32 (batch, frames, size, size, 3) in [-1, 1]}`, with
    `"label": int32 (batch,)` beside it where the networks have classes. Networks that know time
    train on a few frames of each clip, with `"times": float32 (batch, frames)` beside them: when
    each was, in frames of the clip, ascending; without, the frames follow each other.

    A generator that blends a foreground over a background by a mask, as "vgan" does, also minimises
    `mask`, 0.1 times the mean of that mask, so that the background is used (Vondrick et al. 2016,
    https://arxiv.org/abs/1609.02612; `nn.L1Penalty(0.1, true)` in the published code).

    Args:
        generator: `tfvgan.networks.Generator`, or any `keras.Model` from latents `(batch,
            latent_dim)` to videos, which becomes a `PlainGenerator`.
        discriminator: `tfvgan.networks.Discriminator` of the same frames, size and classes, or any
            `keras.Model` from videos to logits, which becomes a `PlainDiscriminator`.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    def __init__(
        self, generator: keras.Model, discriminator: keras.Model, seed: int = 0, **kwargs: Any
    ):
        generator = as_player(generator, PlainGenerator)
        discriminator = as_player(discriminator, PlainDiscriminator)
        check_agreement(generator, discriminator, "frames", "size", "num_classes")
        super().__init__(generator, discriminator, seed, **kwargs)

    @classmethod
    def from_preset(
        cls,
        name: str = "vgan",
        frames: int = 16,
        size: int = 64,
        num_classes: int = 0,
        seed: int = 0,
        compile: bool = True,
        **widths: Any,
    ) -> Self:
        """Returns a model of published networks, compiled as published and ready for `fit`.

        Args:
            name: "continuous" (after Skorokhodov et al. 2022: trains on three frames a clip,
                renders any), "dcgan" (Radford et al. 2016, each frame judged alone) or "vgan"
                (Vondrick et al. 2016).
            frames: int, frames a clip.
            size: int, height and width, a power of two from 8.
            num_classes: int, how many labels there are; 0 for none.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile: with both papers' Adam(2e-4, beta_1=0.5), and
                "continuous" with faster optimizers, lazy R1 and a shorter average.
            **widths: further arguments of both networks, such as `width`.

        Raises:
            ValueError: when there is no preset of that name.
        """
        if name not in PRESETS:
            raise ValueError(f"`name` must be one of {', '.join(PRESETS)}, but is {name!r}.")
        keras.utils.set_random_seed(seed)
        arguments = {"frames": frames, "size": size, "num_classes": num_classes, **widths}
        generator, discriminator = (network(**arguments) for network in PRESETS[name])
        model = cls(generator, discriminator, seed=seed)
        if compile:
            model.compile(**learning(name))
        return model

    @property
    def terms(self) -> tuple[str, ...]:
        """The names of what the generator minimises beside the game."""
        return ("mask",) if isinstance(self.generator, VganGenerator) else ()

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: videos, with classes labels; times may be beside them."""
        classes = {"low": 0, "high": self.generator.num_classes - 1, "hint": CLASSES}
        label = {"label": Part((), "int32", **classes)} if self.generator.num_classes else {}
        timed = moments.parts(self.discriminator) if self._knows_time else {}
        return {**super().parts(), **timed, **label}

    def generator_inputs(
        self, batch: dict[str, tf.Tensor], draws: Draws
    ) -> tf.Tensor | dict[str, tf.Tensor]:
        """Returns latents `(batch, latent_dim)`, with the batch's labels if there are classes.

        A generator that knows time is asked for the batch's times, counted from anywhere in a long
        video, and gets noise for its motion.
        """
        count = tf.shape(batch["video"])[0]
        named = {"latents": draws.normal((count, self.generator.latent_dim))}
        if self._knows_time:
            named.update(moments.drawn(self.generator, moments.times(batch), draws))
        return self.generator.pack(**named, **self._labels(batch))

    def make(
        self, batch: dict[str, tf.Tensor], draws: Draws, training: bool = True
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns the video made for a batch, and the batch, with the mask that blends it."""
        if "mask" not in self.terms:
            return super().make(batch, draws, training)
        streams = self.generator.streams(self.generator_inputs(batch, draws), training=training)
        video = tf.cast(self.generator.blend(**streams), tf.float32)
        return video, {**batch, "mask": streams["mask"]}

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the mask's term, where there is one."""
        if "mask" not in self.terms:
            return {}
        return {"mask": MASK * tf.reduce_mean(tf.cast(batch["mask"], tf.float32))}

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> tf.Tensor | dict[str, tf.Tensor]:
        """Returns the video, with the batch's labels and times where the networks read them."""
        timed = {}
        if self._knows_time:
            timed["times"] = moments.times(batch)
        return self.discriminator.pack(video=video, **timed, **self._labels(batch))

    @property
    def _knows_time(self):
        return "times" in self.generator.signature()

    def _labels(self, batch):
        return {"label": batch["label"]} if self.generator.num_classes else {}

    def generate(
        self,
        count: int = 4,
        seed: int = 0,
        labels: Labels = None,
        batch_size: int = 8,
        frames: int | None = None,
        start: float = 0.0,
        rate: float = 1.0,
        truncation: float = 1.0,
        progress: bool = False,
    ) -> np.ndarray:
        """Returns new videos of the average, uint8 `(count, frames, size, size, 3)` in [0, 255].

        The n-th video depends on `seed` and n alone, not on `count` or `batch_size`.

        Args:
            count, seed, labels, batch_size: as in `Sampler.generate`.
            frames, start, rate, truncation, progress: likewise.

        Raises:
            ValueError: as `Sampler.generate` does.
        """
        how = {"frames": frames, "start": start, "rate": rate}
        how |= {"truncation": truncation, "progress": progress}
        return self.sampler.generate(count, seed, labels, batch_size, **how)

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `generate(latents[, label])` and `sample(seed)`, both giving uint8 video.

        `sample` reads seeds, int32 `(n,)`, and returns of each what `generate(1, seed)` in Python
        does, and the drawn labels where there are classes; `sample_encoded` gives the frames as PNG
        files, `frames_bytes`. Networks that know time read `motion` too, the noise at the anchors
        of one clip, and have `moment(latents, motion, time[, label])`: one frame, at any time.
        """
        return self.sampler.endpoints()

    @property
    def sampler(self) -> Sampler:
        """Returns a `Sampler` of the average as it is now, which also mixes, walks and saves."""
        return Sampler(self.average)


def learning(name: str) -> dict:
    """Returns the arguments of `compile` that a preset trains with."""
    if name != "continuous":
        return {
            f"{player}_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5)
            for player in ("generator", "discriminator")
        }
    return {
        "generator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.99),
        "penalty": R1(0.2, every=8),
        "moving_average": 0.998,
    }


def sampler_of(model, class_names=None, fps=None):
    """Returns the `Sampler` of a `VideoGAN`, with what is known of its videos; or one itself."""
    if isinstance(model, Sampler):
        return model
    sampler = model.sampler
    sampler.class_names = class_names or sampler.class_names
    sampler.fps = fps or sampler.fps
    return sampler
