"""Stylization: videos in, the same ones out in a style that is held from frame to frame."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Endpoint, Part, at_least
from tfvgan.losses import EdgeSmoothed, charbonnier
from tfvgan.networks import RestorerDiscriminator, StylizerGenerator
from tfvgan.tasks.judged import Seen, calm_game
from tfvgan.tasks.motion import unsteadiness
from tfvgan.tasks.perceptual import WINDOW
from tfvgan.tasks.stylization.pictures import content_and_style, far_in_colour, vgg16
from tfvgan.tasks.stylization.stylizer import Stylizer
from tfvgan.video import to_uint8

PAIRED = {
    "adversarial": 0.005,
    "fidelity": 1.0,
    "perceptual": 0.1,
    "steady": 1.0,
    "ping_pong": 0.1,
    "content": 0.0,
    "style": 0.0,
    "colour": 0.0,
}
PICTURES = {
    "adversarial": 0.02,
    "fidelity": 0.0,
    "perceptual": 0.0,
    "steady": 1.0,
    "ping_pong": 0.1,
    "content": 0.1,
    "style": 1.0,
    "colour": 1.0,
}
OF_PAIRS = ("fidelity", "perceptual")  # Terms that need to know what each video is to become.
ON_THREE_FRAMES = ("perceptual", "content", "style")  # They see a few frames in a row.


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoStylizer(Seen):
    """Learns a style: from pairs of videos, before and after; or from pictures of that style.

    Trains on batches of `tfvgan.tasks.stylization.batches`. Beside the game, the generator
    minimises, of pairs, `fidelity`, how far it is from the video that it is to make, and
    `perceptual`, how different the two look to a network; of pictures, `content`, how far the
    video's features are from those of its source, `style`, how far their correlations are from the
    pictures', and `colour`, how far the colours are from the source's; of both `steady`, how far a
    frame is from the one before along the motion of the source, where that can be seen; and
    `ping_pong`, how far a video is from what comes out of noisy frames in the other order. What
    weighs 0 in `loss_weights` is not measured.

    Source: `steady`: see `tfvgan.tasks.motion.unsteadiness`. `ping_pong`: Chu et
    al. 2020, TecoGAN, https://arxiv.org/abs/1811.09393, sec. 3.2; noise: Gupta et al. 2017,
    https://arxiv.org/abs/1705.02092. `content`, `style`: Johnson et al. 2016,
    https://arxiv.org/abs/1603.08155, sec. 3.2. Colours in YUV, and edges that are smoothed for the
    discriminator: Chen et al. 2020, AnimeGAN, https://doi.org/10.1007/978-981-15-5577-0_18.

    Args:
        generator: `tfvgan.networks.StylizerGenerator`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of factor 1.
        paired: bool, whether the discriminator sees the source beside the video: of pairs it is to
            know what belongs together, of pictures there is no source.
        perceptual: the network of `perceptual`, "lpips-alex" or "lpips-vgg"; its weights are read
            when training begins, if the term weighs anything.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other, or the task.
    """

    network, holds = StylizerGenerator, "stylizer"
    terms = ("fidelity", "perceptual", "content", "style", "colour", "steady", "ping_pong")

    def __init__(
        self,
        generator: StylizerGenerator,
        discriminator: RestorerDiscriminator,
        paired: bool = True,
        perceptual: str = "lpips-alex",
        seed: int = 0,
        **kwargs: Any,
    ):
        super().__init__(generator, discriminator, perceptual, seed, **kwargs)
        self.paired = paired

    @classmethod
    def from_preset(
        cls,
        size: int = 128,
        paired: bool = True,
        seed: int = 0,
        compile: bool = True,
        weights: dict[str, float] | None = None,
        begin: "Stylizer | VideoStylizer | None" = None,
        **numbers: int,
    ) -> Self:
        """Returns a model compiled and ready for `fit`.

        Args:
            size: int, height and width of the squares that it trains on, a power of two.
            paired: bool, whether it learns from pairs, or from pictures.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            weights: dict, what terms weigh that are to weigh something else than usual.
            begin: what it begins with, of another style: the generator's weights are taken, of a
                `VideoStylizer` those of the average, and those of its discriminator, where that
                has seen squares of that size, beside their sources or not as this one is to.
            **numbers: further arguments of `StylizerGenerator`; of one that begins with another
                those of that.

        Raises:
            ValueError: when the numbers are not those of what it begins with.
        """
        keras.utils.set_random_seed(seed)
        alike = getattr(begin, "paired", None) == paired
        players = cls.players(size, begin, numbers, alike)
        model = cls(*players, paired, seed=seed)
        if compile:
            model.compile(**learning(paired, **(weights or {})))
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: what is real, the source, its motion, the strength."""
        multiple = 2**self.generator.folds
        sides = at_least(multiple, multiple)
        side = self.discriminator.size if self.plays else sides
        looks = any(self.loss_weights[name] for name in ON_THREE_FRAMES)
        frames = at_least(WINDOW if looks or self.plays else 2)
        hint = "tfvgan.tasks.stylization.batches makes it"
        return {
            "video": Part((frames, side, side, 3)),
            "source": Part((frames, side, side, 3), hint=hint),
            "flow": Part((None, side, side, 2), low=None, hint=hint),
            "visible": Part((None, side, side, 1), low=0.0, hint=hint),
            "strength": Part((), low=0.0, hint=hint),
        }

    def generator_inputs(
        self, batch: dict[str, tf.Tensor], draws: Draws | None
    ) -> dict[str, tf.Tensor]:
        """Returns the source, and the strength of the style."""
        return self.generator.pack(video=batch["source"], level=batch["strength"])

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> dict[str, tf.Tensor]:
        """Returns three frames in a row, others at every step, of pairs with their sources."""
        source = batch["source"] if self.paired else tf.zeros_like(video)
        return super().discriminator_inputs(video, {"source": source})

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
        if weighs["content"] or weighs["style"]:
            shown = self.in_a_row(fake, batch["source"], batch["video"])
            made["content"], made["style"] = content_and_style(*shown, batch["strength"])
        if weighs["colour"]:
            made["colour"] = far_in_colour(fake, batch["source"])
        if weighs["steady"]:
            made["steady"] = unsteadiness(fake, batch["flow"], batch["visible"])
        if weighs["ping_pong"]:
            made["ping_pong"] = self._backwards(batch, fake)
        return made

    def check_ready(self) -> None:
        """Raises MissingWeights when a term asks for a network whose weights are not there."""
        super().check_ready()
        if self.loss_weights["content"] or self.loss_weights["style"]:
            vgg16()

    def _backwards(self, batch, fake):
        """Returns how far the video is from what is made of noisy frames in the other order."""
        turned = batch["source"][:, ::-1]
        noise = 0.02 * tf.random.stateless_normal(
            tf.shape(turned), tf.stack([tf.cast(self.seed, tf.int64), self.step.value])
        )
        inputs = self.generator_inputs({**batch, "source": turned + noise}, None)
        return charbonnier(self.generator(inputs, training=True)[:, ::-1], fake)

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"source": ..., "stylized": ..., "real": ...}`, uint8 of equal shapes."""
        stylized = self.average(self.generator_inputs(batch, None), training=False)
        named = {"source": batch["source"], "stylized": stylized, "real": batch["video"]}
        return {name: to_uint8(video).numpy() for name, video in named.items()}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `stylize(video, strength)` and `stylize_frame(...)`; see `Stylizer`."""
        return self.stylizer.endpoints()

    @property
    def stylizer(self) -> Stylizer:
        """Returns a `Stylizer` of the average as it is now, which can be saved on its own."""
        return Stylizer(self.average)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "paired": self.paired}


def learning(paired: bool = True, **weights: float) -> dict:
    """Returns the arguments of `compile`.

    Args:
        paired: bool, whether it learns from pairs, or from pictures.
        **weights: float, of terms by name, other than the usual.

    Raises:
        ValueError: when pictures are to be learnt by a term that needs pairs.
    """
    usual = PAIRED if paired else PICTURES
    weights = usual | weights
    if not paired and any(weights[name] for name in OF_PAIRS):
        raise ValueError(
            "Pictures say of no video what it is to become: leave `fidelity` and `perceptual` out."
        )
    smoothed = [] if paired else [EdgeSmoothed(0.5, every=2)]
    return calm_game(weights, *smoothed)
