"""What many have measured is what one measures, to the bit."""

import json

import films
import pytest

from tfvgan.batch import Shard, Spread, evaluate_by_file
from tfvgan.evaluation import evaluate_paired
from tfvgan.evaluation.measuring import Measuring

LIGHT = ["psnr", "ssim", "flicker", "bits_per_pixel", "ms_ssim"]


@pytest.fixture
def sides(tmp_path):
    for number, name in enumerate(("a", "b", "deep/c", "d", "e")):
        films.film(tmp_path / "x" / f"{name}.mp4", 5 + number, (16, 16), seed=number)
        films.film(tmp_path / "y" / f"{name}.mp4", 5 + number, (16, 16), seed=9)
    return tmp_path / "x", tmp_path / "y"


def evaluated(sides, out, number=0, count=1, metrics=LIGHT):
    return evaluate_by_file(*sides, out, Spread(Shard(number, count)), metrics=metrics)


def lines(report, folder):
    """Returns what a report writes, but for the time that it took, and its picture."""
    path, image = report.write(folder)
    with open(path) as file:
        found = [json.loads(line) | {"seconds": 0} for line in file]
    with open(image, "rb") as file:
        return found, file.read(), report.missing, report.title


def test_shares_make_the_report_of_one(sides, tmp_path):
    shares = [evaluated(sides, tmp_path / "many", number, 3) for number in range(3)]
    assert [report is not None for _, report in shares] == [False, False, True]
    alone = evaluate_paired(*sides, metrics=LIGHT, progress=False)
    assert lines(shares[2][1], tmp_path / "many") == lines(alone, tmp_path / "one")
    assert "161x161" in alone.missing["ms_ssim"] and len(alone.scores) == 4


def test_what_was_measured_is_kept_until_a_side_changes(sides, tmp_path, monkeypatch):
    evaluated(sides, tmp_path / "many")
    measured = []
    of_pair = Measuring.of_pair
    monkeypatch.setattr(
        Measuring, "of_pair", lambda *given, **how: measured.append(1) or of_pair(*given, **how)
    )
    before = evaluated(sides, tmp_path / "many")[1]["psnr"].each
    assert not measured
    films.film(sides[0] / "b.mp4", 6, (16, 16), seed=7)
    outcome, report = evaluated(sides, tmp_path / "many")
    assert outcome.made == ["b"] and len(measured) == 1
    changed = {name for name, value in report["psnr"].each.items() if value != before[name]}
    assert changed == {"b"}
    evaluated(sides, tmp_path / "many", metrics=["psnr"])
    assert len(measured) == 6, "other metrics are measured apart"


def test_where_a_pair_fails_there_is_no_report(sides, tmp_path):
    films.film(sides[1] / "d.mp4", 3, (16, 16))
    outcome, report = evaluated(sides, tmp_path / "many")
    assert report is None and [record["name"] for record in outcome.failed] == ["d"]
    assert (
        "`d` must match, but the reference has 8 frames and the output 3"
        in (outcome.failed[0]["error"])
    )
    films.film(sides[1] / "d.mp4", 8, (16, 16))
    outcome, report = evaluated(sides, tmp_path / "many")
    assert outcome.made == ["d"] and list(report["psnr"].each) == ["a", "b", "d", "deep/c", "e"]


def test_who_has_no_partner_stops_all(sides, tmp_path):
    (sides[1] / "d.mp4").unlink()
    with pytest.raises(ValueError, match=r"1 of 5 have no output \(d\)"):
        evaluated(sides, tmp_path / "many")
    with pytest.raises(ValueError, match="but holds fvd"):
        evaluated(sides, tmp_path / "many", metrics=["fvd"])
    assert not (tmp_path / "many").exists()
