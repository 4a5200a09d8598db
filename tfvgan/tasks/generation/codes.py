"""The content of videos: latents and labels, their codes, and paths between them."""

import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws

MEAN_OF = 1024  # Latents that a mean code is the mean of.


def first_numbers(count, seed):
    """Returns the numbers of the first videos of a seed, int32 `(count,)`.

    Raises:
        ValueError: when `count` is no whole number from 0, or `seed` none of 64 bits.
    """
    for name, value, least in (("count", count, 0), ("seed", seed, -(1 << 63))):
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not (whole and least <= value < 1 << 63):
            what = "a whole number from 0" if name == "count" else "a whole number of 64 bits"
            raise ValueError(f"`{name}` must be {what}, but is {value!r}: say another.")
    return np.arange(count, dtype=np.int32)


def latents(generator, numbers, seed, use):
    """Returns the latents `(n, latent_dim)` of the videos of these numbers, int32 `(n,)`.

    Args:
        generator: any generator.
        numbers: int32 `(n,)`.
        seed: int, or one for each, int32 `(n,)`.
        use: as of `Draws`.
    """

    def one(draws):
        return draws.normal((generator.latent_dim,))

    return for_each(one, numbers, seed, use, tf.float32)


def labels(generator, numbers, seed, use):
    """Returns the random classes, int32 `(n,)`, of the videos of these numbers, as `latents`."""

    def one(draws):
        draws.normal((1,))  # The first draw is the latent's.
        return draws.integers((), generator.num_classes)

    return for_each(one, numbers, seed, use, tf.int32)


def for_each(function, numbers, seed, use, gives):
    """Returns what a function makes of the draws of each video, stacked.

    Args:
        function: of `Draws`.
        numbers, seed, use: as in `latents`.
        gives: dtypes of what the function returns.
    """
    seeds = tf.broadcast_to(tf.convert_to_tensor(seed), tf.shape(numbers))
    return tf.map_fn(
        lambda key: function(Draws(key[0], key[1], use)),
        (seeds, numbers),
        fn_output_signature=gives,
    )


def chosen_labels(generator, numbers, seed, use, asked):
    """Returns the classes of the videos of these numbers, an int32 array; None without classes.

    Args:
        generator: any generator.
        numbers: list of ints.
        seed, use: of the random classes, as in `latents`.
        asked: None for random classes, an int for all, or one for each.

    Raises:
        ValueError: when they are no classes of the generator, or not as many.
    """
    classes, count = generator.num_classes, len(numbers)
    if not classes:
        if asked is not None:
            raise ValueError("`labels` must be None: this model was trained without classes.")
        return None
    if asked is None:
        return labels(generator, tf.constant(numbers, tf.int32), seed, use).numpy()
    asked = np.asarray(asked)
    if asked.dtype.kind not in "iu":
        raise ValueError(
            f"`labels` must be numbers of classes, 0 ... {classes - 1}, but are {asked.tolist()}: "
            "the `class_names` of data.clips have the names in this order."
        )
    fits = asked.shape in ((), (count,)) and np.all((asked >= 0) & (asked < classes))
    if not fits:
        raise ValueError(
            f"`labels` must be one or {count} of 0 ... {classes - 1}, but are {asked.tolist()}."
        )
    return np.broadcast_to(asked.astype(np.int32), (count,))


class Codes:
    """The codes that a generator makes of latents, near to the mean of their class or far from it.

    The means are computed when they are first asked for, so that a generator must not change under
    them.

    Args:
        generator: a generator with `content`.
    """

    def __init__(self, generator):
        self._generator = generator
        self._means = None

    def __call__(self, latents, label, truncation):
        """Returns the codes `(n, width)`: 1 is what the generator makes, 0 its mean.

        Source: Karras et al. 2019, StyleGAN, https://arxiv.org/abs/1812.04948, appendix B.

        Args:
            latents: float32 `(n, latent_dim)`.
            label: int32 `(n,)`, or None without classes.
            truncation: float in [0, 1], the share of a code's way from the mean that is gone.
        """
        code = self._generator.content(latents, *(() if label is None else (label,)))
        if truncation == 1.0:
            return code
        mean = self.means()[:1] if label is None else tf.gather(self.means(), label)
        return mean + truncation * (code - mean)

    def between(self, latents, labels, first, last, share, truncation):
        """Returns the codes `(k, width)` of places between several contents.

        Args:
            latents: float32 `(n, latent_dim)`, of the contents.
            labels: int32 `(n,)`, or None without classes.
            first, last: int32 `(k,)`, which two contents each place is between.
            share: float32 `(k,)` in [0, 1], how far it is from the first of them.
            truncation: as above.
        """
        shown = slerp(tf.gather(latents, first), tf.gather(latents, last), share)
        if labels is None:
            return self(shown, None, truncation)
        of_class = [self(shown, tf.constant(labels[ends]), truncation) for ends in (first, last)]
        return of_class[0] + share[:, None] * (of_class[1] - of_class[0])

    def means(self):
        """Returns the mean codes, float32 `(classes, width)`; one row without classes."""
        if self._means is None:
            drawn = tf.random.stateless_normal((MEAN_OF, self._generator.latent_dim), (0, 0))
            classes = range(self._generator.num_classes)
            arguments = [(tf.fill((MEAN_OF,), label),) for label in classes] or [()]
            self._means = tf.stack(
                [tf.reduce_mean(self._generator.content(drawn, *label), 0) for label in arguments]
            )
        return self._means


def slerp(first, last, share):
    """Returns points on the great circles between two rows, at a share of the way.

    They are as long as the two rows are; the straight line comes nearer to 0 than latents do.

    Source: Shoemake 1985, Animating rotation with quaternion curves; for latents White 2016,
    https://arxiv.org/abs/1609.04468.

    Args:
        first: float32 `(n, d)`.
        last: float32 `(n, d)`.
        share: float32 `(n,)` in [0, 1].
    """
    share = share[:, None]
    one, other = tf.math.l2_normalize(first, -1), tf.math.l2_normalize(last, -1)
    cosine = tf.reduce_sum(one * other, -1, keepdims=True)
    angle = tf.acos(tf.clip_by_value(cosine, -1.0, 1.0))
    near = angle < 1e-3  # The arc is a line there, and its sine too small to divide by.
    sine = tf.where(near, 1.0, tf.sin(angle))
    arc = (tf.sin((1.0 - share) * angle) * first + tf.sin(share * angle) * last) / sine
    return tf.where(near, (1.0 - share) * first + share * last, arc)


def stations(count, frames, closed):
    """Returns where a walk through `count` places is at each frame: `(from, to, share)`.

    `from` and `to`, int32 `(frames,)`, are the two places it is between, and `share`, float32
    `(frames,)` in [0, 1], how far it has come. It slows down at each place, so that it turns
    without a jerk. A closed walk would be back at its first place in the frame after its last.
    """
    legs = count if closed else count - 1
    along = np.arange(frames) * legs / (frames if closed else max(frames - 1, 1))
    leg = np.minimum(along.astype(np.int32), max(legs - 1, 0))
    share = (along - leg).astype(np.float32)
    return leg, (leg + 1) % count, share**2 * (3.0 - 2.0 * share)
