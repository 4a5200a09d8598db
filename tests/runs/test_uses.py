"""What a card tells one to type is what the network reads."""

import re

import numpy as np
import pytest

from tfvgan.networks import ContinuousGenerator, DcganGenerator, RestorerGenerator
from tfvgan.runs.uses import codec_uses, restorer_uses, sampler_uses
from tfvgan.tasks import Enhancer, Restorer


@pytest.mark.parametrize("network", [ContinuousGenerator, DcganGenerator])
def test_the_examples_name_what_the_network_reads(network):
    text = "\n".join(sampler_uses("models/x", network(8, 4, 8, width=8, num_classes=2)))
    assert 'Sampler.load("models/x/generator.keras")' in text and "MODEL_NAME=x" in text
    assert ("moment-float32" in text) == (network is ContinuousGenerator)
    assert "label=np.array([0]" in text and "(1, 8)" in text


def in_place_of_litert(monkeypatch, name, model):
    """Runs an endpoint's function wherever its file is asked for."""
    edge = model.endpoints()[name].edge

    class Interpreter:
        def __init__(self, path):
            assert path == f"models/x/1/{name}-float32.tflite"

        def get_signature_runner(self):
            return lambda **named: {
                name: np.asarray(value)
                for name, value in edge.function(*(named[s.name] for s in edge.signature)).items()
            }

    monkeypatch.setattr("ai_edge_litert.interpreter.Interpreter", Interpreter)


@pytest.mark.parametrize("told", [{}, {"masked": True, "leveled": True}])
def test_the_camera_of_a_restorer_runs(told, monkeypatch):
    """The edge block, with a function in place of LiteRT's file."""
    network = RestorerGenerator(2, 8, 1, **told)
    network.build()
    restorer = Restorer(network, edge=(8, 12))
    text = "\n".join(restorer_uses("models/x", restorer))
    assert "tfvgan restore old.mp4 -o new.mp4 --model models/x" in text
    assert "becomes (t, 2 h, 2 w, 3)" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    in_place_of_litert(monkeypatch, "restore_frame", restorer)
    frames = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 12, 3)).astype("uint8")
    shown = []
    exec(loop, {"camera": iter(frames), "show": shown.append})
    assert [frame.shape for frame in shown] == [(16, 24, 3)] * 3


def test_the_player_of_a_codec_runs(monkeypatch):
    network = RestorerGenerator(1, 8, 1, leveled=True)
    network.build()
    enhancer = Enhancer(network, edge=(8, 12))
    text = "\n".join(codec_uses("models/x", enhancer))
    assert "tfvgan compress in.mp4 -o out.tvg --model models/x" in text
    in_place_of_litert(monkeypatch, "enhance", enhancer)
    group = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 12, 3)).astype("uint8")
    shown = []
    exec(re.findall(r"```python\n(.*?)```", text, re.S)[1], {"group": group, "show": shown.append})
    assert [frame.shape for frame in shown] == [(8, 12, 3)] * 4
