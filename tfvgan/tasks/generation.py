"""Generation: videos from noise."""

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Edge, Endpoint
from tfvgan.networks import DcganDiscriminator, DcganGenerator, VganDiscriminator, VganGenerator
from tfvgan.video import to_uint8

PRESETS = {
    "dcgan": (DcganGenerator, DcganDiscriminator),
    "vgan": (VganGenerator, VganDiscriminator),
}


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoGAN(AdversarialModel):
    """Learns to make videos like those it is shown.

    Trains on batches `{"video": float32 (batch, frames, size, size, 3) in [-1, 1]}`, with
    `"label": int32 (batch,)` beside it where the networks have classes.

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
            name: "dcgan" (Radford et al. 2016, each frame judged alone) or "vgan" (Vondrick et al.
                2016).
            frames: int, frames a clip.
            size: int, height and width, a power of two from 8.
            num_classes: int, how many labels there are; 0 for none.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile with both papers' Adam(2e-4, beta_1=0.5).
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
            model.compile(*(keras.optimizers.Adam(2e-4, beta_1=0.5) for _ in range(2)))
        return model

    def generator_inputs(self, batch, draws):
        """Returns latents `(batch, latent_dim)`, with the batch's labels if there are classes."""
        latents = draws.normal((tf.shape(batch["video"])[0], self.generator.latent_dim))
        return self.generator.pack(latents=latents, **self._labels(batch))

    def discriminator_inputs(self, video, batch):
        """Returns the video, with the batch's labels where there are classes."""
        return self.discriminator.pack(video=video, **self._labels(batch))

    def _labels(self, batch):
        if not self.generator.num_classes:
            return {}
        if "label" not in batch:
            raise ValueError(
                f'A model of {self.generator.num_classes} classes needs batches with a "label", but'
                f" got {', '.join(batch)}: put each class's videos into a sub-folder of its own."
            )
        return {"label": batch["label"]}

    def generate(self, count=4, seed=0, labels=None, batch_size=8):
        """Returns new videos, uint8 `(count, frames, size, size, 3)` in [0, 255].

        The n-th video depends on `seed` and n alone, not on `count` or `batch_size`.

        Args:
            count: int, how many.
            seed: int.
            labels: None for random classes, an int for all, or a list of `count` ints.
            batch_size: int, how many are made at once.

        Raises:
            ValueError: when the labels are not classes of this model, or are not `count`.
        """
        labels = self._checked_labels(labels, count, seed)
        videos = []
        for first in range(0, count, batch_size):
            indexes = tf.range(first, min(first + batch_size, count))
            named = {"latents": self._latents(indexes, seed)}
            if self.generator.num_classes:
                named["label"] = tf.constant(labels[first : first + batch_size], tf.int32)
            videos.append(to_uint8(self(self.average.pack(**named))).numpy())
        shape = (0, self.generator.frames, self.generator.size, self.generator.size, 3)
        return np.concatenate(videos) if videos else np.zeros(shape, np.uint8)

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
        classes.
        """
        specs = [
            tf.TensorSpec((None, *shape), dtype, name=name)
            for name, (shape, dtype) in self.average.signature().items()
        ]
        scalars = [tf.TensorSpec((), tf.int32, name=name) for name in ("count", "seed")]

        def render(*inputs):
            named = dict(zip(self.average.signature(), inputs, strict=True))
            return {"video": self.average(self.average.pack(**named), training=False)}

        def generate(*inputs):
            return {"video": to_uint8(render(*inputs)["video"])}

        def sample(count, seed):
            named = self._inputs(tf.range(count), seed)
            drawn = {name: value for name, value in named.items() if name == "label"}
            return {**generate(*named.values()), **drawn}

        def examples(count, seed):
            named = self._inputs(tf.range(count), seed)
            return [
                {name: value[i : i + 1].numpy() for name, value in named.items()}
                for i in range(count)
            ]

        return {
            "generate": Endpoint(generate, specs, edge=Edge(render, examples)),
            "sample": Endpoint(sample, scalars),
        }

    def _inputs(self, indexes, seed):
        """Returns what the generator reads for the videos of these numbers, labels drawn too."""
        named = {"latents": self._latents(indexes, seed)}
        if self.average.num_classes:
            named["label"] = self._random_labels(indexes, seed)
        return named
