"""Segmentation: videos in, masks of what is in them out, judged beside the videos."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from tfvgan.engine import Draws, Endpoint, Part, at_least
from tfvgan.losses import soft_iou
from tfvgan.networks import RestorerDiscriminator, SegmenterGenerator
from tfvgan.tasks.judged import Judged, calm_game
from tfvgan.tasks.motion import unsteadiness
from tfvgan.tasks.perceptual import WINDOW
from tfvgan.tasks.segmentation.segmenter import Segmenter
from tfvgan.tasks.segmentation.views import MASK, OVERLAY, pictured
from tfvgan.video import to_uint8

USUAL = {"adversarial": 0.01, "cross_entropy": 1.0, "overlap": 0.5, "steady": 1.0}


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoSegmenter(Judged):
    """Learns to say of each pixel of a video how far it is of which class.

    Trains on batches of `tfvgan.tasks.segmentation.batches`. The discriminator sees masks of three
    frames in a row beside these frames. Beside the game the generator minimises `cross_entropy`;
    `overlap`, how much less than all of each class its masks have in common with the real ones; and
    `steady`, how far its error in a frame is from that in the one before, along the motion, where
    that can be seen: real masks may change, and the made ones are to change as they do. What weighs
    0 in `loss_weights` is not measured.

    Source: the game, whose discriminator sees masks beside what they are of: Luc et al. 2016,
    https://arxiv.org/abs/1611.08408, sec. 3. `overlap`: see `tfvgan.losses.soft_iou`. `steady`: the
    change of masks compared with that of the real ones is of Lin et al. 2021, RVM,
    https://arxiv.org/abs/2108.11515; along the motion, see `tfvgan.tasks.motion.unsteadiness`.

    Args:
        generator: `tfvgan.networks.SegmenterGenerator`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of factor 1, with a channel for each
            class.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other, or the task.
    """

    network, holds = SegmenterGenerator, "segmenter"
    terms = ("cross_entropy", "overlap", "steady")
    made_from = "video"

    def __init__(
        self,
        generator: SegmenterGenerator,
        discriminator: RestorerDiscriminator,
        seed: int = 0,
        **kwargs: Any,
    ):
        super().__init__(generator, discriminator, seed=seed, **kwargs)
        if discriminator.channels != generator.classes:
            raise ValueError(
                f"The discriminator must judge as many `channels` as there are classes, "
                f"{generator.classes}, but has {discriminator.channels}."
            )

    @classmethod
    def from_preset(
        cls,
        size: int = 128,
        seed: int = 0,
        compile: bool = True,
        weights: dict[str, float] | None = None,
        begin: "Segmenter | VideoSegmenter | None" = None,
        **numbers: int,
    ) -> Self:
        """Returns a model compiled and ready for `fit`.

        Args:
            size: int, height and width of the squares that it trains on, a power of two.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            weights: dict, what terms weigh that are to weigh something else than usual.
            begin: what it begins with: the generator's weights are taken, of a `VideoSegmenter`
                those of the average, and those of its discriminator, where that has seen squares of
                that size.
            **numbers: further arguments of `SegmenterGenerator`; of one that begins with another
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

    @staticmethod
    def channels(generator: SegmenterGenerator) -> int:
        """Returns the channels of masks: a class each."""
        return generator.classes

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: the video, its masks, its motion."""
        sides = at_least(2**self.generator.folds, 2**self.generator.folds)
        side = self.discriminator.size if self.plays else sides
        frames = at_least(WINDOW if self.plays else 1)
        hint = "tfvgan.tasks.segmentation.batches makes it"
        return {
            "video": Part((frames, side, side, 3)),
            "mask": Part((frames, side, side, self.generator.classes), low=0.0, hint=hint),
            "flow": Part((None, side, side, 2), low=None, hint=hint),
            "visible": Part((None, side, side, 1), low=0.0, hint=hint),
        }

    def real(self, batch: dict[str, tf.Tensor]) -> tf.Tensor:
        """Returns the masks."""
        return batch["mask"]

    def generator_inputs(self, batch: dict[str, tf.Tensor], draws: Draws | None) -> tf.Tensor:
        """Returns the video."""
        return self.generator.pack(video=batch["video"])

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the terms that weigh anything, and 0 for those that do not."""
        weighs = {name: self.loss_weights[name] > 0 for name in self.terms}
        made = dict.fromkeys(self.terms, tf.zeros(()))
        real = batch["mask"]
        if weighs["cross_entropy"]:
            made["cross_entropy"] = tf.reduce_mean(ops.categorical_crossentropy(real, fake))
        if weighs["overlap"]:
            made["overlap"] = soft_iou(fake, real)
        if weighs["steady"]:
            made["steady"] = unsteadiness(fake - real, batch["flow"], batch["visible"])
        return made

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"video": ..., "overlay": ..., "mask": ..., "real": ...}`, uint8 `(..., 3)`."""
        shares = self.average(self.generator_inputs(batch, None), training=False)
        named = {"video": batch["video"]}
        for name, how, masks in (
            ("overlay", OVERLAY, shares),
            ("mask", MASK, shares),
            ("real", MASK, batch["mask"]),
        ):
            named[name] = pictured(how, batch["video"], masks)
        return {name: to_uint8(video).numpy() for name, video in named.items()}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `segment(video)` and `segment_frame(frame, state)`; see `Segmenter`."""
        return self.segmenter.endpoints()

    @property
    def segmenter(self) -> Segmenter:
        """Returns a `Segmenter` of the average as it is now, which can be saved on its own."""
        return Segmenter(self.average)


def learning(**weights: float) -> dict:
    """Returns the arguments of `compile`.

    Args:
        **weights: float, of terms by name, other than the usual.
    """
    return calm_game(USUAL | weights)
