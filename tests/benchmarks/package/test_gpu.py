"""The script for machines with a GPU: known to run by what it does on a CPU."""

import json
import sys

import pytest

from benchmarks import report
from benchmarks.package import gpu
from benchmarks.report import stacked
from tfvgan import doctor


@pytest.fixture
def devices(monkeypatch, tmp_path):
    """The devices that the doctor finds."""
    found = ["CPU: one"]
    monkeypatch.setattr(doctor, "report", lambda: {"devices": found, "advice": []})
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    return found


def asked(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["gpu.py", *words])
    gpu.main()


def test_without_a_gpu_it_ends_in_a_sentence(devices, monkeypatch, tmp_path):
    with pytest.raises(SystemExit, match="sees no GPU: run `tfvgan doctor`"):
        asked(monkeypatch)
    assert not list(tmp_path.iterdir())


def test_all_is_tried_and_what_fails_is_named(devices, monkeypatch, tmp_path, capsys):
    def steps(preset, precision, xla, arguments):
        if xla:
            raise RuntimeError("no such kernel\nand more")
        return {"first s": 1.5, "median ms": 20.0}

    monkeypatch.setattr(gpu, "steps", steps)
    monkeypatch.setattr(gpu, "restoring", lambda arguments: {"frames/s": 30.0, "difference": 1})
    devices.append("GPU: made up")
    asked(monkeypatch, "--rounds", "3")
    written = json.loads((tmp_path / f"{stacked('gpu')}.json").read_text())
    assert "On GPU: made up" in written["claim"] and written["doctor"]["devices"] == devices
    tried = {(line["what"], line["precision"], line["XLA"]): line for line in written["rows"]}
    assert len(tried) == len(written["rows"]) == 3 * 2 * 2 + 1
    assert tried["vgan", "mixed_float16", True]["failed"] == "RuntimeError: no such kernel"
    assert tried["dcgan", "float32", False]["median ms"] == 20.0
    assert tried["restorer", "float32", False]["difference"] == 1
    assert "no such kernel" in capsys.readouterr().out


@pytest.mark.slow
def test_it_runs_on_a_cpu_and_writes_nothing(devices, monkeypatch, tmp_path, capsys):
    """XLA is too slow to compile here."""
    real = gpu.steps
    monkeypatch.setattr(
        gpu, "steps", lambda preset, precision, xla, how: real(preset, precision, False, how)
    )
    small = {"rounds": 1, "batch": 2, "frames": 4, "size": 8, "width": 8, "restored": 18}
    asked(monkeypatch, "--allow-cpu", *(f"--{name}={value}" for name, value in small.items()))
    said = capsys.readouterr().out
    assert said.count("'failed': None") == 3 * 2 * 2 + 1, said
    assert "| restorer" in said and not list(tmp_path.iterdir())
