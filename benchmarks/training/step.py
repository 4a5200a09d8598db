"""A training step of tfvgan against the same networks and the same step in PyTorch.

On the same cores, in one run, in turns, each side in a process of its own: 16 frames of 64x64,
batches of 8, float32, the non-saturating loss, Adam for both players, the moving average of G and
the gradient norms on both sides. The figure is the ratio of the medians, to PyTorch as one writes
it and to PyTorch in the faster of its two memory layouts: below 1, tfvgan is faster. Where PyTorch
isn't installed, tfvgan is timed alone.

    python benchmarks/training/step.py [--rounds 15] [--networks dcgan vgan]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.apart import Apart
from benchmarks.report import in_turns, ratios, report, spread, torch_is_there

BATCH, FRAMES, SIZE = 8, 16, 64
LATENT_DIM = 100
WIDTH = {"dcgan": 256, "vgan": 512}
RATE, BETA_1, BETA_2, DECAY = 2e-4, 0.5, 0.999, 0.999  # What the presets are compiled with.


def clips():
    """Returns the real clips of every step, float32 `(batch, frames, size, size, 3)`."""
    import numpy as np

    random = np.random.default_rng(0)
    return random.uniform(-1, 1, (BATCH, FRAMES, SIZE, SIZE, 3)).astype("float32")


def tfvgan_step(name):
    """Returns the step as a function, and how many weights each player trains."""
    import tensorflow as tf

    from tfvgan import VideoGAN

    model = VideoGAN.from_preset(name, FRAMES, SIZE, width=WIDTH[name])
    model.make_train_function()
    batches = iter(tf.data.Dataset.from_tensors({"video": clips()}).repeat())
    weights = [
        sum(variable.value.shape.num_elements() for variable in player.trainable_variables)
        for player in (model.generator, model.discriminator)
    ]
    return lambda: [float(log) for log in model.train_function(batches).values()], weights


def torch_step(name, layout):
    """Returns the step as a function, and how many weights each player trains."""
    import torch

    from benchmarks.in_torch import peers as torch_peers

    axes = {"dcgan": (0, 1, 4, 2, 3), "vgan": (0, 4, 1, 2, 3)}[name]
    real = torch.tensor(clips()).permute(axes)  # A view: the channels are last in memory.
    players = getattr(torch_peers, name)(LATENT_DIM, FRAMES, WIDTH[name])
    if layout == "channels_last":
        players = [torch_peers.channels_last(player) for player in players]
    else:
        real = real.contiguous()
    # As many weights on both sides is what `measure` asks for, before anything is timed.
    game = torch_peers.Game(players, LATENT_DIM, RATE, BETA_1, BETA_2, DECAY)
    weights = [sum(p.numel() for p in player.parameters()) for player in players[:2]]
    return lambda: game.step(real), weights


def measure(name, rounds):
    """Returns the row of one network, and the timings behind it."""
    script = "benchmarks.training.step"
    sides = {"tfvgan": Apart(script, "tfvgan_step", name)}
    if torch_is_there():
        sides["torch"] = Apart(script, "torch_step", name, "contiguous")
        sides["torch channels_last"] = Apart(script, "torch_step", name, "channels_last")
    weights = sides["tfvgan"].facts
    for side in sides.values():
        if side.facts != weights:
            raise ValueError(f"The {name} networks differ: {weights} weights, and {side.facts}.")
    timings = {side: spread(times) for side, times in in_turns(sides, rounds, warmup=3).items()}
    for side in sides.values():
        side.close()
    medians = {side: timing["median"] for side, timing in timings.items()}
    row = {"network": name, "weights of G": weights[0], "weights of D": weights[1]}
    row |= {f"{side} ms": 1e3 * median for side, median in medians.items()}
    return {**row, **ratios(medians)}, timings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--networks", nargs="+", choices=WIDTH, default=list(WIDTH))
    arguments = parser.parse_args()
    measured = {name: measure(name, arguments.rounds) for name in arguments.networks}
    report(
        "training_step",
        f"One training step of G and D, batch {BATCH}, {FRAMES} frames of {SIZE}x{SIZE}, "
        "against the same in PyTorch.",
        [row for row, _ in measured.values()],
        packages=("torch",),
        seconds={name: timings for name, (_, timings) in measured.items()},
    )


if __name__ == "__main__":
    main()
