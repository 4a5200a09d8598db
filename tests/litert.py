"""LiteRT's interpreter, without its files."""

import numpy as np


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
