import os
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from tfvgan.export import export_tflite, run_tflite
from tfvgan.export.tflite import QUANTIZATIONS, convert

QUICK = ("float32", "int8")


def floats(model, **inputs):
    return model.average(model.average.pack(**inputs), training=False).numpy()


@pytest.mark.parametrize(
    ("quantization", "allowed"),
    [("float32", 1e-4), ("float16", 0.01), ("dynamic", 0.05), ("int8", 0.1)],
)
def test_a_file_gives_the_models_video(vgan, tmp_path, quantization, allowed):
    path = tmp_path / "generate.tflite"
    assert export_tflite(vgan, path, quantization) == str(path)
    latents = np.random.default_rng(0).normal(size=(3, 100)).astype("float32")
    video = run_tflite(path, {"latents": latents})["video"]
    expected = floats(vgan, latents=latents)
    assert video.shape == expected.shape and video.dtype == np.float32
    assert expected.std() > 0.2, "without contrast nothing is compared"
    assert np.abs(video - expected).max() <= allowed
    assert os.listdir(tmp_path) == ["generate.tflite"]


@pytest.fixture(scope="module")
def own(vgan, tmp_path_factory):
    """A file of whole numbers, whose ranges were measured on the model's own examples."""
    return export_tflite(vgan, tmp_path_factory.mktemp("own") / "own.tflite", "int8")


def test_converting_and_running_say_nothing(vgan, tmp_path, capfd):
    path = export_tflite(vgan, tmp_path / "generate.tflite", "int8")
    run_tflite(path, {"latents": np.zeros((1, 100), "float32")})
    os.write(2, b"the end\n")
    assert capfd.readouterr().err == "the end\n"


# Videos without labels are made by files of all four.
@pytest.mark.parametrize(
    "quantization",
    [
        name if name in QUICK else pytest.param(name, marks=pytest.mark.slow)
        for name in QUANTIZATIONS
    ],
)
def test_a_file_reads_labels(labelled_dcgan, tmp_path, quantization):
    path = export_tflite(labelled_dcgan, tmp_path / "generate.tflite", quantization)
    latents = np.random.default_rng(0).normal(size=(3, 100)).astype("float32")
    inputs = {"latents": latents, "label": np.array([2, 0, 1], "int32")}
    video = run_tflite(path, inputs, threads=1)["video"]
    expected = floats(labelled_dcgan, **inputs)
    assert expected.std() > 0.1
    assert np.abs(video - expected).mean() <= {"float32": 1e-5, "float16": 1e-3}.get(
        quantization, 0.05
    )


def test_every_convolution_of_an_int8_file_is_in_int8(own):
    details = Interpreter(str(own)).get_tensor_details()
    wide = [
        detail["name"]
        for detail in details
        if detail["dtype"] == np.float32 and np.prod(detail["shape"]) > 4 * 8 * 8 * 3
    ]
    assert not wide


def test_ranges_are_measured_on_what_is_given(vgan, own, tmp_path):
    latents = np.random.default_rng(0).normal(size=(4, 1, 100)).astype("float32")
    given = [{"latents": 0.01 * x} for x in latents]
    path = export_tflite(vgan, tmp_path / "narrow.tflite", "int8", representative=given)
    expected = floats(vgan, latents=latents[0])
    errors = [
        np.abs(run_tflite(file, {"latents": latents[0]})["video"] - expected).mean()
        for file in (path, own)
    ]
    assert errors[0] > 2 * errors[1]


def test_unknown_names_are_refused_in_a_sentence(vgan, tmp_path):
    with pytest.raises(ValueError, match="one of float32, float16, dynamic, int8, but is 'int4'"):
        export_tflite(vgan, tmp_path / "x.tflite", "int4")
    with pytest.raises(ValueError, match=r"\(generate of this model\), but is 'sample'"):
        export_tflite(vgan, tmp_path / "x.tflite", endpoint="sample")
    assert os.listdir(tmp_path) == []


def test_what_the_converter_refuses_is_told_in_a_sentence(tmp_path, monkeypatch):
    def refuse(*args, **settings):
        raise RuntimeError("Failed: error: 'pool' has two scales.\nAnd more.")

    converter = SimpleNamespace(convert=refuse, target_spec=SimpleNamespace())
    monkeypatch.setattr(
        tf.lite.TFLiteConverter, "from_saved_model", lambda *args, **settings: converter
    )
    with pytest.raises(ValueError, match="write `play` as int8: 'pool' has two scales. Export it"):
        convert(tmp_path, "play", "int8", [])
    with pytest.raises(RuntimeError, match="And more"):
        convert(tmp_path, "play", "float32", [])


def test_other_inputs_are_refused_in_a_sentence(own):
    with pytest.raises(ValueError, match=r"reads \['latents'\], but was given \['noise'\]"):
        run_tflite(own, {"noise": np.zeros((1, 16), "float32")})
