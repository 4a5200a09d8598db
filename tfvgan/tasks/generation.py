"""Generation: videos from noise."""

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Edge, Endpoint
from tfvgan.losses import R1
from tfvgan.networks import (
    ContinuousDiscriminator,
    ContinuousGenerator,
    DcganDiscriminator,
    DcganGenerator,
    VganDiscriminator,
    VganGenerator,
)
from tfvgan.tasks import moments
from tfvgan.video import to_uint8

PRESETS = {
    "continuous": (ContinuousGenerator, ContinuousDiscriminator),
    "dcgan": (DcganGenerator, DcganDiscriminator),
    "vgan": (VganGenerator, VganDiscriminator),
}


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoGAN(AdversarialModel):
    """Learns to make videos like those it is shown.

    Trains on batches `{"video": float32 (batch, frames, size, size, 3) in [-1, 1]}`, with
    `"label": int32 (batch,)` beside it where the networks have classes. Networks that know time
    train on a few frames of each clip, with `"times": float32 (batch, frames)` beside them: when
    each was, in frames of the clip, ascending; without, the frames follow each other.

    Args:
        generator: `tfvgan.networks.Generator`.
        discriminator: `tfvgan.networks.Discriminator` of the same frames, size and classes.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    def __init__(self, generator, discriminator, seed=0, **kwargs):
        for name in ("frames", "size", "num_classes"):
            ours, theirs = getattr(generator, name), getattr(discriminator, name)
            if ours != theirs:
                raise ValueError(
                    f"The generator and the discriminator must agree on `{name}`, but the generator"
                    f" has {ours} and the discriminator {theirs}."
                )
        super().__init__(generator, discriminator, seed, **kwargs)

    @classmethod
    def from_preset(
        cls, name="vgan", frames=16, size=64, num_classes=0, seed=0, compile=True, **widths
    ):
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

    def generator_inputs(self, batch, draws):
        """Returns latents `(batch, latent_dim)`, with the batch's labels if there are classes.

        A generator that knows time is asked for the batch's times, counted from anywhere in a long
        video, and gets noise for its motion.
        """
        count = tf.shape(batch["video"])[0]
        named = {"latents": draws.normal((count, self.generator.latent_dim))}
        if self._knows_time:
            named.update(moments.drawn(self.generator, moments.times(batch), draws))
        return self.generator.pack(**named, **self._labels(batch))

    def discriminator_inputs(self, video, batch):
        """Returns the video, with the batch's labels and times where the networks read them."""
        timed = {}
        if self._knows_time:
            timed["times"] = moments.times(batch)
            moments.check_samples(video, self.discriminator)
        return self.discriminator.pack(video=video, **timed, **self._labels(batch))

    @property
    def _knows_time(self):
        return "times" in self.generator.signature()

    def _labels(self, batch):
        if not self.generator.num_classes:
            return {}
        if "label" not in batch:
            raise ValueError(
                f'A model of {self.generator.num_classes} classes needs batches with a "label", but'
                f" got {', '.join(batch)}: put each class's videos into a sub-folder of its own."
            )
        return {"label": batch["label"]}

    def generate(
        self, count=4, seed=0, labels=None, batch_size=8, frames=None, start=0.0, rate=1.0
    ):
        """Returns new videos, uint8 `(count, frames, size, size, 3)` in [0, 255].

        The n-th video depends on `seed` and n alone, not on `count` or `batch_size`. Of networks
        that know time it is endless, and `frames`, `start` and `rate` say which part to render.

        Args:
            count: int, how many.
            seed: int.
            labels: None for random classes, an int for all, or a list of `count` ints.
            batch_size: int, how many are made at once.
            frames: int, how many frames; None for as many as were trained on.
            start: float >= 0, time of the first frame, in frames as trained on.
            rate: float > 0, frames to render in the time of one that was trained on: 2 doubles the
                frame rate.

        Raises:
            ValueError: when the labels are not classes of this model, or are not `count`, or when
                the network renders whole clips only and a part is asked for.
        """
        labels = self._checked_labels(labels, count, seed)
        frames = self.generator.frames if frames is None else frames
        times = moments.asked(self.generator, frames, start, rate)
        videos = []
        for first in range(0, count, batch_size):
            indexes = tf.range(first, min(first + batch_size, count))
            named = self._inputs(indexes, seed, times)
            if self.generator.num_classes:
                named["label"] = tf.constant(labels[first : first + batch_size], tf.int32)
            videos.append(to_uint8(self._render(named, times)).numpy())
        shape = (0, frames, self.generator.size, self.generator.size, 3)
        return np.concatenate(videos) if videos else np.zeros(shape, np.uint8)

    def _render(self, named, times):
        """Returns the average's video float32 of named inputs, at these times if it knows time."""
        if not self._knows_time:
            return self.average(self.average.pack(**named), training=False)
        return moments.render(self.average, named, times)

    def _checked_labels(self, labels, count, seed):
        classes = self.generator.num_classes
        if not classes:
            if labels is not None:
                raise ValueError("`labels` must be None: this model was trained without classes.")
            return None
        if labels is None:
            return self._random_labels(tf.range(count), seed).numpy()
        labels = np.asarray(labels, np.int32)
        fits = labels.shape in ((), (count,)) and np.all((labels >= 0) & (labels < classes))
        if not fits:
            raise ValueError(
                f"`labels` must be one or {count} of 0 ... {classes - 1}, "
                f"but are {labels.tolist()}."
            )
        return np.broadcast_to(labels, (count,))

    def _latents(self, indexes, seed):
        def one(index):
            return Draws(seed, index).normal((self.generator.latent_dim,))

        return tf.map_fn(one, indexes, fn_output_signature=tf.float32)

    def _random_labels(self, indexes, seed):
        def one(index):
            draws = Draws(seed, index)
            draws.normal((1,))  # The first draw is the latent's.
            return draws.integers((), self.generator.num_classes)

        return tf.map_fn(one, indexes, fn_output_signature=tf.int32)

    def endpoints(self):
        """Returns `generate(latents[, label])` and `sample(count, seed)`, both giving uint8 video.

        `sample` returns what `generate()` in Python does, and the drawn labels where there are
        classes. Networks that know time read `motion` too, the noise at the anchors of one clip,
        and have a third endpoint, `moment(latents, motion, time[, label])`: one frame, at any time.
        """
        times = moments.asked(self.average, self.average.frames)
        scalars = [tf.TensorSpec((), tf.int32, name=name) for name in ("count", "seed")]
        found = {"generate": self._edge_endpoint("video", times)}

        def sample(count, seed):
            named = self._inputs(tf.range(count), seed, times)
            drawn = {name: value for name, value in named.items() if name == "label"}
            return {**found["generate"].function(*named.values()), **drawn}

        found["sample"] = Endpoint(sample, scalars)
        if self._knows_time:
            found["moment"] = self._edge_endpoint("frame", None)
        return found

    def _edge_endpoint(self, output, times):
        """Returns the endpoint that renders a video at these times, or a frame at a given one."""
        specs = [
            tf.TensorSpec((None, *shape), dtype, name=name)
            for name, (shape, dtype) in moments.signature(self.average, times).items()
        ]

        def render(*inputs):
            named = {spec.name: value for spec, value in zip(specs, inputs, strict=True)}
            if "time" in named:
                return {output: moments.render_moment(self.average, named)}
            return {output: self._render(named, times)}

        def rounded(*inputs):
            return {output: to_uint8(render(*inputs)[output])}

        def examples(count, seed):
            named = self._inputs(tf.range(count), seed, times)
            return [
                {spec.name: named[spec.name][i : i + 1].numpy() for spec in specs}
                for i in range(count)
            ]

        return Endpoint(rounded, specs, edge=Edge(render, examples))

    def _inputs(self, indexes, seed, times):
        """Returns what the endpoints read for the videos of these numbers, labels drawn too."""
        named = {"latents": self._latents(indexes, seed)}
        if self._knows_time:
            named.update(moments.of_videos(self.average, indexes, seed, times))
        if self.average.num_classes:
            named["label"] = self._random_labels(indexes, seed)
        return named


def learning(name):
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
