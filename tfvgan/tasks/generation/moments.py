"""Times and motion noise of generators that render any moment of an endless video."""

import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Part
from tfvgan.tasks.generation import codes

LONGEST = 64  # Training counts time from the beginning of one of so many clips.


def times(batch):
    """Returns the batch's times, float32 `(batch, k)`: 0 ... k - 1 where it names none."""
    if "times" in batch:
        return batch["times"]
    count, frames = tf.shape(batch["video"])[0], batch["video"].shape[1]
    return tf.tile(tf.range(frames, dtype=tf.float32)[None], (count, 1))


def parts(discriminator):
    """Returns `{name: Part}` of the batches that a discriminator of a few moments judges."""
    named = discriminator.signature()
    hint = f"data.clips(..., moments={discriminator.samples}) takes so many frames of each clip"
    return {
        "video": Part(named["video"][0], hint=hint),
        "times": Part(named["times"][0], low=None, optional=True),
    }


def drawn(generator, when, draws):
    """Returns `{"motion": ..., "times": ...}` of training: new noise, and a new place in time.

    Each is one of the clips that an endless video is cut into, so that the network can learn what
    happens where in a clip.

    Args:
        generator: the network that knows time.
        when: float32 `(batch, k)`, the times in the clips.
        draws: `Draws`.
    """
    count, anchors = tf.shape(when)[0], generator.anchors(0, generator.frames - 1)
    clip = draws.integers((count, 1), LONGEST)
    return {
        "motion": draws.normal((count, anchors, generator.motion_dim)),
        "times": when + tf.cast(clip * generator.clip, tf.float32),
    }


def asked(generator, frames, start=0.0, rate=1.0):
    """Returns the times to render, float32 `(frames,)`; None of a network that knows no time.

    Raises:
        ValueError: when they are no times, or the network renders whole clips only.
    """
    if frames < 1 or start < 0 or rate <= 0:
        raise ValueError(
            "`frames` must be 1 or more, `start` 0 or more and `rate` above 0, but they are "
            f"{frames}, {start} and {rate}."
        )
    if "times" in generator.signature():
        return (start + np.arange(frames) / rate).astype(np.float32)
    if (frames, start, rate) != (generator.frames, 0.0, 1.0):
        raise ValueError(
            f"`{generator.name}` renders whole clips of {generator.frames} frames only: leave "
            '`frames`, `start` and `rate` out, or train the preset "continuous".'
        )
    return None


def signature(generator, when):
    """Returns `{name: (shape, dtype)}` of an endpoint's inputs; it sets the times itself.

    Args:
        generator: any generator.
        when: the times that it renders; None for one, which is then read, of networks that know
            time.
    """
    named = dict(generator.signature())
    if "times" not in named:
        return named
    del named["times"]
    named["motion"] = ((anchors(generator, when), generator.motion_dim), "float32")
    if when is None:
        label = {name: named.pop(name) for name in list(named) if name == "label"}
        named.update(time=((), "float32"), **label)
    return named


def anchors(generator, when):
    """Returns the number of anchors for these times; for one moment where they are None."""
    return generator.anchors(0, 0) if when is None else generator.anchors(when[0], when[-1])


def of_videos(generator, indexes, seed, use, when):
    """Returns the noise `{"motion": (n, anchors, motion_dim)}` of the videos of these numbers.

    A video's noise at an anchor is a function of seed, number and anchor alone, so that every part
    of a video fits every other. Where no times are given, one is drawn as `"time"`, from anywhere
    in as many clips as training counts, with the noise of the first moment.

    Args:
        generator: the network that knows time.
        indexes: int32 `(n,)`, the numbers of the videos.
        seed: int, or one for each, int32 `(n,)`.
        use: as of `Draws`.
        when: float32 `(k,)` or None.
    """
    first = 0 if when is None else generator.interval(when[0])
    wanted = tf.range(first, first + anchors(generator, when))

    def one(draws):
        draws.normal((1,))  # The first draw is the latent's, the second the label's.
        draws.integers((), 2)
        own = draws.integers((), 2**31 - 1)
        time = draws.uniform((), 0.0, float(LONGEST * generator.clip))

        def noise(anchor):
            return Draws(own, anchor, use).normal((generator.motion_dim,))

        return tf.map_fn(noise, wanted, fn_output_signature=tf.float32), time

    motion, time = codes.for_each(one, indexes, seed, use, (tf.float32, tf.float32))
    return {"motion": motion, "time": time} if when is None else {"motion": motion}


def motion_windows(generator, motion, when):
    """Returns the noise around each time on its own, `(k, anchors, motion_dim)`.

    Args:
        generator: the network that knows time.
        motion: float32 `(1, n, motion_dim)`, noise of one video from the first time's anchor on.
        when: float32 `(k,)`, ascending.
    """
    first = generator.interval(when[0])
    starts = np.array([generator.interval(time) - first for time in when])
    return tf.gather(motion[0], starts[:, None] + np.arange(anchors(generator, None)))


def render_parts(generator, named, when, most):
    """Yields the frames at the times `when`, at most so many at once, as `render` returns them.

    What an endless video is made of stays in memory, its anchors, and of its pictures one part.
    """
    for start in range(0, len(when), most):
        part = when[start : start + most]
        skipped = generator.interval(part[0]) - generator.interval(when[0])
        motion = named["motion"][:, skipped : skipped + anchors(generator, part)]
        yield render_moments(generator, {**named, "motion": motion}, part)


def render_moments(generator, named, when):
    """Returns the frames at the times `when`, float32 `(batch, k, size, size, 3)` in [-1, 1].

    `named` holds `"motion"`, and `"latents"` (with a `"label"` where there are classes) or the
    `"code"` that was made of them.
    """
    return _frames_at(generator, named, tf.constant(when)[None] + 0.0 * named["motion"][:, 0, :1])


def render_moment(generator, named):
    """Returns the frame at each clip's own `"time"`, float32 `(batch, size, size, 3)`."""
    named = dict(named)
    when = named.pop("time")[:, None]
    return _frames_at(generator, named, when)[:, 0]


def _frames_at(generator, named, when):
    if "code" in named:
        return generator.draw(named["code"], named["motion"], when)
    return generator(generator.pack(**named, times=when), training=False)
