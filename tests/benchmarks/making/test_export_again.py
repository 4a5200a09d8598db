"""Published folders are exported anew: what is served stays, or is what rounded weights give."""

import json
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from benchmarks.making.export_again import (
    ROUNDED,
    edge_of,
    export_again,
    halve,
    kinds_of,
    say_rounded,
)
from tfvgan.export import export_model
from tfvgan.networks import CutFinder
from tfvgan.sums import check_sums, write_sums
from tfvgan.tasks.analysis import Finder

CARD = "# find_x\n\n## Files\n\nold tables\n\nDifferences are from the Keras model.\n\n## Use it\n"


def published(folder):
    """Writes a tiny finder as it is published."""
    keras.utils.set_random_seed(0)
    network = CutFinder(width=8)
    network.build()
    finder = Finder(network)
    finder.save(folder / "generator.keras")
    export_model(finder, folder, {"score": ["dynamic"]})
    (folder / "README.md").write_text(CARD)
    write_sums(folder)
    return network


@pytest.mark.slow
def test_rounded_weights_are_served_and_told(tmp_path):
    folder = tmp_path / "find_x"
    folder.mkdir()
    network = published(folder)
    size = (folder / "generator.keras").stat().st_size
    assert kinds_of(folder / "1") == {"score": ["dynamic"]} and edge_of(folder / "1") is None
    assert 0 < export_again(folder, half=True) < 0.01
    assert (folder / "generator.keras").stat().st_size < 0.9 * size
    rounded = keras.models.load_model(folder / "generator.keras").get_weights()
    for old, new in zip(network.get_weights(), rounded, strict=True):
        np.testing.assert_array_equal(new, old.astype("float16").astype("float32"))
    check_sums(folder)
    check_sums(folder / "1")
    rows = json.loads((folder / "1" / "parity.json").read_text())["rows"]
    assert [row["target"] for row in rows] == ["keras", "saved_model", "dynamic"]
    card = (folder / "README.md").read_text()
    assert card.count(ROUNDED) == 1
    assert "old tables" not in card and "| `generator.keras` |" in card and "| score |" in card
    assert "agreement with the Keras model" in card
    assert sorted(path.name for path in tmp_path.iterdir()) == ["find_x"]
    assert export_again(folder) == 0


def test_weights_of_codecs_stay(tmp_path, monkeypatch):
    from benchmarks.making import export_again as module

    monkeypatch.setattr(module, "load_keras", lambda path: None)
    monkeypatch.setattr(module, "load_model", lambda path: object.__new__(module.LearnedCodec))
    with pytest.raises(ValueError, match="is a codec"):
        halve(tmp_path)


def test_files_of_32_bits_become_files_of_16_where_weights_have_no_more(tmp_path):
    for kind in ("float32", "dynamic"):
        (tmp_path / f"embed-{kind}.tflite").touch()
    assert kinds_of(tmp_path) == {"embed": ["float32", "dynamic"]}
    assert kinds_of(tmp_path, half=True) == {"embed": ["float16", "dynamic"]}


def test_a_card_says_once_that_weights_were_rounded_and_the_new_name(tmp_path):
    (tmp_path / "README.md").write_text("| Name | `old` |\n\n## Files\n")
    for _ in range(2):
        say_rounded(tmp_path, SimpleNamespace(name="old"), SimpleNamespace(name="new"))
    card = (tmp_path / "README.md").read_text()
    assert card.count(ROUNDED) == 1 and card.startswith("| Name | `new` |")
    assert card.index(ROUNDED) < card.index("## Files")
