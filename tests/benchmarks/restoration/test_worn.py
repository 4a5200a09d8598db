"""How restorers of footage without detail are measured: flicker, and how near to the teacher."""

import numpy as np
import pytest
from moving import texture

from benchmarks.restoration import worn
from tfvgan.data.degrade import resize
from tfvgan.layers import nearest


def test_flicker_is_what_changes_along_the_motion():
    still = np.repeat(texture(1, 32)[0], 4, axis=0)
    made = resize(still, (64, 64)).astype(float)
    assert worn.flicker(still, made.astype("uint8")) < 0.1
    lighter = np.clip(made + np.array([0, 8, 0, 8])[:, None, None, None], 0, 255)
    change = np.abs(np.diff(lighter, axis=0)).mean()
    assert worn.flicker(still, lighter.astype("uint8")) == pytest.approx(change, rel=0.05)
    # What moves with the footage is steady, and what stands while it moves is not.
    moves = texture(4, 32, (1.0, 0.0))[0]
    steady, stands = resize(moves, (64, 64)), resize(moves[[0, 0, 0, 0]], (64, 64))
    assert worn.flicker(moves, steady) < 0.5 * worn.flicker(moves, stands)


def test_each_video_has_what_each_rival_made_of_it(monkeypatch):
    def network(name):
        factor = 0.5 if name == worn.TEACHER else 1.0
        return lambda frames: factor * nearest(frames, 4)

    monkeypatch.setattr(worn.weights, "network", network)

    class Apart:
        def per_video(self, wanted, made):
            return [np.abs(wanted.astype(float) - made).mean()]

    monkeypatch.setattr(worn.metrics, "LPIPS", Apart)
    flat = {name: np.full((3, 16, 16, 3), grey, "uint8") for name, grey in zip("abc", (20, 40, 80))}
    both = {name: (np.full((3, 32, 32, 3), 90, "uint8"), each) for name, each in flat.items()}
    rows = {(row["video"], row["rival"]): row for row in worn.rows_of(both, [])}
    compact = f"{worn.COMPACT}, halved"
    assert {name for _, name in rows} == {
        "bicubic",
        compact,
        worn.TEACHER,
        f"{worn.TEACHER}, made steady",
    }
    assert len(rows) == 12 and all(row["flicker"] == 0 for row in rows.values())
    apart = {place: row["LPIPS to the teacher"] for place, row in rows.items()}
    # The steady frames have the light of the input, which the teacher's own have not.
    assert apart["a", worn.TEACHER] == pytest.approx(10, abs=0.6)
    assert apart["c", worn.TEACHER] == pytest.approx(40, abs=0.6)
    assert apart["b", "bicubic"] == apart["b", f"{worn.TEACHER}, made steady"] == 0
    assert apart["a", compact] == pytest.approx(0, abs=0.6)
    assert rows["b", "bicubic"]["LPIPS"] == 50
    assert rows["b", "bicubic"]["PSNR"] == pytest.approx(20 * np.log10(255 / 50), abs=1e-3)
