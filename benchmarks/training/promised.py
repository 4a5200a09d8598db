"""What minimax promises, and what a discriminator finds: the value of the game in nats.

Real points are a standard normal distribution, generated ones the same around another place. Of the
best discriminator, `log p(x) - log q(x)`, the value is `2 JS - 2 log 2` with the Jensen-Shannon
divergence JS: `-2 log 2` where both are alike, 0 where they are far apart. (Goodfellow et al. 2014,
theorem 1.) Measured are JS by integration, what the package's loss gives of the best logits, what a
small network has learnt after so many steps, on points of its own, and how much of JS moves with
the place: beyond some standard deviations it says nothing of where to go.

    python benchmarks/training/promised.py [--steps 1000]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.report import report
from benchmarks.training.small_game import BATCH, SmallGame, mlp
from tfvgan import losses
from tfvgan.engine import Draws

PLACES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
MANY = 200_000
MOVED = 1e-3  # Of a place, to see how JS moves with it.


def divergence(place):
    """Returns the Jensen-Shannon divergence of N(0, 1) and N(place, 1) in nats, by integration."""
    points = np.linspace(-10.0, 10.0 + place, 40_001)
    real, fake = (np.exp(-0.5 * (points - m) ** 2) / np.sqrt(2 * np.pi) for m in (0.0, place))
    middle = (real + fake) / 2
    both = sum(np.sum(each * np.log(each / middle)) for each in (real, fake))
    return float(both / 2 * (points[1] - points[0]))


def best_logits(points, place):
    """Returns `log p(x) - log q(x)`, those of the best discriminator."""
    return place * (place / 2 - points)


def value(discriminator, place):
    """Returns V of a function of points, by the package's minimax, a float."""
    draws = Draws(1, 0, "judging")
    real, fake = draws.normal((MANY, 1)), place + draws.normal((MANY, 1))
    return -float(losses.Minimax().discriminator(discriminator(real), discriminator(fake)))


def learnt(place, steps, seed=0):
    """Returns V of a small network that learnt for so many steps."""
    network = mlp(1, 1, seed=seed)

    def around(middle):
        return lambda draws: middle + draws.normal((BATCH, 1))

    held = tf.Variable(place)
    game = SmallGame(around(0.0), around(held), [held], network, "minimax", seed=seed)
    game.play(steps, both=False)
    return value(network, place)


def row(place, steps):
    """Returns what is promised and what is found at a place, a dict."""
    here = divergence(place)
    return {
        "apart": place,
        "JS": here,
        "promised": 2 * here - 2 * np.log(2),
        "best logits": value(lambda points: best_logits(points, place), place),
        "learnt": learnt(place, steps),
        "JS moves": (divergence(place + MOVED) - divergence(max(place - MOVED, 0.0)))
        / (MOVED + min(place, MOVED)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1000)
    steps = parser.parse_args().steps
    report(
        "promised",
        "The value of minimax is 2 JS - 2 log 2 of the best discriminator, and far apart JS stays.",
        [row(place, steps) for place in PLACES],
        steps=steps,
    )


if __name__ == "__main__":
    main()
