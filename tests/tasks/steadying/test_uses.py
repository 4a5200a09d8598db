"""What a card tells one to type is what the network reads."""

import re

import numpy as np
from litert import in_place_of_litert

from tfvgan.networks import SteadierGenerator
from tfvgan.tasks import Steadier
from tfvgan.tasks.steadying.uses import steadier_uses


def test_the_camera_of_a_steadier_runs(monkeypatch, eagerly):
    """The edge block, with a function in place of LiteRT's file."""
    network = SteadierGenerator(8, 1)
    network.build()
    steadier = Steadier(network, edge=(8, 12))
    text = "\n".join(steadier_uses("models/x", steadier))
    assert "tfvgan steady original.mp4 processed.mp4 -o steady.mp4 --model models/x" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    in_place_of_litert(monkeypatch, "steady_frame", steadier)
    original, processed = np.random.default_rng(0).integers(0, 256, (2, 3, 8, 12, 3), "uint8")
    shown = []
    camera = zip(original[:, None], processed[:, None], strict=True)
    exec(loop, {"camera": camera, "show": shown.append})
    made = np.rint(127.5 * (np.stack(shown) + 1)).clip(0, 255)
    np.testing.assert_allclose(made, steadier.steady(original, processed), atol=1)
