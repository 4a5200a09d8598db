"""Tables counted on videos: beside the network, and better than none."""

import films
import numpy as np
import pytest
import tiny_codec
from moving import texture

from tfvgan.networks import DcganGenerator
from tfvgan.runs import load_codec, tabulate, tabulating
from tfvgan.tasks import LearnedCodec
from tfvgan.tasks.latent_tables import shared
from tfvgan.tasks.latents import table_count


def test_tables_come_to_lie_beside_the_network(tmp_path, monkeypatch):
    monkeypatch.setattr(tabulating, "SIDE", 48)
    network = tiny_codec.generator()
    network.save(tmp_path / "generator.keras")
    path = films.film(tmp_path / "film.mp4", 12, (64, 64))
    told = []
    out = tabulate(tmp_path, path, progress=lambda *done: told.append(done))
    assert out == str(tmp_path / "tables.npz") and told == [(1, 1)]
    codec, video = load_codec(tmp_path, quality=3), texture(4, 48, (1.0, 0.5))[0]
    none = shared(np.zeros((table_count(16), 32), int))
    plain = LearnedCodec(codec.generator, none, quality=3)
    payload = codec.encode(list(video), 25)
    assert len(payload) < len(plain.encode(list(video), 25))
    assert load_codec(tmp_path / "generator.keras").identity == codec.identity


def test_other_networks_have_no_tables(tmp_path):
    network = DcganGenerator(4, 4, 8)
    network.build()
    network.save(tmp_path / "generator.keras")
    with pytest.raises(ValueError, match="network of a learned codec, but holds a Sampler"):
        tabulate(tmp_path, tmp_path)
