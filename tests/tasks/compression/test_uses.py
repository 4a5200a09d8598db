"""What a card tells one to type is what the network reads."""

import re
from fractions import Fraction

import numpy as np
import tiny_codec
from litert import in_place_of_litert
from moving import texture

from tfvgan.coding import Header, Writer
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Enhancer, LearnedCodec
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count
from tfvgan.tasks.compression.synthesis import Synthesis
from tfvgan.tasks.compression.uses import codec_uses, learned_uses


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
