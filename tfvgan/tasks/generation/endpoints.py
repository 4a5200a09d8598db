"""Endpoints of a generator: whole clips, clips of a seed, and single moments."""

import numpy as np
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.tasks.encoded import encoded_endpoint
from tfvgan.tasks.generation import codes, moments
from tfvgan.tasks.guard import few, guarded
from tfvgan.video import to_uint8


def endpoints(generator, use):
    """Returns `generate(latents[, label])` and `sample(seed)`, both giving uint8 video.

    `sample` returns of each seed, int32 `(n,)`, what `Sampler.generate(1, seed)` does, and the
    drawn labels where there are classes; of `tfvgan.tasks.guard.MOST` seeds at most.
    `sample_encoded(seed)` gives the frames as PNG files, `frames_bytes`. What makes no sense is
    refused, as `guard` says. Networks that know time read `motion` too, the noise at the anchors of
    one clip, and have `moment(latents, motion, time[, label])`: one frame, at any time.

    Args:
        generator: any generator.
        use: what `sample` draws for, as of `Draws`.
    """
    times = moments.asked(generator, generator.frames)
    seeds = [tf.TensorSpec((None,), tf.int32, name="seed")]
    served = {"generate": _edge_endpoint(generator, use, "video", times)}

    def sample(seed):
        seed = few(seed)
        named = _inputs(generator, tf.zeros_like(seed), seed, use, times)
        drawn = {name: value for name, value in named.items() if name == "label"}
        return {**served["generate"].function(*named.values()), **drawn}

    served["sample"] = Endpoint(sample, seeds, request=lambda: {"seed": np.zeros(1, np.int32)})
    makes = {"video": tf.TensorSpec((generator.frames, None, None, 3), tf.uint8)}
    makes |= {"label": tf.TensorSpec((), tf.int32)} if generator.num_classes else {}
    served["sample_encoded"] = encoded_endpoint(served["sample"], makes)
    if times is not None:
        served["moment"] = _edge_endpoint(generator, use, "frame", None)
    return served


def _edge_endpoint(generator, use, output, times):
    """Returns the endpoint that renders a video at these times, or a frame at a given one."""
    specs = [
        tf.TensorSpec((None, *shape), dtype, name=name)
        for name, (shape, dtype) in moments.signature(generator, times).items()
    ]

    def render(*inputs):
        named = {spec.name: value for spec, value in zip(specs, inputs, strict=True)}
        if "time" in named:
            return {output: moments.render_moment(generator, named)}
        if times is not None:
            return {output: moments.render_moments(generator, named, times)}
        return {output: generator(generator.pack(**named), training=False)}

    def rounded(*inputs):
        return {output: to_uint8(render(*inputs)[output])}

    def examples(count, seed):
        named = _inputs(generator, tf.range(count), seed, use, times)
        return [
            {spec.name: named[spec.name][i : i + 1].numpy() for spec in specs} for i in range(count)
        ]

    # As a graph of its own it is written once, for this endpoint and for `sample`, which calls it.
    served = tf.function(guarded(rounded, specs, generator.num_classes), input_signature=specs)
    return Endpoint(served, specs, Edge(render, examples))


def _inputs(generator, numbers, seed, use, times):
    """Returns what the endpoints read for the videos of these numbers, labels drawn too."""
    named = {"latents": codes.latents(generator, numbers, seed, use)}
    if "times" in generator.signature():
        named.update(moments.of_videos(generator, numbers, seed, use, times))
    if generator.num_classes:
        named["label"] = codes.labels(generator, numbers, seed, use)
    return named
