"""What a card tells one to type is what the network reads."""

import re
from fractions import Fraction

import numpy as np
import pytest
import tiny_codec
from moving import texture

from tfvgan.coding import Header, Writer
from tfvgan.networks import ContinuousGenerator, DcganGenerator, RestorerGenerator
from tfvgan.runs.uses import codec_uses, learned_uses, restorer_uses, sampler_uses
from tfvgan.tasks import Enhancer, LearnedCodec, Restorer
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count
from tfvgan.tasks.compression.synthesis import Synthesis


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
    assert [frame.shape for frame in shown] == [(16, 24, 3)] * 4, "as many as there were"


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


def test_the_reader_of_a_learned_codec_runs(monkeypatch, tmp_path):
    video, tables = (
        texture(3, 48, (1.5, 0.5))[0][:, :30, :44],
        shared(np.ones((table_count(16), 32), int)),
    )
    (tmp_path / "models" / "x").mkdir(parents=True)
    tables.save(tmp_path / "models" / "x" / "tables.npz")
    monkeypatch.chdir(tmp_path)
    codec = LearnedCodec(tiny_codec.generator(), tables, quality=5)
    with Writer("out.tvg", Header("learned", bytes(8), 44, 30, Fraction(1, 25))) as writer:
        for start in (0, 10):
            writer.write_group([start, start + 1, start + 2], codec.encode(list(video), 25))
    synthesis = Synthesis(codec.generator, edge=(32, 48))
    text = "\n".join(learned_uses("models/x", synthesis))
    assert "decompress out.tvg -o back.mp4 --model models/x" in text and "base-only" not in text
    in_place_of_litert(monkeypatch, "synthesize", synthesis)
    shown = []
    exec(re.findall(r"```python\n(.*?)```", text, re.S)[1], {"show": shown.append})
    payload = codec.encode(list(video), 25)
    for frame, wanted in zip(shown, 2 * list(codec.decode(payload, 3, (30, 44))), strict=True):
        far = np.abs(np.rint(np.clip(127.5 * (frame + 1), 0, 255)) - wanted)
        assert far.max() <= 2
