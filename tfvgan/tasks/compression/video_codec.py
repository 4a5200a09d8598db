"""Compression: videos in, as few bits as a quality may take, and the videos back."""

from collections.abc import Mapping
from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Endpoint, Part, at_least
from tfvgan.engine.moving_average import built_anew
from tfvgan.losses import R1, charbonnier
from tfvgan.networks import CodecDiscriminator, CodecGenerator
from tfvgan.networks.codec import STRIDE
from tfvgan.networks.gains import QUALITIES
from tfvgan.networks.network import check_agreement
from tfvgan.networks.quantisation import rounded
from tfvgan.tasks.compression.synthesis import codec_endpoints
from tfvgan.tasks.perceptual import WINDOW, check_seen, in_a_row, perceptual_distance
from tfvgan.video import to_uint8

GROUP = 25  # Frames from a first one to the next, in the files that are to be small.
TARGETS = np.geomspace(0.012, 0.22, QUALITIES).astype("float32")  # Bits per pixel.
PACE = 0.002  # Of the logarithm of lambda, at most, in a step: networks learn faster.
LMBDAS = (0.02, 10.0)  # The least and the most.
FIRST = 0.02  # Of a lambda times its target.
SHOWN = (1, 4, 8)  # Qualities.


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoCodec(AdversarialModel):
    """Learns to encode videos like those that it is shown in few bits, at eight qualities.

    Trains on batches `{"video": float32 (batch, t, h, w, 3) in [-1, 1]}` of 3 frames or more, of
    which each clip gets a quality by chance, and minimises

        lmbda(quality) * rate + 2 * distortion + perceptual + 0.01 * adversarial

    (by default, in the second phase): `rate` in bits per pixel, of the tables; `distortion`, how
    far it is from the real video; `perceptual`, how different the two look to a network. `motion`,
    how far the frame before is from the next where it was moved to, teaches to move it, in the
    first phase. What weighs 0 in `loss_weights` is not looked at. The logs say `bits_per_pixel`
    and `psnr`, the mean of all qualities.

    Each quality has a rate to hold, `TARGETS`, and a lambda of its own, which grows while the rate
    is above it, and falls while it is below.

    Source: the sum, a discriminator that knows what the decoder does, and a lambda that depends on
    whether a target is met: Mentzer et al. 2020, HiFiC, https://arxiv.org/abs/2006.09965, sec. 3.2;
    the game for video: Mentzer et al. 2022, https://arxiv.org/abs/2107.12038.

    Args:
        generator: `tfvgan.networks.CodecGenerator`.
        discriminator: `tfvgan.networks.CodecDiscriminator` of as many channels.
        perceptual: the network that `perceptual` is measured by, "lpips-alex" or "lpips-vgg"; its
            weights are read when training begins, if the term weighs anything.
        seed: int, what every random draw of training follows from.

    Attributes:
        log_lmbda: float32 variable `(8,)`, the logarithm of each quality's lambda.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    terms = ("rate", "distortion", "perceptual", "motion")
    tells = {"bits_per_pixel": "down", "psnr": "up"}
    augmentable = False

    def __init__(
        self,
        generator: CodecGenerator,
        discriminator: CodecDiscriminator,
        perceptual: str = "lpips-alex",
        seed: int = 0,
        **kwargs: Any,
    ):
        check_agreement(generator, discriminator, "channels")
        super().__init__(generator, discriminator, seed, **kwargs)
        self.perceptual = perceptual
        self.log_lmbda = self.add_weight(
            shape=(QUALITIES,),
            initializer=keras.initializers.Constant(np.log(FIRST / TARGETS)),
            trainable=False,
            aggregation="mean",
            name="log_lmbda",
        )

    @classmethod
    def from_preset(
        cls, size: int = 128, seed: int = 0, compile: bool = True, **numbers: Any
    ) -> Self:
        """Returns a model compiled and ready for `fit`, for its first phase: without the game.

        Args:
            size: int, height and width of the videos that it trains on, a power of two from 16.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            **numbers: further arguments of `CodecGenerator`.
        """
        keras.utils.set_random_seed(seed)
        generator = CodecGenerator(**numbers)
        model = cls(generator, CodecDiscriminator(size, generator.channels), seed=seed)
        if compile:
            model.compile(**learning())
        return model

    def again(self, size: int = 128, seed: int = 0, detail: bool = False, **weights: float) -> Self:
        """Returns a new model that begins with this one's average, and with its lambdas.

        Args:
            size: int, as in `from_preset`.
            seed: int, likewise.
            detail: bool, whether to compile it for the second phase, with the game, for detail;
                or for the first once more.
            **weights: float, of terms of the second phase, by name, other than the preset's.
        """
        keras.utils.set_random_seed(seed)
        generator = built_anew(self.generator, self.average.get_weights())
        discriminator = CodecDiscriminator(size, generator.channels)
        model = type(self)(generator, discriminator, self.perceptual, seed)
        model.log_lmbda.assign(self.log_lmbda)
        model.compile(**learning(detail, **weights))
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: videos; qualities may be beside them."""
        side = self.discriminator.size if self.plays else at_least(STRIDE, STRIDE)
        return {
            "video": Part((at_least(WINDOW), side, side, 3), hint="ask for more `frames`"),
            "quality": Part((), low=1.0, high=QUALITIES, optional=True),
        }

    def generator_inputs(self, batch: dict[str, tf.Tensor], draws: Draws) -> dict[str, tf.Tensor]:
        """Returns the video, and the quality of each clip: the batch's, or a whole number drawn."""
        count = tf.shape(batch["video"])[:1]
        quality = batch.get("quality")
        if quality is None:
            quality = 1.0 + tf.cast(draws.integers(count, QUALITIES), tf.float32)
        return {"video": batch["video"], "quality": quality}

    def make(
        self, batch: dict[str, tf.Tensor], draws: Draws, training: bool = True
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns the decoded video, and the batch with its quality and what `coded` returns."""
        inputs = self.generator_inputs(batch, draws)
        video, extra = coded(self.generator, **inputs, draws=draws if training else None)
        return video, {**batch, **inputs, **extra}

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> dict[str, tf.Tensor]:
        """Returns three frames in a row, others at every step, with what the decoder knows."""
        named = {"video": video, "latents": tf.stop_gradient(batch["symbols"])}
        return {name: in_a_row(named[name], self.step.value) for name in named}

    def lmbda(self, quality: tf.Tensor) -> tf.Tensor:
        """Returns what a bit per pixel weighs, float32 `(batch,)`, of whole qualities."""
        return tf.exp(tf.gather(self.log_lmbda.value, tf.cast(quality, tf.int32) - 1))

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the terms, and what the logs show; `perceptual` is 0 where its weight is 0."""
        real = batch["video"]
        rate, distance = clip_rate(batch), tf.zeros(())
        if self.loss_weights["perceptual"] > 0:
            shown = [in_a_row(video, self.step.value) for video in (fake, real)]
            distance = perceptual_distance(self.perceptual, *shown)
        return {
            "rate": tf.reduce_mean(self.lmbda(batch["quality"]) * rate),
            "distortion": charbonnier(fake, real),
            "perceptual": distance,
            "motion": charbonnier(batch["moved"][:, 1:], real[:, 1:]),
            "bits_per_pixel": tf.reduce_mean(rate),
            "psnr": tf.reduce_mean(psnr(fake, real)),
        }

    def check_ready(self) -> None:
        """Raises MissingWeights when the perceptual term weighs anything, and has none."""
        check_seen(self)

    def adapt(self, batch: dict[str, tf.Tensor]) -> None:
        """Moves the lambdas of the qualities that the step has shown."""
        place = tf.cast(batch["quality"], tf.int32) - 1
        over = clip_rate(batch) / tf.gather(TARGETS, place) - 1.0
        shown = tf.one_hot(place, QUALITIES)
        total = tf.reduce_sum(shown * tf.clip_by_value(over, -1.0, 1.0)[:, None], axis=0)
        mean = total / tf.maximum(tf.reduce_sum(shown, axis=0), 1.0)
        self.log_lmbda.assign(tf.clip_by_value(self.log_lmbda + PACE * mean, *np.log(LMBDAS)))

    def before_and_after(
        self, batch: Mapping[str, np.ndarray | tf.Tensor]
    ) -> dict[str, np.ndarray]:
        """Returns `{"real": ..., name: ...}`, uint8 of one shape; names say quality, rate, PSNR.

        Args:
            batch: dict with "video".
        """
        video, shown = tf.convert_to_tensor(batch["video"]), {}
        for quality in SHOWN:
            made, extra = self._decoded(video, tf.fill(tf.shape(video)[:1], float(quality)))
            rate = float(tf.reduce_mean(clip_rate({**extra, "video": video})))
            fidelity = float(tf.reduce_mean(psnr(made, video)))
            name = f"quality {quality}\n{rate:.3f} bpp\n{fidelity:.1f} dB\nclip"
            shown[name] = to_uint8(made).numpy()
        return {"real": to_uint8(video).numpy(), **shown}

    @tf.function
    def _decoded(self, video, quality):
        return coded(self.average, video, quality)

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `synthesize` and `analyze`, a frame at a time; see `synthesis.py`."""
        return codec_endpoints(self.average)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "perceptual": self.perceptual}


def coded(network, video, quality, draws=None):
    """Returns the decoded video, float32 `(batch, t, h, w, 3)`, and what encoding it gave.

    These are `{"symbols": float32 (batch, t, h / 16, w / 16, channels), the rounded latents;
    "bits": float32 (batch, t), what these take, by the tables; "moved": float32 (batch, t, h, w,
    3), each frame before, where it moved to}`.

    Args:
        network: `CodecGenerator`.
        video: float32 `(batch, t, h, w, 3)` in [-1, 1].
        quality: float32 `(batch,)`, from 1 to 8.
        draws: `tfvgan.engine.Draws`, of the noise that stands for rounding in `bits`, so that
            they have a slope; None takes what is rounded.
    """
    frames = tf.unstack(video, axis=1)
    previous, state = network.start(frames[0])
    first, before, steps = tf.ones_like(quality), None, []
    for frame in frames:
        latents = network.analyze(frame, previous, first, quality)
        whole = tf.stop_gradient(tf.round(latents))
        noise = whole - latents
        if draws is not None:
            noise = draws.uniform(tf.shape(latents), -0.5, 0.5)
        bits = network.bits(latents, noise, 0.0 * whole if before is None else before, first)
        symbols = rounded(latents)
        previous, moved, state = network.synthesize(symbols, previous, state, first, quality)
        steps.append((previous, symbols, bits, moved))
        first, before = 0.0 * first, whole
    made, symbols, bits, moved = (tf.stack(each, axis=1) for each in zip(*steps))
    return made, {"symbols": symbols, "bits": bits, "moved": moved}


def clip_rate(batch):
    """Returns the rate of each clip, float32 `(batch,)`, as if its later frames filled a group.

    Args:
        batch: dict of "bits" `(batch, t)` and "video" `(batch, t, h, w, 3)`.
    """
    bits, size = batch["bits"], tf.shape(batch["video"])
    later = tf.reduce_mean(bits[:, 1:], axis=1)
    return (bits[:, 0] + (GROUP - 1.0) * later) / tf.cast(GROUP * size[2] * size[3], tf.float32)


def psnr(made, real):
    """Returns the PSNR of each frame in dB, float32 `(batch, t)`, at most 100.

    Args:
        made, real: float32 `(batch, t, h, w, 3)` in [-1, 1]; what was made may lie beyond.
    """
    far = tf.reduce_mean(tf.square(tf.clip_by_value(made, -1.0, 1.0) - real), axis=(2, 3, 4))
    return 10.0 / np.log(10.0) * tf.math.log(4.0 / tf.maximum(far, 4e-10))


def learning(detail=False, **weights):
    """Returns the arguments of `compile` of the two phases.

    Args:
        detail: bool, whether it is the second, with the game, for detail that looks right; the
            first is for fidelity alone.
        **weights: float, those of the second by name, other than these.
    """
    used = {"rate": 1.0, "distortion": 2.0, "perceptual": 0.0, "motion": 0.5, "adversarial": 0.0}
    if detail:
        used |= {"perceptual": 1.0, "motion": 0.0, "adversarial": 0.01, **weights}
    rate = 2e-4 if detail else 1e-3
    return {
        "generator_optimizer": keras.optimizers.Adam(rate, beta_1=0.9, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(rate, beta_1=0.0, beta_2=0.99),
        "clip_norm": 1.0,
        "penalty": R1(0.2, every=16),
        "loss_weights": used,
        "moving_average": 0.999,
    }
