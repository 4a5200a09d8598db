import json
import os
import shutil
from pathlib import Path

import keras
import pytest

from tfvgan import Sampler, VideoGAN
from tfvgan.export import Parity, bundle, export_model
from tfvgan.export.saved_model import write_served
from tfvgan.networks import ContinuousGenerator


@pytest.fixture(scope="module")
def served(vgan, tmp_path_factory):
    """The SavedModel of `vgan`."""
    folder = tmp_path_factory.mktemp("served")
    write_served(vgan.endpoints(), folder)
    return folder


@pytest.fixture
def copied(served, monkeypatch):
    """Has `export_model` copy that SavedModel, which takes most of the time that it takes."""

    def copy(endpoints, folder):
        shutil.copytree(served, folder, dirs_exist_ok=True)

    monkeypatch.setattr("tfvgan.export.bundle.write_served", copy)


def test_everything_is_in_one_version(vgan, tmp_path, capsys):
    wanted = {"tflite": ("float32", "int8"), "allowed": {"int8": {"lost": 2.0}}}
    steps = []
    version = export_model(vgan, tmp_path, **wanted, tell=steps.append)
    assert version == str(tmp_path / "1")
    assert [step.split()[0] for step in steps] == ["writing", "writing", "writing", "comparing"]
    assert steps[0].endswith("SavedModel") and steps[2].endswith(" generate-int8.tflite")
    assert {
        "saved_model.pb",
        "variables",
        "generate-float32.tflite",
        "generate-int8.tflite",
        "parity.json",
    } <= set(os.listdir(version))
    rows = json.loads(Path(version, "parity.json").read_text())["rows"]
    assert [row["target"] for row in rows] == ["keras", "saved_model", "float32", "int8"]
    assert "| int8 |" in capsys.readouterr().out


def test_nothing_is_published_when_an_export_is_too_far_off(vgan, copied, tmp_path):
    allowed = {"float32": {"mean_difference": -1.0}}
    with pytest.raises(ValueError, match="none is published: the float32 export of `generate` may"):
        export_model(vgan, tmp_path, tflite=("float32",), allowed=allowed)
    assert os.listdir(tmp_path) == []


def test_quantised_files_that_are_too_far_off_are_left_out_and_named(
    vgan, copied, tmp_path, capsys
):
    allowed = {"dynamic": {"mean_difference": 1e-9}, "int8": {"lost": 0.01}}
    version = export_model(vgan, tmp_path, tflite=("float32", "dynamic", "int8"), allowed=allowed)
    files = [name for name in os.listdir(version) if name.endswith(".tflite")]
    assert files == ["generate-float32.tflite"]
    said = capsys.readouterr().out
    assert "Left out: the dynamic export of `generate` may have a mean_difference of 1e-09" in said
    assert "the int8 export of `generate` may lose 0.01 dB of PSNR, but loses 0." in said
    assert "`allowed` takes other limits (--allow int8=...)" in said
    parity = json.loads(Path(version, "parity.json").read_text())
    assert [row["target"] for row in parity["rows"]] == ["keras", "saved_model", "float32"]
    assert [line.split(" export")[0] for line in parity["left_out"]] == ["the dynamic", "the int8"]
    assert "--allow" not in "".join(parity["left_out"])


@pytest.mark.slow
def test_a_generator_of_moments_becomes_files_of_both(tmp_path):
    sampler = Sampler(ContinuousGenerator(8, 4, 8, motion_dim=4, width=8, num_classes=2))
    sampler.generator.build()
    version = export_model(sampler, tmp_path, dict.fromkeys(["generate", "moment"], ("float32",)))
    rows = json.loads(Path(version, "parity.json").read_text())["rows"]
    kinds = ("keras", "saved_model", "float32")
    found = [(row["endpoint"], row["target"]) for row in rows]
    assert found == [(name, kind) for name in ("generate", "moment") for kind in kinds]
    assert {"generate-float32.tflite", "moment-float32.tflite"} <= set(os.listdir(version))


def test_a_model_trained_in_float16_and_loaded_is_exported_in_float32(tmp_path):
    model = VideoGAN.from_preset("vgan", frames=2, size=8, width=4, compile=False)
    model.compile("adam", keras.optimizers.Adam(), mixed_precision="mixed_float16")
    model.save(tmp_path / "half.keras")
    export_model(keras.models.load_model(tmp_path / "half.keras"), tmp_path / "out", ("float32",))
    assert os.listdir(tmp_path / "out") == ["1"]


def test_quantised_files_are_compared_on_clips_and_exact_ones_on_examples(tmp_path, monkeypatch):
    made, compared = [], []

    def export(model, path, kind, name, ranges):
        path.touch()
        made.append((kind, ranges))

    def table(model, served, files, name, clips=None):
        compared.append((served, sorted(files), clips))
        off = {"float16": 0.5}
        rows = [Parity(kind, 0.0, off.get(kind, 0.0), 1, 1.0, name) for kind in files]
        return [Parity("keras", 0.0, 0.0, 1, 1.0, name), *rows]

    monkeypatch.setattr(bundle, "export_tflite", export)
    monkeypatch.setattr(bundle, "parity_table", table)
    monkeypatch.setattr(bundle, "edge_endpoint", lambda model, name: (name, "endpoint"))
    monkeypatch.setattr(bundle, "filmed", lambda endpoint, clips: [[clip] for clip in clips])
    kinds = ("float32", "float16", "int8")
    rows, left_out = bundle.write_tflite(None, tmp_path, "x", kinds, None, [1, 2, 3], "served")
    assert made == [(kind, [1, 3]) for kind in kinds]
    assert compared == [("served", ["float32"], None), (None, ["float16", "int8"], [2])]
    assert [row.target for row in rows] == ["keras", "float32", "int8"]
    assert [row.target for row in left_out] == ["float16"]
    assert not (tmp_path / "x-float16.tflite").exists()
    made.clear()
    bundle.write_tflite(None, tmp_path, "x", kinds, None, [1])
    assert made == [("float16", [1])]  # What is there stays.
    assert compared[2:] == [(None, ["float32"], None), (None, ["float16", "int8"], [1])]
    bundle.write_tflite(None, tmp_path, "x", ("float32", "int8"), None)
    assert compared[4:] == [(None, ["float32", "int8"], None)]
