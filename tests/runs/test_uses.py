"""What a card tells one to type is what the network reads."""

import re

import numpy as np
import pytest

from tfvgan.networks import ContinuousGenerator, DcganGenerator, RestorerGenerator
from tfvgan.runs.uses import restorer_uses, sampler_uses
from tfvgan.tasks import Restorer


@pytest.mark.parametrize("network", [ContinuousGenerator, DcganGenerator])
def test_the_examples_name_what_the_network_reads(network):
    text = "\n".join(sampler_uses("models/x", network(8, 4, 8, width=8, num_classes=2)))
    assert 'Sampler.load("models/x/generator.keras")' in text and "MODEL_NAME=x" in text
    assert ("moment-float32" in text) == (network is ContinuousGenerator)
    assert "label=np.array([0]" in text and "(1, 8)" in text


@pytest.mark.parametrize("told", [{}, {"masked": True, "leveled": True}])
def test_the_camera_of_a_restorer_runs(told, tmp_path, monkeypatch):
    """The edge block, with a function in place of LiteRT's file."""
    network = RestorerGenerator(2, 8, 1, **told)
    network.build()
    restorer = Restorer(network, edge=(8, 12))
    text = "\n".join(restorer_uses("models/x", restorer))
    assert "tfvgan restore old.mp4 -o new.mp4 --model models/x" in text
    assert "becomes (t, 2 h, 2 w, 3)" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    edge = restorer.endpoints()["restore_frame"].edge

    class Interpreter:
        def __init__(self, path):
            assert path == "models/x/1/restore_frame-float32.tflite"

        def get_signature_runner(self):
            return lambda **named: {
                name: np.asarray(value)
                for name, value in edge.function(*(named[s.name] for s in edge.signature)).items()
            }

    monkeypatch.setattr("ai_edge_litert.interpreter.Interpreter", Interpreter)
    frames = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 12, 3)).astype("uint8")
    shown = []
    exec(loop, {"camera": iter(frames), "show": shown.append})
    assert [frame.shape for frame in shown] == [(16, 24, 3)] * 3
