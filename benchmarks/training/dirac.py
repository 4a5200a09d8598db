"""The Dirac-GAN: which losses circle around the equilibrium, and which penalties end that.

Real points are all 0, generated ones all `place`, and D is a line, `slope * x` beside the loss's
boundary. The equilibrium is (0, 0). Both players go down their gradients by steps of 0.1, D first,
as in training here, or both at once. Beside it stands the largest real part of the eigenvalues of
the gradients' field at the equilibrium: below 0 the game converges there, linearly; 0 says nothing.
(Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", sections 2 and 4.)

    python benchmarks/training/dirac.py [--steps 500]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.report import report
from benchmarks.training.small_game import Judged
from tfvgan import losses
from tfvgan.engine import Draws

RATE, START, COUNT = 0.1, (1.0, 1.0), 256
WEIGHT = 1.0
PENALTIES = {
    "none": lambda: None,
    "r1": lambda: losses.R1(WEIGHT),
    "finite_difference": lambda: losses.FiniteDifference(WEIGHT),
    "gradient_penalty": lambda: losses.GradientPenalty(WEIGHT),
}
NEAR, FAR = 0.01, 2.0  # Of the radius at the start: what has converged, and what has left.
ANGLED = 1e-3  # Nearer, an angle is one of rounding.


def field(loss, penalty, state, step=0):
    """Returns which way both players go: minus the gradient of what each minimises, `(2,)`.

    Args:
        loss: name of an adversarial loss.
        penalty: `tfvgan.losses.Penalty` or None.
        state: float32 `(2,)`, the generator's place and the discriminator's slope.
        step: int or int64 scalar, which draws are taken.
    """
    place, slope = tf.unstack(state)
    boundary = losses.get(loss).boundary or 0.0
    judged = Judged(lambda points, training: boundary + slope * points, loss, penalty)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([place, slope])
        real, fake = tf.zeros((COUNT, 1)), place * tf.ones((COUNT, 1))
        of_d = judged.discriminator(real, fake)
        of_d += judged.penalty(real, fake, step, Draws(0, step))
        of_g = judged.generator(real, fake)
    return -tf.stack([tape.gradient(of_g, place), tape.gradient(of_d, slope)])


def path(loss, penalty=None, steps=500, in_turns=True):
    """Returns the states of a game from `START` on, float32 `(steps + 1, 2)`.

    Args:
        loss, penalty: as of `field`.
        steps: int, of length `RATE`.
        in_turns: bool, whether the generator sees the discriminator's step already.
    """

    def step(state, number):
        moved = state + RATE * field(loss, penalty, state, number)
        if not in_turns:
            return moved
        judged = tf.stack([state[0], moved[1]])
        return tf.stack([state[0] + RATE * field(loss, penalty, judged, number)[0], moved[1]])

    start = tf.constant(START)
    walk = tf.function(lambda: tf.scan(step, tf.range(steps, dtype=tf.int64), start))
    return np.concatenate([start[None].numpy(), walk().numpy()])


def eigenvalues(loss, penalty=None):
    """Returns those of the field at the equilibrium, complex `(2,)`, of smooth penalties."""
    state = tf.zeros((2,))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(state)
        ways = field(loss, penalty, state)
    return np.linalg.eigvals(tape.jacobian(ways, state, experimental_use_pfor=False).numpy())


def radii(states):
    """Returns how far from the equilibrium states are, `(n,)`."""
    return np.hypot(*np.transpose(states))


def turns(states):
    """Returns how many times a path went around the equilibrium, until it is as good as there."""
    far = radii(states)
    near = np.flatnonzero(far < ANGLED * far[0])
    seen = states[: near[0]] if len(near) else states
    angles = np.unwrap(np.arctan2(seen[:, 1], seen[:, 0]))
    return float(abs(angles[-1] - angles[0]) / (2 * np.pi))


def last(states):
    """Returns the largest radius in the last tenth of a path: where a game has ended up."""
    return float(radii(states[-max(len(states) // 10, 1) :]).max())


def found(states):
    """Returns in a word what a path does."""
    share = last(states) / radii(states)[0]
    if share < NEAR:
        return "converges"
    if share > FAR:
        return "leaves"
    if share < 0.5:
        return "comes nearer"
    return "circles" if turns(states) >= 1 else "stays away"


def row(loss, name, steps):
    """Returns what a loss does with a penalty, a dict."""
    penalty = PENALTIES[name]()
    one_by_one, at_once = (path(loss, penalty, steps, way) for way in (True, False))
    smooth = name != "gradient_penalty"  # Whose slope of 1 is a kink at a slope of 0.
    return {
        "loss": loss,
        "penalty": name,
        "largest real part": float(eigenvalues(loss, penalty).real.max()) if smooth else None,
        "radius before": float(radii(one_by_one)[0]),
        "radius after": last(one_by_one),
        "turns": turns(one_by_one),
        "found": found(one_by_one),
        "radius after, at once": last(at_once),
        "found, at once": found(at_once),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=500)
    steps = parser.parse_args().steps
    report(
        "dirac",
        "Without a penalty the Dirac-GAN circles or comes nearer ever more slowly; with R1 it "
        "converges whatever the loss.",
        [row(loss, name, steps) for loss in losses.ADVERSARIAL_LOSSES for name in PENALTIES],
        steps=steps,
        rate=RATE,
        weight=WEIGHT,
    )


if __name__ == "__main__":
    main()
