"""A training step of the preset "continuous" against the same networks and step in PyTorch.

On the same cores, in one run, in turns, each side in a process of its own, as in training/step.py;
as the preset is compiled: the non-saturating loss, lazy R1, Adam, the moving average of G, and the
gradient norms on both sides. What is timed is a whole turn, from one penalty to the next; the times
are of one step of it. Before, PyTorch's networks are given the weights of tfvgan's, and have to
answer as they do. Below 1, tfvgan is faster. Where PyTorch isn't installed, tfvgan is timed alone.

    python benchmarks/generation/step.py [--rounds 9]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.apart import Apart
from benchmarks.report import in_turns, ratios, report, spread, torch_is_there

BATCH, FRAMES, SIZE = 8, 16, 64
TOLERANCE = 1e-4


def moments(samples):
    """Returns the real moments of every step and their times, float32."""
    import numpy as np

    random = np.random.default_rng(0)
    video = random.uniform(-1, 1, (BATCH, samples, SIZE, SIZE, 3))
    times = np.sort(random.permuted(np.tile(np.arange(FRAMES), (BATCH, 1)), axis=1)[:, :samples])
    return video.astype(np.float32), times.astype(np.float32)


def tfvgan_step():
    """Returns a turn of steps as a function, and all that the other side has to match."""
    import numpy as np

    from tfvgan import VideoGAN

    model = VideoGAN.from_preset("continuous", FRAMES, SIZE)
    random = np.random.default_rng(1)
    for player in (model.generator, model.discriminator):  # No weight may be 0, or go unnoticed.
        player.set_weights(
            [w + random.normal(0, 0.05, w.shape).astype(np.float32) for w in player.get_weights()]
        )
    facts = {**numbers(model), **answers(model, random)}
    return turns(model, facts["game"]["every"]), facts


def turns(model, every):
    """Returns a function that trains the model for as many steps as lie between two penalties."""
    import tensorflow as tf

    video, times = moments(model.discriminator.samples)
    batches = iter(tf.data.Dataset.from_tensors({"video": video, "times": times}).repeat())
    model.make_train_function()

    def turn():
        for _ in range(every):
            [float(log) for log in model.train_function(batches).values()]

    return turn


def numbers(model):
    """Returns the numbers that the networks and the game are made from."""
    from tfvgan.layers import coordinates
    from tfvgan.tasks.generation.moments import LONGEST

    generator, discriminator = model.generator, model.discriminator
    path, plane = generator.journey, generator.plane
    (penalty,) = model.penalties

    # Read from the model rather than from the preset: what is timed can't differ from it.
    def adam(optimizer):
        betas = (optimizer.beta_1, optimizer.beta_2)
        rate = float(optimizer.learning_rate)
        return {"rate": rate, "betas": betas, "eps": optimizer.epsilon}

    return {
        "G": {
            "latent_dim": generator.latent_dim,
            "colors": generator.colors,
            "backdrop": [conv.filters for conv in generator.backdrop.convs],
            "points": [conv.filters for conv in generator.points],
            "channels": [conv.filters for conv in generator.convs],
            "path": {**path.get_config(), "speeds": path.speeds()},
            "plane": {
                **plane.get_config(),
                "part": coordinates.PART_STRENGTH,
                "stretch": coordinates.STRETCH,
            },
        },
        "D": {
            "samples": discriminator.samples,
            "frames": discriminator.frames,
            "channels": [c.filters for c in (discriminator.stem, *discriminator.downs)],
        },
        "game": {
            "adam of G": adam(model.generator_optimizer),
            "adam of D": adam(model.discriminator_optimizer),
            "gamma": penalty.weight,
            "every": penalty.every,
            "decay": model.moving_average,
            "latent_dim": generator.latent_dim,
            "motion_dim": generator.motion_dim,
            "anchors": generator.anchors(0, generator.frames - 1),
            "longest": LONGEST,
            "clip": generator.clip,
        },
    }


def answers(model, random):
    """Returns both networks' weights, and what they answer to what."""
    generator, discriminator = model.generator, model.discriminator
    video, times = moments(discriminator.samples)
    latents = random.normal(size=(BATCH, generator.latent_dim)).astype("float32")
    anchors = generator.anchors(0, generator.frames - 1)
    motion = random.normal(size=(BATCH, anchors, generator.motion_dim)).astype("float32")
    # Times beyond the first clip, so that the path through time is compared, too.
    later = times + 3 * generator.clip
    return {
        "weights": [[v.numpy() for v in n.trainable_variables] for n in (generator, discriminator)],
        "read by G": (latents, motion, later),
        "video": generator({"latents": latents, "motion": motion, "times": later}).numpy(),
        "logits": discriminator({"video": video, "times": times}).numpy(),
    }


def torch_step(facts, layout):
    """Returns a turn of steps as a function, and the facts to compare."""
    import torch

    from benchmarks.in_torch import continuous as peers

    players = peers.Generator(facts["G"]), peers.Discriminator(facts["D"])
    for player, weights in zip(players, facts["weights"]):
        peers.copy_weights(player, weights)
    # The average: following costs the same whatever it holds, and nothing of it is compared.
    players = [*players, peers.Generator(facts["G"])]
    if layout == "channels_last":
        players = [player.to(memory_format=torch.channels_last) for player in players]
    video, times = (torch.tensor(array) for array in moments(facts["D"]["samples"]))
    real = video.flatten(0, 1).permute(0, 3, 1, 2)  # A view: the channels are last in memory.
    if layout == "contiguous":
        real = real.contiguous()
    with torch.no_grad():
        drawn = players[0](*map(torch.tensor, facts["read by G"]))
        logits = players[1](real, times)
    game = peers.Game(players, facts["game"])

    def turn():
        for _ in range(facts["game"]["every"]):
            game.step(real, times)

    drawn = drawn.permute(0, 2, 3, 1).numpy().reshape(facts["video"].shape)
    return turn, {
        "weights": [sum(p.numel() for p in player.parameters()) for player in players[:2]],
        "difference of videos": float(abs(drawn - facts["video"]).max()),
        "difference of logits": float(abs(logits.numpy() - facts["logits"]).max()),
    }


def counted(facts):
    """Returns how many weights each player trains."""
    return [sum(array.size for array in arrays) for arrays in facts["weights"]]


def checked(ours, theirs):
    """Returns the facts of PyTorch's side, when its networks are the same."""
    weights = counted(ours)
    largest = max(1.0, float(abs(ours["logits"]).max()))
    far = max(theirs["difference of videos"], theirs["difference of logits"] / largest)
    if theirs["weights"] != weights or not far <= TOLERANCE:
        raise ValueError(f"The networks differ: {weights} weights, and {theirs}.")
    return theirs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    ours = Apart("benchmarks.generation.step", "tfvgan_step")
    sides = {"tfvgan": ours}
    layouts = {"torch": "contiguous", "torch channels_last": "channels_last"}
    for side, layout in layouts.items() if torch_is_there() else ():
        sides[side] = Apart("benchmarks.generation.step", "torch_step", ours.facts, layout)
    facts = [checked(ours.facts, side.facts) for side in list(sides.values())[1:]]
    every = ours.facts["game"]["every"]
    timings = {
        side: spread([second / every for second in seconds])
        for side, seconds in in_turns(sides, arguments.rounds, warmup=2).items()
    }
    for side in sides.values():
        side.close()
    medians = {side: timing["median"] for side, timing in timings.items()}
    weights = counted(ours.facts)
    row = {"network": "continuous", "weights of G": weights[0], "weights of D": weights[1]}
    row |= {f"{side} ms": 1e3 * median for side, median in medians.items()}
    row |= ratios(medians)
    report(
        "generation_step",
        f"One training step of G and D, batch {BATCH}, {ours.facts['D']['samples']} moments of "
        f"clips of {FRAMES} frames of {SIZE}x{SIZE}, against the same in PyTorch.",
        [row],
        packages=("torch",),
        seconds=timings,
        largest_differences={
            name: max(fact[name] for fact in facts)
            for name in ("difference of videos", "difference of logits")
            if facts
        },
    )


if __name__ == "__main__":
    main()
