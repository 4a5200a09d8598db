"""The .tflite files of published folders are made anew; network and SavedModel stay."""

import json

import keras
import numpy as np
import pytest

from benchmarks.making import lite_again as module
from benchmarks.making.lite_again import kept, lite_again, seen, timed
from tfvgan.export import Parity, export_model
from tfvgan.networks import CutFinder, RestorerGenerator
from tfvgan.sums import check_sums, write_sums
from tfvgan.tasks import Restorer
from tfvgan.tasks.analysis import Finder

CARD = "# find_x\n\n## Files\n\nold tables\n\nDifferences are from the Keras model.\n\n## Use it\n"


def built(network):
    keras.utils.set_random_seed(0)
    network.build()
    return network


@pytest.mark.slow
def test_files_are_made_anew_and_the_rest_stays(tmp_path):
    folder = tmp_path / "find_x"
    folder.mkdir()
    finder = Finder(built(CutFinder(width=8)))
    finder.save(folder / "generator.keras")
    export_model(finder, folder, {"score": ["float32", "dynamic"]})
    (folder / "README.md").write_text(CARD)
    write_sums(folder)
    parity = folder / "1" / "parity.json"
    kept = {
        name: (folder / name).read_bytes()
        for name in ("generator.keras", "1/saved_model.pb", "1/score-float32.tflite")
    }
    old = json.loads(parity.read_text())
    old["allowed"] |= {"float16": {"mean_difference": -1.0}, "int8": {"mean_difference": 9.0}}
    parity.write_text(json.dumps(old))
    exact, dynamic = kept["1/score-float32.tflite"], folder / "1" / "score-dynamic.tflite"
    dynamic.write_bytes(exact)
    write_sums(folder / "1")
    rows, left_out = lite_again(folder, ["float16"])
    assert [row.target for row in rows] == ["keras", "saved_model", "float32", "dynamic"]
    assert rows[1]._asdict() == old["rows"][1]
    times = [row["milliseconds"] for row in old["rows"]]
    assert [row.milliseconds for row in rows] == times
    assert len(left_out) == 1 and left_out[0].startswith("the float16 export of `score` may have")
    assert {name: (folder / name).read_bytes() for name in kept} == kept
    assert not (folder / "1" / "score-float16.tflite").exists()
    assert dynamic.read_bytes() != exact
    check_sums(folder)
    check_sums(folder / "1")
    card = (folder / "README.md").read_text()
    assert "old tables" not in card and "| score | dynamic |" in card
    assert f"Left out: {left_out[0]}." in card
    told = json.loads(parity.read_text())
    assert told["left_out"] == left_out and told["allowed"]["int8"] == {"lost": 0.3}
    assert told["allowed"]["float16"] == {"mean_difference": -1.0, "lost": 0.3}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["find_x"]
    told["allowed"]["float16"] = {"mean_difference": 1.0}
    told["left_out"].append("the int8 export of `score` lost much")
    parity.write_text(json.dumps(told))
    (folder / "README.md").write_text(card + "\nOpen `1/score-float32.tflite`.\n")
    write_sums(folder / "1")
    write_sums(folder)
    rows, left_out = lite_again(folder, ["float16"], ["float32"])
    assert left_out == ["the int8 export of `score` lost much"]
    assert [row.target for row in rows] == ["keras", "saved_model", "float16", "dynamic"]
    left = {path.name for path in (folder / "1").glob("*.tflite")}
    assert left == {"score-float16.tflite", "score-dynamic.tflite"}
    assert "Open `1/score-float16.tflite`." in (folder / "README.md").read_text()
    check_sums(folder / "1")


def test_something_near_stays():
    assert kept(["float32", "float16", "dynamic"], ["float32"]) == ["float16", "dynamic"]
    assert kept(["float32", "dynamic"], ["float32"]) == ["float32", "dynamic"]
    assert kept(["dynamic", "int8"], ["dynamic"]) == ["int8"]


def test_times_are_those_of_the_publication_and_new_files_have_none():
    row = Parity("float16", 0.0, 0.0, 9, 5.0, "score")
    before = [{"endpoint": "score", "target": "dynamic", "milliseconds": 7.0}]
    assert timed(row._replace(target="dynamic"), before).milliseconds == 7.0
    assert timed(row, before).milliseconds is None


def test_what_reads_frames_is_given_them_as_it_learned_to_undo(tmp_path, monkeypatch):
    grey = np.full((4, 48, 64, 3), 100, "uint8")
    monkeypatch.setattr(module, "pieces", lambda: [grey])
    monkeypatch.setattr(module, "sample_videos", lambda: ["x.mp4"])
    restorer = Restorer(built(RestorerGenerator(1, 8, 1, leveled=True)), edge=(24, 32))
    (noisy,) = seen(restorer, tmp_path, "restore_frame")
    assert noisy.shape == (4, 24, 32, 3) and noisy.std() > 1
    assert seen(Finder(built(CutFinder(width=8))), tmp_path, "score") is None
