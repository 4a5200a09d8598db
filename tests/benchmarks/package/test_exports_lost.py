"""What files lose, of a small restorer and of frames whose PSNR is known."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.making.again import parity_of
from benchmarks.package import exports_lost
from benchmarks.sets.wide import write_film
from benchmarks.writing import loaded
from tfvgan.export import tflite
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer

SIZE = (16, 24)
ROOT = Path(__file__).resolve().parents[3]


def frames(value, count=2):
    return [np.full((1, 4, 4, 3), value, "float32")] * count


def test_psnr_is_lost_beside_the_model():
    truths = [[np.full((1, 4, 4, 3), 255, "uint8")] * 2] * 2
    keras = [frames(0.98), frames(0.98)]  # An error of 0.02 of 2: 40 dB.
    made = {"int8": [frames(0.98), frames(0.8)]}  # The second of 0.2: 20 dB.
    (row,) = exports_lost.rows_of("toy", made, keras, truths, {"int8": 3.0})
    assert row["PSNR of Keras"] == pytest.approx(40, abs=1e-3)
    assert row["PSNR"] == pytest.approx(30, abs=1e-3)
    assert row["lost"] == pytest.approx(10, abs=1e-3)
    assert row["lost at most"] == pytest.approx(20, abs=1e-3)
    (row,) = exports_lost.rows_of("toy", made, keras, None, {"int8": 3.0})
    assert row["lost"] is None and row["dB from Keras"] == pytest.approx((100 + 20.9) / 2, abs=0.1)


def test_a_file_goes_on_with_its_own_state():
    def add(frame, state):
        return {"frame": frame + state, "state": state + 1}

    run = [{"frame": 10, "state": 5}, {"frame": 20, "state": 50}]
    assert exports_lost.played(add, run) == [15, 26]


def test_clips_are_made_worse_as_the_model_expects():
    video = np.full((2, 16, 24, 3), 128, "uint8")
    video[:, :, ::2] = 96
    assert exports_lost.degraded("restore_x2_fast", video).shape == (2, 8, 12, 3)
    assert exports_lost.degraded("style_ink", video) is video
    noise = exports_lost.degraded("restore_denoise", video).astype(int) - video
    assert noise.std() == pytest.approx(25, rel=0.1)


@pytest.mark.parametrize("target", exports_lost.TARGETS)
def test_kernels_are_whole_where_it_says_so(target, monkeypatch):
    own, asked = tflite.write_parted, []

    def export(model, path, quantization, endpoint, ranges):
        asked.append((quantization, tflite.write_parted is own, ranges))

    monkeypatch.setattr("tfvgan.export.export_tflite", export)
    exports_lost.export_as(target, None, "restore_frame", "x.tflite", [1])
    quantization, parted = target.split(",")[0], target != exports_lost.WHOLE
    assert asked == [(quantization, parted, [1])] and tflite.write_parted is own


@pytest.mark.slow
def test_a_model_is_measured_by_each_file(monkeypatch):
    network, draws = RestorerGenerator(1, 8, 1, folds=1, leveled=True), np.random.default_rng(0)
    network.build()
    for weight in network.weights:  # Untrained, it returns its frames, and no file loses anything.
        weight.assign(draws.normal(0, 0.1, weight.shape))
    model = Restorer(network, edge=SIZE)
    monkeypatch.setattr(exports_lost, "SIZE", SIZE)
    monkeypatch.setattr(exports_lost, "model_at", lambda name, size: (model, "restore_frame"))
    monkeypatch.setattr(exports_lost, "TARGETS", {"float16": "float16", "dynamic": "dynamic"})
    videos = [draws.integers(0, 256, (3, *SIZE, 3), dtype="uint8") for _ in range(2)]
    half, eight = exports_lost.measure("restore_denoise", videos)
    assert half["dB from Keras"] > eight["dB from Keras"] + 10 > 30
    assert abs(half["lost"]) < 0.01 and half["PSNR of Keras"] < 40
    assert half["kB"] > eight["kB"]


def test_a_clip_fills_the_size(tmp_path):
    path = tmp_path / "x.mkv"
    write_film(path, 5, (90, 176))
    video = exports_lost.truth(path, 3)
    assert video.shape == (3, *exports_lost.SIZE, 3) and video.dtype == np.uint8


def test_the_page_quotes_what_was_measured_and_the_card():
    text = Path(ROOT, "docs", "serving.md").read_text(encoding="utf-8")
    rows = [row for row in loaded("exports_lost")["rows"] if row["file"] == "int8"]
    (row,) = (row for row in rows if row["model"] == "restore_x2_fast")
    told = (
        "restore_x2_fast comes to {PSNR of Keras:.1f} dB, and its `int8` file loses {lost:.2f} dB"
    )
    assert told.format(**row) in text
    rows = parity_of(ROOT / "saved_models" / "restore_x2_fast" / "1")["rows"]
    (lost,) = (row["lost"] for row in rows if row["target"] == "int8")
    assert f"by the {lost:.2f} dB that its card tells" in text
