"""Trains a restorer that begins as SPAN, and learns to look at what comes before and after.

SPAN sees a frame alone. The network has its weights, and reads the neighbours and its state of the
step before, too, which begin with weights of 0: it is never worse to begin with. It learns from
squares of clips beside what is left of them,

    charbonnier + perceptual * LPIPS

    tfvgan weights fetch span lpips-alex
    tfvgan prepare VIDEOS CACHE --frames 40 --size 256
    python benchmarks/making/best.py CACHE RUN --factor 4 --perceptual 0.05 --minutes 28 --share 0.5

What is kept is between the network that it began as and what it has learnt, `--share` of the way:
that has nearly the detail of the latter, and the fidelity of the former (Wortsman et al. 2022,
WiSE-FT, https://arxiv.org/abs/2109.01903). RUN/generator.keras is a model of `tfvgan restore`.
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.making.timed import train
from tfvgan import data, weights
from tfvgan.data.pairs import pairs
from tfvgan.networks import RestorerDiscriminator, SpanGenerator
from tfvgan.runs.loading import load_model
from tfvgan.runs.newest import GENERATOR
from tfvgan.tasks import Restorer, VideoRestorer
from tfvgan.tasks.restoration.video_restorer import learning
from tfvgan.whole import write_whole

import keras  # isort: skip  (after tfvgan, which sets up oneDNN)

SMALL, WINDOW, BATCH = 48, 5, 2  # Side of the squares that it reads, their frames, and how many.
FRAMES, SIZE = 40, 256  # Of the clips of the cache.
AVERAGE = 0.998  # Of the moving average.
STEPS = 50  # Between two lines that say how it goes.
WARM = 100  # Steps in which the learning rate rises.


def batches(cache, factor, seed=0):
    """Returns a data set without end of batches of `tfvgan.data.pairs`, squares of one size.

    Args:
        cache: a folder of `tfvgan prepare`.
        factor: how many times smaller what it reads is.
        seed: of what is drawn.
    """
    clips = data.clips(
        cache, FRAMES, SIZE, batch_size=BATCH, flip=True, repeat=True, seed=seed, labels=False
    )
    return pairs(clips, "clean", factor * SMALL, factor, seed, window=WINDOW)


def model_from(factor, seed=0, rate=1e-4, perceptual=0.0):
    """Returns a compiled `VideoRestorer` that begins with SPAN as it is published.

    Args:
        factor: how many times as large.
        seed: int, of all draws of training.
        rate: learning rate of the generator.
        perceptual: weight of LPIPS.
    """
    keras.utils.set_random_seed(seed)
    generator = SpanGenerator.begun_from(weights.load(f"span_x{factor}_ch48"))
    model = VideoRestorer(generator, RestorerDiscriminator(64 * factor, factor), seed=seed)
    terms = {"adversarial": 0.0, "ping_pong": 0.0, "perceptual": perceptual}
    arguments = learning(True, **terms)
    arguments["generator_optimizer"] = keras.optimizers.Adam(rate, beta_1=0.9, beta_2=0.99)
    arguments["moving_average"] = AVERAGE
    model.compile(**arguments)
    return model


def keep_between(run, first, share):
    """Moves the network of a run toward what it began as.

    Args:
        run: folder of a network that was trained.
        first: list of the weights, arrays, that it began with.
        share: of the way from there to the trained one, in [0, 1].
    """
    network = load_model(run).generator
    for weight, begun in zip(network.weights, first, strict=True):
        weight.assign((1 - share) * begun + share * weight)
    write_whole(Path(run) / GENERATOR, Restorer(network).save)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cache", help="a folder of `tfvgan prepare`")
    parser.add_argument("run", type=Path, help="a folder for the network")
    parser.add_argument("--factor", type=int, default=4, choices=(2, 4))
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--perceptual", type=float, default=0.0, help="weight of LPIPS")
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate")
    parser.add_argument("--share", type=float, default=1.0, help="of what was learnt, that is kept")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    model = model_from(arguments.factor, arguments.seed, arguments.rate, arguments.perceptual)
    given = batches(arguments.cache, arguments.factor, arguments.seed)
    first = [np.asarray(weight) for weight in model.generator.weights]
    train(model, given, STEPS, arguments.minutes, arguments.run, Restorer, WARM)
    keep_between(arguments.run, first, arguments.share)


if __name__ == "__main__":
    main()
