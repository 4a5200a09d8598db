"""Where the time of a training step of the preset "continuous" goes, by TensorFlow's profiler.

The profiler notes every operation with the thread that ran it. The rows add them up, by player,
layer and direction; what is of no player is optimizers, losses, the average and the draws. Threads
work side by side, so that the sum is more than a step takes: the shares are what to read.

    python benchmarks/generation/profile.py [--turns 3]
"""

import argparse
import collections
import re
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import keras
import tensorflow as tf

from benchmarks.generation.step import FRAMES, SIZE, turns
from benchmarks.report import report
from tfvgan import VideoGAN

SHOWN = 24
PLAYER = re.compile(r"/continuous_(generator|discriminator)(?:_\d+)?/(?:backdrop(?:_\d+)?/)?(\w+)")
NUMBER = re.compile(r"_\d+$")


def operations(folder):
    """Yields the name and the seconds of every operation in a profile, `path/of/it:Kind`."""
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    (path,) = Path(folder).rglob("*.xplane.pb")
    space = xplane_pb2.XSpace.FromString(path.read_bytes())
    for plane in space.planes:
        for line in plane.lines:
            for event in line.events:
                name = plane.event_metadata[event.metadata_id].name
                if name.startswith("StatefulPartitionedCall") and ":" in name:
                    yield name, 1e-12 * event.duration_ps


def part(name, layers):
    """Returns player, layer and direction of an operation.

    Args:
        name: of the operation.
        layers: dict player -> dict, names of its layers -> how its class calls them.
    """
    direction = "back" if "gradient_tape/" in name else "forth"
    if not (match := PLAYER.search(name)):
        return "neither", name.rsplit(":", 1)[1], direction
    player, layer = match.groups()
    layer = NUMBER.sub("", layer)  # One more is added by every scope that it is called in.
    return player, layers[player].get(layer, layer), direction


def called(network, prefix=""):
    """Returns the names of a network's layers, and how its class calls them, after a prefix."""
    names = {}
    for attribute, value in vars(network).items():
        several = list(value) if isinstance(value, (list, tuple)) else [value]
        for n, layer in enumerate(several):
            if isinstance(layer, keras.layers.Layer):
                place = f"[{n}]" if len(several) > 1 else ""
                names[layer.name] = f"{prefix}{attribute}{place}"
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--turns",
        type=int,
        default=3,
        help="how many turns; each runs from one penalty to the next",
    )
    arguments = parser.parse_args()
    model = VideoGAN.from_preset("continuous", FRAMES, SIZE)
    layers = {
        "generator": called(model.generator) | called(model.generator.backdrop, "backdrop."),
        "discriminator": called(model.discriminator),
    }
    every = model.penalties[0].every
    turn = turns(model, every)
    turn()  # Traces.
    with tempfile.TemporaryDirectory() as folder:
        with tf.profiler.experimental.Profile(folder):
            for _ in range(arguments.turns):
                turn()
        spent, count = collections.Counter(), collections.Counter()
        for name, seconds in operations(folder):
            spent[part(name, layers)] += seconds
            count[part(name, layers)] += 1
    steps = arguments.turns * every
    whole = sum(spent.values())
    players = collections.Counter()
    for (player, _, direction), seconds in spent.items():
        players[f"{player}, {direction}"] += seconds / whole
    report(
        "generation_profile",
        'Where the time of a training step of "continuous" goes, of all threads together.',
        [
            {
                **dict(zip(("player", "layer", "direction"), key)),
                "operations a step": count[key] / steps,
                "ms a step": 1e3 * seconds / steps,
                "share": seconds / whole,
            }
            for key, seconds in spent.most_common(SHOWN)
        ],
        ms_a_step_of_all_threads=1e3 * whole / steps,
        shares=dict(players.most_common()),
    )


if __name__ == "__main__":
    main()
