"""Which codec a model is, which the package has, and what can be asked of it."""

import keras
import numpy as np
import pytest
import tiny_codec
from sounding import film

from tfvgan.coding import Reader, Writer
from tfvgan.networks import DcganGenerator, RestorerGenerator
from tfvgan.runs import compress, decompress
from tfvgan.runs import shipped as package_models
from tfvgan.runs.codec_models import load_codec, named, shipped_codec
from tfvgan.streaming import Source
from tfvgan.tasks import EnhancedCodec, LearnedCodec, Restorer
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count


def restorer():
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(1, 8, 1, folds=2, leveled=True)
    network.build()
    return Restorer(network)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with a codec of each kind."""
    (tmp_path / "tfvgan" / "runs").mkdir(parents=True)
    monkeypatch.setattr(
        package_models, "__file__", str(tmp_path / "tfvgan" / "runs" / "shipped.py")
    )
    folder = tmp_path / "saved_models"
    for name, network in (("codec_a", restorer().generator), ("codec_b", tiny_codec.generator())):
        (folder / name).mkdir(parents=True)
        network.save(folder / name / "generator.keras")
    shared(np.ones((table_count(16), 32), int)).save(folder / "codec_b" / "tables.npz")
    return folder


def test_a_learned_file_there_and_back(tmp_path, package):
    path, packed, out = film(tmp_path / "in.mkv"), tmp_path / "out.tvg", tmp_path / "back.mkv"
    assert compress(path, packed, codec="learned", quality=2) == str(packed)
    assert decompress(packed, out, codec="ffv1") == []
    frames = [[frame.rgb for frame in Source(file).frames()] for file in (path, out)]
    codec = load_codec(package / "codec_b", quality=2)
    with Reader(packed) as reader:
        size = (reader.header.height, reader.header.width)
        assert (reader.header.codec, reader.header.model) == ("learned", codec.identity[:8])
        wanted = list(codec.decode(reader.read(0).payload, reader.groups[0].frames, size))
    assert len(frames[0]) == len(frames[1]) == len(wanted)
    assert np.abs(np.subtract(frames[1], wanted, dtype=float)).mean() < 4
    with pytest.raises(ValueError, match="by the codec 'learned', which has no stream inside"):
        decompress(packed, tmp_path / "base.mp4", base_only=True)
    with pytest.raises(ValueError, match="by the codec 'learned', but is to be decoded by 'enhan"):
        decompress(packed, tmp_path / "other.mkv", package / "codec_a")
    (package / "codec_b" / "tables.npz").unlink()
    with pytest.raises(ValueError, match="no model in the package by which this was compressed"):
        decompress(packed, tmp_path / "other.mkv")


def test_damaged_groups_of_a_learned_file_are_left_out(tmp_path, package):
    """Groups that are whole as records, but no codec's: each is a sentence, the rest is there."""
    path, packed, draws = film(tmp_path / "in.mkv"), tmp_path / "out.tvg", np.random.default_rng(0)
    compress(path, packed, codec="learned", longest=5)
    bad = tmp_path / "bad.tvg"
    with Reader(packed) as reader, Writer(bad, reader.header) as writer:
        groups = [reader.read(number) for number in range(2)]
        writer.write_group(groups[0].times, groups[0].payload)
        writer.write_group(groups[1].times, b"\xff" + draws.bytes(80))
    said, whole = decompress(bad, tmp_path / "back.mkv")
    assert "should begin with its quality" in said
    assert "5 frames are whole, of 10" in whole
    assert len(list(Source(str(tmp_path / "back.mkv")).frames())) == 5


def test_the_package_is_asked_by_kind(package):
    assert shipped_codec() == str(package / "codec_a") == shipped_codec("enhanced", "fidelity")
    assert shipped_codec("learned") == str(package / "codec_b")
    found = load_codec(shipped_codec("learned"))
    assert named("learned", found.identity[:8]).identity == found.identity
    for name in ("enhanced", "another"):
        with pytest.raises(ValueError, match=f"compressed .{found.identity[:8].hex()}."):
            named(name, found.identity[:8])
    (package / "codec_b" / "generator.keras").unlink()
    with pytest.raises(ValueError, match="no model of the learned codec in the package"):
        shipped_codec("learned")
    with pytest.raises(ValueError, match="`codec` must be enhanced or learned, but is 'vvc'"):
        shipped_codec("vvc")


def test_a_model_is_the_codec_that_it_is(package):
    enhanced = load_codec(restorer(), bits=0.1, base="h264", prefer="fidelity", memory=5)
    assert isinstance(enhanced, EnhancedCodec)
    assert (enhanced.standard, enhanced.bits, enhanced.quality) == ("h264", 0.1, None)
    assert (enhanced.prefer, enhanced.memory) == ("fidelity", 5)
    learned = load_codec(tiny_codec.codec(bits=0.5))
    assert isinstance(learned, LearnedCodec) and (learned.quality, learned.bits) == (4, None)
    assert load_codec(package / "codec_b" / "generator.keras", memory=5).bits is None


def test_what_does_not_go_together(package, tmp_path):
    for wrong in ("base", "prefer"):
        with pytest.raises(ValueError, match=f"A learned codec knows no `{wrong}`"):
            load_codec(tiny_codec.codec(), **{wrong: "h264"})
    with pytest.raises(ValueError, match=r"no tables.npz beside this one: make it by"):
        load_codec(tiny_codec.generator())
    with pytest.raises(ValueError, match="must hold a codec's network, but holds a Dcgan"):
        load_codec(DcganGenerator(4, 4, 8))
    with pytest.raises(ValueError, match="give `codec` or `model`"):
        compress("in.mp4", tmp_path / "out.tvg", "model", codec="learned")
