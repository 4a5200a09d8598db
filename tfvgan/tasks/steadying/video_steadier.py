"""Steadying: what tools made of videos in, the same without flicker out."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Part, at_least
from tfvgan.engine.endpoint import Endpoint
from tfvgan.layers import fold_frames
from tfvgan.losses import charbonnier, far_in_sharpness
from tfvgan.networks import RestorerDiscriminator, SteadierGenerator
from tfvgan.tasks.judged import Seen, calm_game
from tfvgan.tasks.motion import unsteadiness
from tfvgan.tasks.perceptual import WINDOW
from tfvgan.tasks.steadying.steadier import Steadier
from tfvgan.video import to_uint8

USUAL = {
    "adversarial": 0.005,
    "fidelity": 1.0,
    "perceptual": 0.1,
    "sharpness": 0.1,
    "steady": 2.0,
    "ping_pong": 0.5,
}


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoSteadier(Seen):
    """Learns to take out of a processed video what flickers, given the original.

    Trains on batches of `tfvgan.tasks.steadying.batches`. What is real is the steady twin of what
    flickers: the same look with the mean of the numbers that jitter. The discriminator sees three
    frames in a row beside the original's. Beside the game the generator minimises `fidelity`, how
    far it is from the twin, where the best guess is the mean of what was seen; `perceptual`, how
    different the two look to a network; `sharpness`, how far its slopes are from those of the
    processed video, in either direction; `steady`, how far a frame is from the one before along
    the motion of the original, where that can be seen; and `ping_pong`, how far a frame is from
    what becomes of it when it is met again. What weighs 0 in `loss_weights` is not measured.

    Source: Lai et al. 2018, https://arxiv.org/abs/1808.00449, sec. 3.2: perceptual distance to the
    processed video, and change along the motion, of neighbours and over a long time. `ping_pong`:
    Chu et al. 2020, TecoGAN, https://arxiv.org/abs/1811.09393, sec. 3.2.

    Args:
        generator: `tfvgan.networks.SteadierGenerator`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of factor 1.
        perceptual: the network of `perceptual`, "lpips-alex" or "lpips-vgg"; its weights are read
            when training begins, if the term weighs anything.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other, or the task.
    """

    network, holds = SteadierGenerator, "steadier"
    terms = ("fidelity", "perceptual", "sharpness", "steady", "ping_pong")

    def __init__(
        self,
        generator: SteadierGenerator,
        discriminator: RestorerDiscriminator,
        perceptual: str = "lpips-alex",
        seed: int = 0,
        **kwargs: Any,
    ):
        super().__init__(generator, discriminator, perceptual, seed, **kwargs)

    @classmethod
    def from_preset(
        cls,
        size: int = 128,
        seed: int = 0,
        compile: bool = True,
        weights: dict[str, float] | None = None,
        begin: "Steadier | VideoSteadier | None" = None,
        **numbers: int,
    ) -> Self:
        """Returns a model compiled and ready for `fit`.

        Args:
            size: int, height and width of the squares that it trains on, a power of two.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            weights: dict, what terms weigh that are to weigh something else than usual.
            begin: what it begins with: the generator's weights are taken, of a `VideoSteadier`
                those of the average, and those of its discriminator, where that has seen squares
                of that size.
            **numbers: further arguments of `SteadierGenerator`; of one that begins with another
                those of that.

        Raises:
            ValueError: when the numbers are not those of what it begins with.
        """
        keras.utils.set_random_seed(seed)
        players = cls.players(size, begin, numbers)
        model = cls(*players, seed=seed)
        if compile:
            model.compile(**learning(**(weights or {})))
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: what is real, original, what flickers, the motion."""
        sides = at_least(2**self.generator.folds, 2**self.generator.folds)
        side = self.discriminator.size if self.plays else sides
        hint = "tfvgan.tasks.steadying.batches makes it"
        shown = Part((at_least(WINDOW), side, side, 3), hint=hint)
        return {
            "video": Part((at_least(WINDOW), side, side, 3)),
            "source": shown,
            "processed": shown,
            "flow": Part((None, side, side, 2), low=None, hint=hint),
            "visible": Part((None, side, side, 1), low=0.0, hint=hint),
        }

    def generator_inputs(
        self, batch: dict[str, tf.Tensor], draws: Draws | None
    ) -> dict[str, tf.Tensor]:
        """Returns the original and what a tool made of it."""
        return self.generator.pack(video=batch["source"], processed=batch["processed"])

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the terms that weigh anything, and 0 for those that do not."""
        weighs = {name: self.loss_weights[name] > 0 for name in self.terms}
        made = dict.fromkeys(self.terms, tf.zeros(()))
        if weighs["fidelity"]:
            made["fidelity"] = charbonnier(fake, batch["video"])
        if weighs["perceptual"]:
            made["perceptual"] = self.seen_apart(fake, batch["video"])
        if weighs["sharpness"]:
            made["sharpness"] = far_in_sharpness(fold_frames(fake), fold_frames(batch["processed"]))
        if weighs["steady"]:
            made["steady"] = unsteadiness(fake, batch["flow"], batch["visible"])
        if weighs["ping_pong"]:
            made["ping_pong"] = charbonnier(fake, fake[:, ::-1])
        return made

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"source": ..., "processed": ..., "steady": ..., "real": ...}`, uint8."""
        steady = self.average(self.generator_inputs(batch, None), training=False)
        named = {name: batch[name] for name in ("source", "processed")}
        named |= {"steady": steady, "real": batch["video"]}
        return {name: to_uint8(video).numpy() for name, video in named.items()}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `steady(original, processed)` and `steady_frame(...)`; see `Steadier`."""
        return self.steadier.endpoints()

    @property
    def steadier(self) -> Steadier:
        """Returns a `Steadier` of the average as it is now, which can be saved on its own."""
        return Steadier(self.average)


def learning(**weights: float) -> dict:
    """Returns the arguments of `compile`.

    Args:
        **weights: float, of terms by name, other than the usual.
    """
    return calm_game(USUAL | weights)
