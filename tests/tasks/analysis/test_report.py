"""The files of a report: what was found, readable by others."""

import csv
import dataclasses
import json

import pytest
from cutting import Told, shots

from tfvgan.tasks.analysis import analysed, written_report
from tfvgan.tasks.analysis.report import as_json


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return analysed(shots(tmp_path_factory.mktemp("film") / "a.mkv"), Told(10, 20))


def test_every_file_is_there(analysis, tmp_path, without_pictures):
    names = written_report(analysis, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    found = json.loads((tmp_path / "report.json").read_text())
    assert found == json.loads(json.dumps(as_json(analysis)))
    assert [each["begin"] for each in found["shots"]] == [0, 10, 20]
    assert found["transitions"][0]["kind"] == "cut" and found["frames"] == 30
    assert found["shots"][1]["seconds"] == pytest.approx([1.0, 2.0], abs=0.02)
    assert found["sound"]["loudest"] < 0 and found["video"] == "a.mkv"


def test_a_row_is_a_frame(analysis, tmp_path):
    written_report(analysis, tmp_path)
    with open(tmp_path / "frames.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30 and [int(row["shot"]) for row in rows[9:11]] == [1, 2]
    assert [float(row["cut"]) for row in rows[9:12]] == [0, 1, 0]
    assert {"time", "motion", "sharpness", "anomaly", "sound", "speech"} <= set(rows[0])


def test_what_is_unusual_says_where(analysis):
    """Shares of the picture become pixels of the film."""
    odd = dataclasses.replace(analysis, odd=[(3, 6)], places=[(0.5, 0.25, 0.125, 0.5)])
    height, width = odd.size
    (found,) = as_json(odd)["unusual"]
    box = {"x": width / 2, "y": height / 4, "w": width / 8, "h": height / 2}
    assert {name: found[name] for name in "xywh"} == {n: round(box[n]) for n in "xywh"}
    assert (found["begin"], found["end"]) == (3, 6)
    assert found["most"] == pytest.approx(odd.anomaly[3:6].max(), abs=1e-4)
