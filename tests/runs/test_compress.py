"""Videos compressed by a model of one's own, or by the package's, which the file names."""

from fractions import Fraction

import numpy as np
import pytest
from packaged import frames, model, package_of
from sounding import film

from tfvgan.coding import Header, Reader, Writer
from tfvgan.runs import compress, decompress
from tfvgan.tasks import EnhancedCodec


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two codecs."""
    return package_of({"codec_a": model(0), "codec_b": model(1)}, tmp_path, monkeypatch)


def test_there_and_back_by_the_model_that_the_file_names(tmp_path, package):
    path, packed = film(tmp_path / "in.mkv"), str(tmp_path / "out.tvg")
    assert compress(path, packed, model(1), quality=8) == packed
    out = tmp_path / "back.mkv"
    assert decompress(packed, out, codec="ffv1") == []
    assert np.abs(frames(out) - frames(path)).mean() < 12
    base = tmp_path / "base.mp4"
    assert decompress(packed, base, base_only=True) == []
    assert len(frames(base)) == 10
    compress(path, packed, bits=0.5, base="h264", prefer="fidelity", overwrite=True)
    with pytest.raises(ValueError, match="was compressed by the model"):
        decompress(packed, tmp_path / "other.mkv", model(1))


@pytest.mark.parametrize("aspect", [Fraction(1), Fraction(50), Fraction(1, 50)])
def test_frames_that_would_fill_the_memory_are_refused_before_any_is_made(tmp_path, aspect):
    """Six of a frame of 64x48 are there at once, of pixels that are made square."""
    packed, out = tmp_path / "x.tvg", tmp_path / "x.mkv"
    header = Header("nobody", bytes(8), 64, 48, Fraction(1, 25), pixel_aspect=aspect)
    with Writer(packed, header) as writer:
        writer.write_group([0], b"x")
    taken = 6 * 3 * 64 * 48 / 1e6 * max(aspect, 1 / aspect)
    with pytest.raises(ValueError, match="of 64x48 pixels .* may be taken: .* give more `memory`"):
        decompress(packed, out, memory=0.99 * taken)
    with pytest.raises(ValueError, match="There is no model in the package by which this was"):
        decompress(packed, out, memory=1.01 * taken)


def test_half_the_size_comes_back_whole(tmp_path, package):
    path, packed = film(tmp_path / "in.mkv"), str(tmp_path / "out.tvg")
    compress(path, packed, model(1), quality=8, size="half")
    assert decompress(packed, tmp_path / "back.mkv", codec="ffv1") == []
    base = tmp_path / "base.mp4"
    assert decompress(packed, base, base_only=True) == []
    assert frames(tmp_path / "back.mkv").shape == frames(path).shape
    assert len(frames(base)) == len(frames(path))


def test_where_there_is_no_model(tmp_path, package):
    path, packed = film(tmp_path / "in.mkv"), str(tmp_path / "out.tvg")
    compress(path, packed, model(2))
    with pytest.raises(ValueError, match="no model in the package by which this was compressed"):
        decompress(packed, tmp_path / "back.mkv")
    for name in ("codec_a", "codec_b"):
        (package / name / "generator.keras").unlink()
    with pytest.raises(ValueError, match=r"no model in the package: give the `model` \(--model\)"):
        compress(path, tmp_path / "new.tvg")


@pytest.mark.parametrize("ending", [".mp4", ".MKV", ".webm"])
def test_what_is_compressed_is_not_named_as_what_plays(tmp_path, ending):
    with pytest.raises(ValueError, match=r"which no player takes.*name it `.*/out\.tvg`"):
        compress(tmp_path / "in.mkv", tmp_path / f"out{ending}")
    assert list(tmp_path.iterdir()) == []


def test_the_base_layer_is_not_encoded_anew(tmp_path):
    with pytest.raises(ValueError, match="is copied as it is, in one go: leave `codec`"):
        decompress("in.tvg", tmp_path / "out.mp4", base_only=True, codec="ffv1")


def test_what_is_preferred_chooses_the_model_of_the_package(tmp_path, package):
    path, found = film(tmp_path / "in.mkv"), {}
    for seed, name in enumerate(("codec_a", "codec_detail", "codec_fidelity")):
        (package / name).mkdir(exist_ok=True)
        model(seed).save(package / name / "generator.keras")
    for prefer in ("detail", "fidelity"):
        packed = compress(path, tmp_path / f"{prefer}.tvg", prefer=prefer)
        with Reader(packed) as reader:
            found[prefer] = reader.header.model
    wanted = [EnhancedCodec(model(seed).generator, quality=4).identity[:8] for seed in (1, 2)]
    assert list(found.values()) == wanted
    with pytest.raises(ValueError, match="`prefer` must be detail or fidelity, but is 'speed'"):
        compress(path, tmp_path / "x.tvg", prefer="speed")
