"""A benchmark made in parts keeps what it found before, and compares what can be compared."""

import json

from benchmarks import report
from benchmarks.generation import against_mocogan, scores

ROWS = [{"videos": "vgan", "seed": 0, "FVD": 9.0}, {"videos": "dcgan", "seed": 0, "FVD": 8.0}]
AGAIN = {"videos": "vgan", "seed": 0, "FVD": 7.0}
OTHER = {"videos": "vgan", "seed": 1, "FVD": 6.0}


def test_what_is_made_again_takes_the_place_of_what_was_there():
    assert against_mocogan.merged(ROWS, [AGAIN, OTHER], "videos", "seed") == [AGAIN, ROWS[1], OTHER]


def test_results_of_another_number_of_videos_are_none(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    nothing = {"rows": [], "runs": [], "details": {}}
    assert against_mocogan.earlier("generation", 256) == nothing
    found = {"count": 256, "rows": ROWS, "runs": [], "details": {}}
    (tmp_path / "generation.json").write_text(json.dumps(found))
    assert against_mocogan.earlier("generation", 256) == found
    assert against_mocogan.earlier("generation", 32) == nothing


def run(network, speed, cpu=None):
    return {"network": network, "clips/s": speed, "cpu": cpu or report.machine()["cpu"]}


def test_speeds_of_this_cpu_are_compared_and_no_others():
    runs = [run("continuous", 40.0), run("mocogan", 1.0), run("mocogan", 9.0, "another")]
    assert against_mocogan.ratio(runs) == 40.0
    assert against_mocogan.ratio([runs[0], runs[2]]) is None


def test_the_longest_run_is_sharpened_and_targets_are_told_of_both(monkeypatch):
    monkeypatch.setattr(scores, "sharper", lambda run, sharpness: (run, sharpness))
    facts = {"clips/s": 1.0, "cores of others": 0.0, "network": "continuous", "seed": 0}
    runs = [{**facts, "folder": f"/runs/{n}", "seconds": 60 * n} for n in (20, 60)]
    ((title, (columns, videos)),) = against_mocogan.sharper(runs).items()
    assert title == "/runs/60-sharpness3" and videos == (runs[1], 3)
    assert columns["videos"] == against_mocogan.SHARPER and columns["minutes"] == 60
    assert against_mocogan.sharper([{**facts, "network": "vgan"}]) == {}
    assert set(against_mocogan.targets([], None)) == {"continuous", against_mocogan.SHARPER}


def test_the_overview_has_the_last_run_of_each(monkeypatch):
    drawn = []
    monkeypatch.setattr(scores, "picture", lambda kinds, path: drawn.append(kinds))
    made = {
        "noise": (against_mocogan.NOT_TRAINED, "n"),
        "a": ({"videos": "continuous"}, "first"),
        "b": ({"videos": "vgan"}, "v"),
        "c": ({"videos": "continuous"}, "last"),
    }
    against_mocogan.overview("r", made)
    assert drawn == [{"real": "r", "continuous": "last", "vgan": "v"}]
