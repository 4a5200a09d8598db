"""A small learned codec, the same to the bit on every machine and with every version of numpy."""

import functools
import hashlib
from pathlib import Path

import numpy as np

from tfvgan.networks import CodecGenerator
from tfvgan.tasks.compression.latent_tables import load_tables, shared
from tfvgan.tasks.compression.latents import table_count
from tfvgan.tasks.compression.learned_codec import LearnedCodec

GOLDEN = Path(__file__).parent / "tasks" / "compression" / "golden"


@functools.cache
def generator(seed=0, channels=16):
    network = CodecGenerator(channels, 24, 1, 8)
    network.build()
    draws = np.random.RandomState(seed)  # Frozen: its numbers never change.
    for weight in network.weights:
        shape = weight.shape
        if weight.name in ("gains", "inverse_gains"):
            gains = np.broadcast_to(1 + 0.25 * np.arange(-3, 5)[:, None], shape)
            weight.assign(gains if weight.name == "gains" else -gains)
        elif len(shape) == 4:
            large = 4.0 if weight is network.residual_encoder[1].kernel else 1.0
            weight.assign(large * draws.uniform(-1.7, 1.7, shape) / np.sqrt(np.prod(shape[:3])))
    return network


@functools.cache
def tables(bend=0, flagged=True):
    """Tables of small latents, those of golden files; with another `bend` other ones."""
    if not bend:
        return load_tables(GOLDEN / f"learned-{'flags' if flagged else 'v1'}-tables.npz")
    counts = np.zeros((table_count(16), 32), int)
    counts[:, 12:19] = [1, 4, 16, 64, 16, 4, 1]
    counts[:, 14] += np.arange(len(counts)) % 7 + bend
    return shared(counts)


def codec(seed=0, flagged=True, **arguments):
    """Returns a codec; what one has compiled the others run."""
    made = LearnedCodec(generator(seed), tables(flagged=flagged), **(arguments or {"quality": 4}))
    vars(made).update(_compiled(seed))
    return made


@functools.cache
def _compiled(seed):
    one = vars(LearnedCodec(generator(seed), tables(), quality=4))
    return {name: one[name] for name in ("_analyzed", "_synthesized")}


def sha256(latents):
    """Returns the sha256 of latents as int32, in hexadecimal."""
    told = hashlib.sha256()
    for frame in latents:
        told.update(np.ascontiguousarray(frame, "<i4").tobytes())
    return told.hexdigest()
