"""What a published learned codec shows and says, and that it compresses where it lies."""

import sys

import films
import numpy as np
import pytest
import tiny_codec
from moving import texture

from tfvgan.runs import load_codec, publish
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count

MODULE = sys.modules["tfvgan.runs.publish"]
SAID = {"data": "moving shapes", "licence": "CC0"}


@pytest.fixture
def run(tmp_path):
    (tmp_path / "run").mkdir()
    tiny_codec.generator().save(tmp_path / "run" / "generator.keras")
    shared(np.ones((table_count(16), 32), int)).save(tmp_path / "run" / "tables.npz")
    return tmp_path / "run"


@pytest.fixture(params=["without exports", pytest.param("whole", marks=pytest.mark.slow)])
def light(request):
    """Leaves out what takes as long as all else."""
    if request.param != "whole":
        request.getfixturevalue("exported")
        request.getfixturevalue("eagerly")


def test_a_folder_compresses_and_says_what_it_is(run, light, tmp_path):
    (run / "tables-0123456789abcdef.npz").write_bytes(b"of files from before")
    out, path = tmp_path / "models" / "codec_x", films.film(tmp_path / "x.mp4", 4, (64, 64))
    assert publish(run, out, example=path, edge=(30, 48), **SAID) == str(out)
    card, codec = (out / "README.md").read_text(), load_codec(out, quality=4)
    assert codec.identity == load_codec(run, quality=4).identity
    assert f"| Model in a .tvg header | `{codec.identity[:8].hex()}` |" in card
    assert " at quality 2, " in card and "(qualities.png)" in card
    assert "for films of 48x32 or a few rows and columns less" in card
    assert "tfvgan decompress out.tvg -o back.mp4 --model models/codec_x" in card
    assert [file.name for file in (out / "1").glob("*.tflite")] == ["synthesize-float32.tflite"]
    assert (out / "tables-0123456789abcdef.npz").read_bytes() == b"of files from before"
    assert len(codec.encode(list(texture(2, 32, (1.0, 0.5))[0]), 25)) > 4


def test_what_can_not_be_published(run, tmp_path, monkeypatch):
    monkeypatch.setattr(MODULE, "loaded", lambda run: tiny_codec.generator())
    with pytest.raises(ValueError, match="name a good one as `example`"):
        publish(run, tmp_path / "out", **SAID)
    with pytest.raises(ValueError, match="`sharpness` is for generators, and this is a codec"):
        publish(run, tmp_path / "out", sharpness=2.0, example="x.mp4", **SAID)
    (run / "tables.npz").unlink()
    with pytest.raises(ValueError, match=r"no tables.npz beside this one"):
        publish(run, tmp_path / "out", example="x.mp4", **SAID)
    assert not (tmp_path / "out").exists()
