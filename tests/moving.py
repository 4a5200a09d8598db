"""Textured videos whose motion is known, for the tests of what looks at motion."""

import numpy as np


def texture(frames=3, size=32, speed=(0.0, 0.0), seed=0):
    """Returns uint8 `(1, frames, size, size, 3)`: smooth waves that move `speed` (x, y) a frame."""
    random = np.random.default_rng(seed)
    y, x, t = np.meshgrid(*[np.arange(n) for n in (size, size, frames)], indexing="ij")
    x, y = x - speed[0] * t, y - speed[1] * t
    waves = random.uniform(-0.5, 0.5, (12, 2))
    phases = random.uniform(0, 2 * np.pi, (12, 3))
    angles = np.einsum("wc,cyxt->wyxt", waves, np.stack([x, y]))
    values = np.sin(angles[..., None] + phases[:, None, None, None]).sum(axis=0)
    return np.clip(127.5 + 20 * values, 0, 255).round().astype(np.uint8).transpose(2, 0, 1, 3)[None]
