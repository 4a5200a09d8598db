"""What is left of the generator's gradient while the discriminator gets better and better.

Real points are a normal distribution around (2, 0), generated ones around (-2, 0), eight standard
deviations apart. The generator stays as it is; the discriminator, a small network, learns for ever
more steps. Measured is the norm of the gradient that moves the generated points, for each loss,
without and with R1; medians of seeds. (Arjovsky and Bottou 2017, "Towards Principled Methods for
Training Generative Adversarial Networks", section 2; Goodfellow et al. 2014, section 3.)

    python benchmarks/training/vanishing.py [--seeds 3]
"""

import argparse
import statistics
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import tensorflow as tf

from benchmarks.report import report
from benchmarks.training.small_game import BATCH, SmallGame, mlp
from tfvgan import losses

AT = (0, 10, 100, 300, 1000)  # Steps of the discriminator after which it is looked.
APART, SPREAD = 4.0, 0.5
WEIGHT = 0.1
PENALTIES = {"none": lambda: None, "r1": lambda: losses.R1(WEIGHT)}


def game(loss, penalty=None, seed=0):
    """Returns the `SmallGame` of the two distributions."""
    shift = tf.Variable([-APART / 2, 0.0])

    def real(draws):
        return SPREAD * draws.normal((BATCH, 2)) + tf.constant([APART / 2, 0.0])

    def fake(draws):
        return SPREAD * draws.normal((BATCH, 2)) + shift

    return SmallGame(real, fake, [shift], mlp(2, 1, seed=seed), loss, penalty, seed=seed)


def norms(loss, penalty=None, seed=0, at=AT):
    """Returns the generator's gradient norm after so many steps of the discriminator, a list."""
    played, made, found = game(loss, penalty, seed), 0, []
    for steps in at:
        if steps > made:
            played.play(steps - made, both=False)
        made = steps
        found.append(played.generator_gradient())
    return found


def row(loss, name, seeds):
    """Returns the medians over seeds, a dict."""
    each = [norms(loss, PENALTIES[name](), seed) for seed in range(seeds)]
    middle = [statistics.median(of) for of in zip(*each)]
    return {"loss": loss, "penalty": name, **{f"after {n}": norm for n, norm in zip(AT, middle)}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    report(
        "vanishing",
        "Against a discriminator that wins, minimax leaves the generator next to no gradient.",
        [row(loss, name, seeds) for loss in losses.ADVERSARIAL_LOSSES for name in PENALTIES],
        seeds=seeds,
        weight=WEIGHT,
    )


if __name__ == "__main__":
    main()
