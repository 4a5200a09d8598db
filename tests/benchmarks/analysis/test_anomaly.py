"""The area under a ROC curve, and the rows of a scene."""

import numpy as np
import pytest

from benchmarks.analysis import anomaly, scenes


def test_the_area_is_how_likely_an_odd_one_is_above_a_normal_one():
    assert anomaly.auc([3, 4], [1, 2]) == 1 and anomaly.auc([1], [2, 3]) == 0
    assert anomaly.auc([1, 1], [1, 1, 1]) == 0.5
    odd, normal = np.array([1, 2, 2, 5]), np.array([0, 2, 3])
    pairs = (odd[:, None] > normal).mean() + 0.5 * (odd[:, None] == normal).mean()
    assert anomaly.auc(odd, normal) == pytest.approx(pairs)


def test_a_scene_has_a_row_for_each_oddity_and_curve(tmp_path, monkeypatch):
    """What nobody can see scores a half: a film that stands, and is played backwards."""
    monkeypatch.setattr(scenes, "KINDS", (scenes.REVERSED, scenes.COVERED))
    frames = np.full((60, *scenes.SIZE, 3), 60, "uint8")
    scene = scenes.Scene("a", frames, 10.0, np.ones(60, bool))
    rows = anomaly.rows_of(scene, frames, tmp_path)
    known = {(row["kind"], row["who"]): row for row in rows}
    assert len(known) == len(rows) and {kind for kind, _ in known} == set(scenes.KINDS)
    names = {who for _, who in known}
    assert {anomaly.OURS, "three lines", "background", "motion", "flow", "anomaly: look"} <= names
    assert len(rows) == 2 * len(names) and all(row["video"] == "a" for row in rows)
    assert all(known[scenes.REVERSED, name]["AUC"] == pytest.approx(0.5, abs=0.1) for name in names)
    assert known[scenes.COVERED, "background"]["AUC"] > 0.9
