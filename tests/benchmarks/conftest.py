"""The benchmarks are no part of what is installed: they are imported from the root."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import writing


@pytest.fixture
def written_results(monkeypatch, tmp_path):
    """A function that writes the results of a benchmark into a folder that is empty at first."""
    monkeypatch.setattr(writing, "RESULTS", tmp_path)

    def write(name, *rows, **facts):
        text = json.dumps({**facts, "rows": rows})
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")

    return write
