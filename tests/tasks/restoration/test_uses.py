"""What a card tells one to type is what the network reads."""

import re

import numpy as np
import pytest
from litert import in_place_of_litert

from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.uses import restorer_uses


@pytest.mark.parametrize("told", [{}, {"masked": True, "leveled": True}])
def test_the_camera_of_a_restorer_runs(told, monkeypatch):
    """The edge block, with a function in place of LiteRT's file."""
    network = RestorerGenerator(2, 8, 1, **told)
    network.build()
    restorer = Restorer(network, edge=(8, 12))
    text = "\n".join(restorer_uses("models/x", restorer))
    assert "tfvgan restore old.mp4 -o new.mp4 --model models/x" in text
    assert "restored to (t, 2 h, 2 w, 3)" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    in_place_of_litert(monkeypatch, "restore_frame", restorer)
    frames = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 12, 3)).astype("uint8")
    shown = []
    exec(loop, {"camera": iter(frames), "show": shown.append})
    assert [frame.shape for frame in shown] == [(16, 24, 3)] * 4, "as many as there were"
