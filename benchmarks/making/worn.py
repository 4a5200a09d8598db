"""Trains the restorer of footage that has no detail left, on what a teacher makes of it.

The network begins as Real-ESRGAN's compact one, and learns from the sequences of
`sets/taught.py`: the teacher's steady frames are the real ones, in

    charbonnier + perceptual * (LPIPS + 4 * weave)

and, with --adversarial, in the game, too. The weave is what a place's squares of pixels have in
common of what is wrong: the network makes squares, and the eye sees them in flat places. It is
shown small squares of the sequences, mirrored and played backwards by chance:

    tfvgan weights fetch realesrgan lpips-alex
    python benchmarks/sets/taught.py VIDEOS TAUGHT
    python benchmarks/making/worn.py TAUGHT RUN --minutes 20
    python benchmarks/making/worn.py TAUGHT RUN-2 --begin RUN --adversarial 0.005 --minutes 20

RUN/generator.keras is a model of `tfvgan restore --model RUN`.
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.making.timed import train
from tfvgan import weights
from tfvgan.layers import fold_frames, space_to_depth
from tfvgan.networks import CompactGenerator, RestorerDiscriminator
from tfvgan.runs.loading import load_model
from tfvgan.tasks import Restorer, VideoRestorer
from tfvgan.tasks.phases import taken_over
from tfvgan.tasks.restoration.video_restorer import learning
from tfvgan.video import from_uint8

import keras  # isort: skip  (after tfvgan, which sets up oneDNN)
import tensorflow as tf  # isort: skip
from keras import ops  # isort: skip

FIRST = "realesr_animevideov3_x4"  # What the network begins as.
FACTOR = 2
SQUARE, WINDOW, BATCH = 128, 4, 2  # Of what a step is shown; the square is of the large frames.
STRIDE = 4  # Of the perceptual network's first convolution, and of squares that are made at once.
PLACE = 8  # Squares along a side, over which a weave is looked for.
WEAVE = 4.0  # Weight of the weave beside LPIPS.
AVERAGE = 0.99  # Of the moving average: trainings are short.
STEPS = 25  # Between two lines that say how it goes.


def batches(folder, seed=0):
    """Returns a data set without end of `{"video", "degraded"}`, as of `tfvgan.data.pairs`.

    Args:
        folder: of `sets/taught.py`.
        seed: of what is drawn.

    Raises:
        ValueError: when it has no sequences.
    """
    files = sorted(Path(folder).glob("*.npz"))
    if not files:
        raise ValueError(f"`{folder}` must have sequences of sets/taught.py, but has none.")

    def drawn():
        draws = np.random.default_rng(seed)
        while True:
            with np.load(files[draws.integers(len(files))]) as sequence:
                yield cut(sequence["taught"], sequence["worn"], draws)

    small = SQUARE // FACTOR
    spec = (
        tf.TensorSpec((WINDOW, SQUARE, SQUARE, 3), "uint8"),
        tf.TensorSpec((WINDOW, small, small, 3), "uint8"),
    )

    def named(taught, worn):
        return {"video": from_uint8(taught), "degraded": from_uint8(worn)}

    return (
        tf.data.Dataset.from_generator(drawn, output_signature=spec)
        .batch(BATCH)
        .map(named)
        .prefetch(2)
    )


def cut(taught, worn, draws):
    """Returns one place of both, mirrored and backwards alike, each by chance.

    Args:
        taught: uint8 `(t, FACTOR * h, FACTOR * w, 3)`.
        worn: uint8 `(t, h, w, 3)`.
        draws: `numpy.random.Generator`.
    """
    small = SQUARE // FACTOR
    kept = WINDOW, small, small
    first, top, left = (draws.integers(n - k + 1) for n, k in zip(worn.shape[:3], kept))
    mirrored, backwards = (slice(None, None, -1 if draws.random() < 0.5 else 1) for _ in range(2))
    made = []
    for video, by in ((taught, FACTOR), (worn, 1)):
        side = by * small
        part = video[first : first + WINDOW, by * top :, by * left :][:, :side, :side]
        made.append(np.ascontiguousarray(part[backwards, :, mirrored]))
    return tuple(made)


def model_from(begin, seed=0, rate=1e-4, **terms):
    """Returns a compiled `VideoRestorer` that begins with a network.

    Args:
        begin: path of a run or of what was published; None for the published compact network.
        seed: int, of all draws of training.
        rate: learning rate of the generator.
        **terms: weights of "perceptual" and "adversarial".
    """
    keras.utils.set_random_seed(seed)
    if begin is None:
        generator = CompactGenerator.begun_from(weights.load(FIRST), FACTOR)
    else:
        generator = taken_over(load_model(begin).generator, "restorer", {"factor": FACTOR})
    model = Shifted(generator, RestorerDiscriminator(SQUARE, FACTOR), seed=seed)
    arguments = learning(True, ping_pong=0.0, **terms)
    arguments["generator_optimizer"] = keras.optimizers.Adam(rate, beta_1=0.9, beta_2=0.99)
    arguments["moving_average"] = AVERAGE
    model.compile(**arguments)
    return model


def woven(apart):
    """Returns how much of a weave is in a difference, the mean over places, in its units.

    Args:
        apart: float32 `(n, h, w, c)`; height and width are multiples of STRIDE.
    """
    squares = ops.average_pool(space_to_depth(apart, STRIDE), PLACE, PLACE, padding="same")
    pixels = ops.reshape(squares, (-1, STRIDE**2, apart.shape[-1]))
    return ops.mean(ops.abs(pixels - ops.mean(pixels, axis=1, keepdims=True)))


class Shifted(VideoRestorer):
    """A `VideoRestorer` whose perceptual network looks elsewhere at every step.

    Its first convolution takes every fourth pixel, and the generator makes squares of four: where
    both lie alike in each step, a weave of that period comes to look like nothing. So a weave is
    looked for, too.
    """

    def seen_apart(self, made, real):
        """Returns how different videos without some of their first rows and columns look."""
        step, side = self.step.value, SQUARE - STRIDE + 1
        top, left = step % STRIDE, step // STRIDE % STRIDE
        cut = (video[:, :, top : top + side, left : left + side] for video in (made, real))
        seen = super().seen_apart(
            *(tf.ensure_shape(each, (None, None, side, side, 3)) for each in cut)
        )
        return seen + WEAVE * woven(fold_frames(made - real))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("taught", help="a folder of sets/taught.py")
    parser.add_argument("run", type=Path, help="a folder for the network")
    parser.add_argument("--begin", help="a run to go on from (default: the compact network)")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--perceptual", type=float, default=0.5, help="weight of LPIPS")
    parser.add_argument("--adversarial", type=float, default=0.0, help="weight of the game")
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    terms = {"perceptual": arguments.perceptual, "adversarial": arguments.adversarial}
    model = model_from(arguments.begin, arguments.seed, arguments.rate, **terms)
    train(
        model,
        batches(arguments.taught, arguments.seed),
        STEPS,
        arguments.minutes,
        arguments.run,
        Restorer,
    )


if __name__ == "__main__":
    main()
