"""The examples of a card run."""

import ast

import numpy as np
from litert import in_place_of_litert

from tfvgan.networks import CutFinder
from tfvgan.tasks.analysis.finder import ON_EDGE, THUMBNAIL, Finder
from tfvgan.tasks.analysis.uses import finder_uses


def blocks():
    return [text for text in finder_uses("models/x") if text.startswith("```python")]


def test_the_examples_name_the_folder_and_are_python():
    assert "tfvgan analyze in.mp4 -o report --model models/x" in finder_uses("models/x")[1]
    for block in blocks():
        ast.parse(block.strip("`").removeprefix("python"))


def test_the_example_for_edge_devices_runs(monkeypatch, capsys, eagerly):
    in_place_of_litert(monkeypatch, "score", Finder(CutFinder(8)))
    thumbnails = np.zeros((1, ON_EDGE, *THUMBNAIL, 3), np.uint8)
    shown = []
    names = {"thumbnails": thumbnails, "show": shown.append}
    exec(blocks()[1].strip("`").removeprefix("python"), names)
    assert np.shape(shown) == (1, ON_EDGE)
    assert capsys.readouterr().out.startswith("[")
