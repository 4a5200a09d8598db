"""Results of both stacks lie side by side, and PyTorch may be missing beside either."""

import importlib.metadata
import importlib.util
import json

import pytest

from benchmarks import report, writing
from benchmarks.metrics import figures as metrics
from benchmarks.training import figures as training

ALONE = {"ratio": None, "ratio to the faster": None}


@pytest.fixture
def newest(monkeypatch, tmp_path):
    """Results of three scripts on the newest stack beside the others, without PyTorch."""
    for path in writing.RESULTS.glob("*.json"):
        found = json.loads(path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(json.dumps(found), encoding="utf-8")
        if path.stem in ("training_step", "generation_step", "fvd_speed"):
            (row, *_) = found["rows"]
            row = {key: value for key, value in row.items() if "torch" not in key} | ALONE
            found["rows"] = [row | {"tfvgan ms": 777.0, "tfvgan s": 888.0}]
            found["versions"]["tensorflow"] = "2.21.0"
            (tmp_path / f"{path.stem}_newest.json").write_text(json.dumps(found), encoding="utf-8")
    monkeypatch.setattr(writing, "RESULTS", tmp_path)


@pytest.mark.parametrize(
    ("tensorflow", "name"),
    [("2.17.1", "step"), ("2.18.0", "step_newest"), ("2.21.0", "step_newest")],
)
def test_results_are_named_after_the_stack(tensorflow, name, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(importlib.metadata, "version", lambda package: tensorflow)
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    report.report("step", "A claim.", [{"ms": 1.0}])
    (written,) = tmp_path.iterdir()
    assert written.name == f"{name}.json" and written.name in capsys.readouterr().out
    assert json.loads(written.read_text())["versions"]["tensorflow"] == tensorflow


def test_ratios_are_to_pytorch_and_to_its_faster_layout():
    seconds = {"tfvgan": 3.0, "torch": 6.0, "torch channels_last": 4.0}
    assert report.ratios(seconds) == {"ratio": 0.5, "ratio to the faster": 0.75}
    assert report.ratios({"tfvgan": 3.0}) == ALONE


def test_where_there_is_no_pytorch_it_is_said(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not report.torch_is_there()
    assert capsys.readouterr().out == "left out, for want of torch: PyTorch's side\n"


def test_the_page_shows_both_stacks(newest):
    text = training.section()
    assert "| continuous | 2.17 | " in text
    assert "| continuous | 2.21 | 777 | - | - | - | " in text
    assert "(results/training_step_newest.json)" in text
    assert "(results/generation_step_newest.json)" in text
    assert not [aim for aim in training.aims() if "2.21" in aim.of]
    text = metrics.section()
    assert " On TensorFlow 2.21 tfvgan takes 888 s." in text.replace("\n", " ")
    assert "(results/fvd_speed_newest.json)" in text


def test_the_page_shows_what_is_there():
    assert [writing.on_stacks(name) for name in ("edge", "none")] == [["edge"], []]
