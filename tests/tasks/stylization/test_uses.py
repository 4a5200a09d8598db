"""What a card tells one to type is what the network reads."""

import re

import numpy as np
from litert import in_place_of_litert

from tfvgan.networks import StylizerGenerator
from tfvgan.tasks import Stylizer
from tfvgan.tasks.stylization.uses import stylizer_uses


def test_the_camera_of_a_stylizer_runs(monkeypatch):
    """The edge block, with a function in place of LiteRT's file."""
    network = StylizerGenerator(8, 1)
    network.build()
    stylizer = Stylizer(network, edge=(8, 12))
    text = "\n".join(stylizer_uses("models/x", stylizer))
    assert "tfvgan stylize in.mp4 -o painted.mp4 --style models/x" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    in_place_of_litert(monkeypatch, "stylize_frame", stylizer)
    frames = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 12, 3)).astype("uint8")
    shown = []
    exec(loop, {"camera": iter(frames), "show": shown.append})
    assert [frame.shape for frame in shown] == [(8, 12, 3)] * 4, "as many as there were"
