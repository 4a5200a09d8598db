"""Tables counted on videos: beside the network, and better than none."""

import sys
from fractions import Fraction

import films
import numpy as np
import pytest
import tiny_codec
from moving import texture

from tfvgan.coding import Header, Writer
from tfvgan.networks import DcganGenerator
from tfvgan.runs import codec_models, decompress, load_codec, tabulate
from tfvgan.sums import write_sums
from tfvgan.tasks import LearnedCodec
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count

MODULE = sys.modules["tfvgan.runs.tabulate"]


@pytest.mark.slow
def test_tables_come_to_lie_beside_the_network(tmp_path, monkeypatch):
    monkeypatch.setattr(MODULE, "SIDE", 48)
    network = tiny_codec.generator()
    network.save(tmp_path / "generator.keras")
    write_sums(tmp_path)
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
    assert " tables.npz\n" in (tmp_path / "SHA256SUMS").read_text()


def test_files_from_before_are_read_by_the_tables_of_their_time(tmp_path, monkeypatch):
    """Those of a model that was counted anew, whether it is named or the package's."""
    folder, packed, codecs = tmp_path / "codec_x", tmp_path / "x.tvg", []
    folder.mkdir()
    monkeypatch.setattr(codec_models, "loaded", lambda model: tiny_codec.generator())
    for bend in (1, 2):
        MODULE._keep_old(tiny_codec.generator(), folder)
        tiny_codec.tables(bend).save(folder / "tables.npz")
        codecs.append(load_codec(folder))
    names = [codec.identity[:8] for codec in codecs]
    assert names[0] != names[1] and (folder / f"tables-{names[0].hex()}.npz").is_file()
    monkeypatch.setattr(codec_models, "_folders", lambda codec: [folder])
    compressing = sys.modules["tfvgan.runs.compress"]
    monkeypatch.setattr(compressing, "decode_file", lambda made, *told, **how: made)
    for codec, name in zip(codecs, names):
        header = Header("learned", name, 48, 48, Fraction(1, 25))
        with Writer(packed, header) as writer:
            writer.write_group([0], b"")
        for model in (folder, None):
            assert decompress(packed, tmp_path / "x.mkv", model).identity == codec.identity
        packed.unlink()
    with pytest.raises(ValueError, match="no model in the package"):
        codec_models.named("learned", bytes(8))


def test_other_networks_have_no_tables(tmp_path):
    network = DcganGenerator(4, 4, 8)
    network.build()
    network.save(tmp_path / "generator.keras")
    with pytest.raises(ValueError, match="network of a learned codec, but holds a Sampler"):
        tabulate(tmp_path, tmp_path)
