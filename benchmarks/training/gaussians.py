"""Eight Gaussians on a ring, learnt by each loss with each penalty: which modes are found.

Both players have two hidden layers of 64; Adam(1e-3, beta_1=0.5), batches of 256. Of 2,500 points a
good one is within three standard deviations of a mode, and a mode is found where one good point is
nearest to it, as in the literature. (Metz et al. 2017, "Unrolled Generative Adversarial Networks",
section 3.3; Srivastava et al. 2017, VEEGAN, section 5.1.) Beside it stands the discriminator's mean
loss over the last steps: of minimax, non_saturating 2 log 2 is promised where nobody can tell, of
relativistic log 2. Means of seeds.

    python benchmarks/training/gaussians.py [--steps 3000] [--seeds 3]
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

MODES, SPREAD, LATENT, POINTS, GOOD = 8, 0.05, 8, 2500, 3
ANGLES = 2 * np.pi * np.arange(MODES) / MODES
CENTRES = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float32)
LAST = 500  # Steps at the end, over which the discriminator's loss is a mean.
WEIGHTS = {"slope": 0.1, "gradient": 1.0}
PENALTIES = {
    "none": lambda: None,
    "r1": lambda: losses.R1(WEIGHTS["slope"]),
    "finite_difference": lambda: losses.FiniteDifference(WEIGHTS["slope"]),
    "gradient_penalty": lambda: losses.GradientPenalty(WEIGHTS["gradient"]),
}


def ring(draws, count=BATCH):
    """Returns real points, float32 `(count, 2)`."""
    chosen = tf.gather(CENTRES, draws.integers((count,), MODES))
    return chosen + SPREAD * draws.normal((count, 2))


def judge(points):
    """Returns how many modes are found, and the share of good points.

    Args:
        points: float `(n, 2)`.
    """
    far = np.linalg.norm(np.asarray(points)[:, None] - CENTRES[None], axis=-1)
    good = far.min(axis=1) <= GOOD * SPREAD
    return len(set(far.argmin(axis=1)[good].tolist())), float(good.mean())


def train(loss, penalty=None, seed=0, steps=3000):
    """Returns generated points, float32 `(2500, 2)`, and the discriminator's loss at the end."""
    generator, last = mlp(LATENT, 2, seed=seed), min(LAST, steps)

    def fake(draws, count=BATCH):
        return generator(draws.normal((count, LATENT)))

    weights = generator.trainable_variables
    discriminator = mlp(2, 1, seed=seed + 1000)
    game = SmallGame(ring, fake, weights, discriminator, loss, penalty, seed=seed)
    if steps > last:
        game.play(steps - last)
    at_the_end = game.play(last)
    return fake(Draws(seed, 0, "sampling"), POINTS).numpy(), at_the_end


def row(loss, name, seeds, steps):
    """Returns the means over seeds, a dict."""
    modes, good, of_d = [], [], []
    for seed in range(seeds):
        points, at_the_end = train(loss, PENALTIES[name](), seed, steps)
        found = judge(points)
        modes.append(found[0])
        good.append(found[1])
        of_d.append(at_the_end)
    return {
        "loss": loss,
        "penalty": name,
        "modes": float(np.mean(modes)),
        "fewest": min(modes),
        "good": float(np.mean(good)),
        "worst": min(good),
        "loss of D": float(np.mean(of_d)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    steps, seeds = arguments.steps, arguments.seeds
    rows = []
    for loss in losses.ADVERSARIAL_LOSSES:
        for name in PENALTIES:
            rows.append(row(loss, name, seeds, steps))
            print(*rows[-1].values(), flush=True)
    report(
        "gaussians",
        "Which of eight Gaussians each loss finds with each penalty.",
        rows,
        steps=steps,
        seeds=seeds,
        weights=WEIGHTS,
    )


if __name__ == "__main__":
    main()
