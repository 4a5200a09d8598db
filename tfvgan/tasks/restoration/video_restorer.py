"""Restoration: degraded videos in, sharper, cleaner and larger ones out."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Endpoint, Part, at_least
from tfvgan.engine.moving_average import built_anew
from tfvgan.layers import fold_frames
from tfvgan.losses import R1, charbonnier, lost_detail
from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks.judged import Seen
from tfvgan.tasks.perceptual import WINDOW
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.video import to_uint8

# Losses that are computed on a few frames in a row.
ON_THREE_FRAMES = ("adversarial", "perceptual", "contrast", "features")


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoRestorer(Seen):
    """Learns to restore videos like those that it is shown beside their degraded selves.

    Trains on batches of `tfvgan.data.pairs`. Beside the game, the generator minimises `fidelity`,
    how far it is from the real video; `perceptual`, how different the two look to a network;
    `contrast`, how much of the detail is fainter; `features`, how different the two look to the
    discriminator; and `ping_pong`, how far a video is from what comes out when its frames come in
    the other order. What weighs 0 in `loss_weights` is not
    measured.

    Source: the game of three frames, and ping-pong: Chu et al. 2020, TecoGAN,
    https://arxiv.org/abs/1811.09393, sec. 3.1 and 3.2, whose second half is the way back, where
    here it is the whole way from the other end. `fidelity`: Lai et al. 2017,
    https://arxiv.org/abs/1704.03915, sec. 3.3. `perceptual`: Zhang et al. 2018, LPIPS,
    https://arxiv.org/abs/1801.03924. `contrast`: Li et al. 2011, see `tfvgan.losses.lost_detail`.
    `features`: Wang et al. 2018, pix2pixHD,
    https://arxiv.org/abs/1711.11585, sec. 3.2.

    Args:
        generator: `tfvgan.networks.RestorerGenerator`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of the same factor.
        perceptual: the network that `perceptual` is measured by, "lpips-alex" or "lpips-vgg"; its
            weights are read when training begins, if the term weighs anything.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    terms = ("fidelity", "perceptual", "contrast", "features", "ping_pong")
    made_from = "degraded"

    @classmethod
    def from_preset(
        cls, size: int = 128, factor: int = 2, seed: int = 0, compile: bool = True, **numbers: Any
    ) -> Self:
        """Returns a model compiled and ready for `fit`, for its first phase: without the game.

        Args:
            size: int, height and width of the large videos that it trains on, a power of two.
            factor: int, how many times as large as the degraded ones they are, 1, 2 or 4.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            **numbers: further arguments of `RestorerGenerator`; by default it folds as often as
                leaves it a quarter of the large height and width.
        """
        keras.utils.set_random_seed(seed)
        numbers = {"folds": 3 - factor.bit_length(), **numbers}
        networks = RestorerGenerator(factor, **numbers), RestorerDiscriminator(size, factor)
        model = cls(*networks, seed=seed)
        if compile:
            model.compile(**learning())
        return model

    def again(self, size: int = 128, seed: int = 0, detail: bool = False, **weights: float) -> Self:
        """Returns a new model that begins with this one's average.

        Args:
            size: int, as in `from_preset`.
            seed: int, likewise.
            detail: bool, whether to compile it for the second phase, with the game, for detail;
                or for the first once more.
            **weights: float, of terms of the second phase, by name, other than the preset's.
        """
        keras.utils.set_random_seed(seed)
        generator = built_anew(self.generator, self.average.get_weights())
        discriminator = RestorerDiscriminator(size, self.average.factor)
        model = type(self)(generator, discriminator, self.perceptual, seed)
        model.compile(**learning(detail, **weights))
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: both videos, and the generator's conditions."""
        signature, factor = self.generator.signature(), self.generator.factor
        square = 2**self.generator.folds  # Of pixels, that become channels.
        sides, large = at_least(square, square), at_least(factor * square, factor * square)
        uses_three = any(self.loss_weights[name] for name in ON_THREE_FRAMES)
        side = self.discriminator.size if self.plays else large
        smaller = {"smaller": factor, "hint": f"data.pairs(..., factor={factor}) makes both"}
        named = {
            "video": Part((at_least(WINDOW if uses_three else 1), side, side, 3)),
            "degraded": Part((None, sides, sides, 3), **smaller),
            "mask": Part((None, None, None, 1), low=0.0, **smaller),
            "level": Part((), low=None, hint=smaller["hint"]),
        }
        return {name: named[name] for name in ("video", "degraded", *list(signature)[1:])}

    def generator_inputs(
        self, batch: dict[str, tf.Tensor], draws: Draws | None
    ) -> tf.Tensor | dict[str, tf.Tensor]:
        """Returns the degraded video, with the generator's conditions."""
        conditions = {name: batch[name] for name in self.generator.signature() if name != "video"}
        return self.generator.pack(video=batch["degraded"], **conditions)

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the loss terms, with 0 for those whose weight is 0."""
        weighs = {name: self.loss_weights[name] > 0 for name in self.terms}
        zero, real = tf.zeros(()), batch["video"]
        return {
            "fidelity": self._far(batch, fake) if weighs["fidelity"] else zero,
            "perceptual": self.seen_apart(fake, real) if weighs["perceptual"] else zero,
            "contrast": self._fainter(fake, real) if weighs["contrast"] else zero,
            "features": self._noticed(batch, fake) if weighs["features"] else zero,
            "ping_pong": self._backwards(batch, fake) if weighs["ping_pong"] else zero,
        }

    def _far(self, batch, fake):
        """Returns the mean Charbonnier distance to the real videos, over pixels that may change."""
        far = charbonnier(fake, batch["video"])
        if not self.generator.masked:
            return far
        return far / tf.maximum(tf.reduce_mean(tf.cast(batch["mask"] > 0, tf.float32)), 0.01)

    def _fainter(self, made, real):
        """Returns how much of the detail of three frames is fainter."""
        return lost_detail(*map(fold_frames, self.in_a_row(made, real)))

    def _noticed(self, batch, fake):
        """Returns the feature-matching loss: the mean difference of discriminator features."""
        real, made = (
            self.discriminator.features(
                self.discriminator.seen(**self.discriminator_inputs(video, batch))
            )
            for video in (batch["video"], fake)
        )
        far = [tf.reduce_mean(tf.abs(a - b)) for a, b in zip(real, made, strict=True)]
        return tf.cast(tf.add_n(far) / len(far), tf.float32)

    def _backwards(self, batch, fake):
        """Returns the ping-pong loss: the distance to the output for frames in reverse order."""
        frames = [name for name in ("degraded", "mask") if name in batch]
        turned = {**batch, **{name: batch[name][:, ::-1] for name in frames}}
        made = self.generator(self.generator_inputs(turned, None), training=True)
        return charbonnier(made[:, ::-1], fake)

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"degraded": ..., "restored": ..., "real": ...}`, uint8 of equal shapes.

        Args:
            batch: of `tfvgan.data.pairs`; degraded videos are shown in large pixels.
        """
        factor = self.average.factor
        restored = self.average(self.generator_inputs(batch, None), training=False)
        return {
            "degraded": to_uint8(batch["degraded"]).numpy().repeat(factor, 2).repeat(factor, 3),
            "restored": to_uint8(restored).numpy(),
            "real": to_uint8(batch["video"]).numpy(),
        }

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `restore(video)` and, for edge devices, `restore_frame(...)`; see `Restorer`."""
        return self.restorer.endpoints()

    @property
    def restorer(self) -> Restorer:
        """Returns a `Restorer` of the average as it is now, which can be saved on its own."""
        return Restorer(self.average)


def learning(detail: bool = False, **weights: float) -> dict:
    """Returns the arguments of `compile` of the two phases.

    Args:
        detail: bool, whether it is the second, with the game, for detail that looks right; the
            first is for fidelity alone.
        **weights: float, those of the second by name, other than these; without the game, where
            "adversarial" is 0, the discriminator's features are not asked either.
    """
    fidelity = dict.fromkeys(("adversarial", *VideoRestorer.terms), 0.0) | {"fidelity": 1.0}
    both = {"adversarial": 0.005, "perceptual": 0.2, "features": 0.01, "ping_pong": 0.1, **weights}
    if not both["adversarial"]:
        both["features"] = 0.0
    rate = 2e-4 if detail else 1e-3
    return {
        "generator_optimizer": keras.optimizers.Adam(rate, beta_1=0.9, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(rate, beta_1=0.0, beta_2=0.99),
        "clip_norm": 1.0,
        "penalty": R1(0.2, every=16),
        "loss_weights": fidelity | both if detail else fidelity,
        "moving_average": 0.999,
    }
