"""The report: a table for people, a line of JSON for each metric."""

import json
import math
import os
import threading
from pathlib import Path

import pytest

from tfvgan.evaluation.report import Report, Score, readable


def report(*scores, missing=(), picture=lambda title, path: Path(path).touch()):
    return Report("real against generated", list(scores), dict(missing), 0.95, picture)


FVD = Score(
    "fvd", "fvd_i3d_16f", 123.456, 100.0, 150.5, better="lower", meaning="distance",
    protocol={"frames": 16}, seconds=1.23456, warnings=["Too few."],
)  # fmt: skip
MOTION = Score("motion", "motion", 2.5, real=3.25, unit="levels", better="like real")


def test_the_table_has_a_line_a_metric_and_lists_names_warnings_and_what_is_missing():
    text = str(
        report(FVD, MOTION, missing={"lpips": "fetch lpips-alex.", "tlp": "fetch lpips-alex."})
    )
    lines = text.splitlines()
    assert lines[2].split() == ["value", "95%", "interval", "real", "better", "what", "it", "is"]
    assert lines[3].split() == ["fvd", "123.5", "100.0", "...", "150.5", "lower", "distance"]
    assert lines[4].split() == ["motion", "2.500", "levels", "3.250", "like", "real"]
    assert "  fvd_i3d_16f" in lines and "  fvd: Too few." in lines
    assert "  lpips, tlp: fetch lpips-alex." in lines


def test_columns_that_nobody_fills_are_left_out():
    assert "real" not in str(report(FVD)).splitlines()[2]
    assert "interval" not in str(report(MOTION)).splitlines()[2]


def test_a_line_of_json_holds_all_that_decides_the_figure(tmp_path):
    paths = report(FVD, MOTION).write(tmp_path / "new" / "out")
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == [
        "evaluation.png",
        "metrics.jsonl",
    ]
    fvd, motion = (json.loads(line) for line in Path(paths[0]).read_text().splitlines())
    assert (fvd["name"], fvd["value"], fvd["interval"]) == ("fvd_i3d_16f", 123.456, [100.0, 150.5])
    assert fvd["protocol"] == {"frames": 16} and fvd["seconds"] == 1.235
    assert fvd["warnings"] == ["Too few."] and fvd["level"] == 0.95
    assert {"tfvgan", "tensorflow", "python"} <= set(fvd["versions"])
    assert (motion["real"], motion["interval"], motion["unit"]) == (3.25, None, "levels")


def test_what_is_no_number_becomes_null(tmp_path):
    path, _ = report(Score("psnr", "psnr", math.inf, math.nan, 1.0)).write(tmp_path)
    line = json.loads(Path(path).read_text(), parse_constant=pytest.fail)
    assert line["value"] is None and line["interval"] == [None, 1.0]


def test_two_that_are_written_at_once_are_so_one_after_the_other(tmp_path):
    """The second begins while the first draws: each picture has the scores of its report."""
    drawn, threads = [], []

    def begin(title, path):
        second = threading.Thread(target=other.write, args=[tmp_path])
        threads.append(second)
        second.start()
        second.join(0.2)
        drawn.append(json.loads((tmp_path / "metrics.jsonl").read_text())["value"])

    other = report(Score("motion", "motion", 2.0))
    other.picture = lambda title, path: drawn.append("second")
    first = report(Score("motion", "motion", 1.0))
    first.picture = begin
    first.write(tmp_path)
    threads[0].join(10)
    assert drawn == [1.0, "second"]
    assert json.loads((tmp_path / "metrics.jsonl").read_text())["value"] == 2.0
    assert os.listdir(tmp_path) == ["metrics.jsonl"]


def test_nothing_half_written_stays(tmp_path):
    with pytest.raises(TypeError):
        report(Score("psnr", "psnr", 1.0, protocol={"what": object()})).write(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_score_is_found_by_its_metric_or_said_to_be_missing():
    found = report(FVD, missing={"vmaf": "install it."})
    assert found["fvd"] is FVD
    with pytest.raises(KeyError, match="vmaf: install it"):
        found["vmaf"]
    with pytest.raises(KeyError, match="tof: was not asked for"):
        found["tof"]


@pytest.mark.parametrize(
    "value, text",
    [
        (None, ""),
        (0.0, "0"),
        (1234.5, "1234"),
        (56789.0, "56789"),
        (12.3456, "12.35"),
        (0.98765, "0.988"),
        (-0.5, "-0.500"),
        (0.000123, "0.000123"),
        (0.0000123, "1.23e-05"),
        (math.inf, "inf"),
        (math.nan, "none"),
    ],
)
def test_numbers_have_the_digits_that_count(value, text):
    assert readable(value) == text
