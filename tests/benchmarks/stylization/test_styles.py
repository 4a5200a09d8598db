"""Which styles are measured, beside what: nothing of it is trained here."""

from types import SimpleNamespace

import numpy as np
import pytest
from moving import texture

from benchmarks.stylization import styles
from benchmarks.stylization.measures import DISTANCES

CLIP = texture(2, 16, (0.0, 0.0))[0]
FOUND = {"ink": {styles.WITHOUT: "w/style_ink", "style_ink": "m/style_ink"}}


def test_twins_are_found_by_name(tmp_path):
    for place in ("m/style_ink", "m/style_own", "m/restore_x2", "w/style_ink"):
        (tmp_path / place).mkdir(parents=True)
    found = styles.networks(tmp_path / "m", tmp_path / "w")
    assert {name: list(whose) for name, whose in found.items()} == {
        "ink": [styles.WITHOUT, "style_ink"],
        "own": ["style_own"],
    }
    assert styles.networks(tmp_path / "m")["ink"] == {"style_ink": tmp_path / "m" / "style_ink"}


@pytest.fixture
def quick(monkeypatch):
    """Stylizers that make a video darker, and measures that are none."""
    made = SimpleNamespace(stylize=lambda video: video // 2)
    monkeypatch.setattr(styles, "clip", lambda path, frames: CLIP[:frames])
    monkeypatch.setattr(styles, "load_stylizer", lambda folder: made)
    far = lambda wanted, made: dict.fromkeys(DISTANCES, float(np.mean(made)))  # noqa: E731
    return SimpleNamespace(flicker=lambda source, made: {"sharpness": 1.0}, distances=far)


def test_each_style_is_beside_its_filter_and_its_twin(quick, tmp_path):
    rows = styles.measured(tmp_path / "v.mp4", 2, FOUND, {"rival": lambda frame: frame}, quick)
    whose = [(row["style"], row["who"]) for row in rows]
    assert whose[:2] == [("", "source"), ("", "rival")]
    assert whose[2:5] == [("ink", who) for who in (styles.FILTER, styles.WITHOUT, "style_ink")]
    assert {row["video"] for row in rows} == {"v.mp4"}
    measured = {row["who"] for row in rows if row["PSNR"] is not None}
    assert measured == {styles.WITHOUT, "style_ink"}
