"""What the page on training tells those who train in Python runs, and its table has each log."""

import re
from pathlib import Path

import pytest
from pages import TEXTS, blocks

from tfvgan import VideoGAN
from tfvgan.data import moving_shapes, write_videos


@pytest.mark.slow
def test_the_cell_for_notebooks_runs_and_goes_on_when_it_is_run_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    films = moving_shapes(5, frames=16, size=16)["video"]
    write_videos("videos", films, fps=8, formats=("mp4",))
    (cell,) = blocks(TEXTS["docs/training.md"], "python")
    cell = cell.replace("frames=16, size=64", "frames=16, size=16, width=8")
    cell = cell.replace('"size": 64', '"size": 16').replace("250", "2")
    for epochs in (1, 3):
        names = {}
        exec(cell.replace("epochs=40", f"epochs={epochs}"), names)
        assert names["model"].steps_made == 2 * epochs
    assert names["shown"] == 16 and len(names["history"].history["val_loss"]) == 2
    assert len(Path("runs/mine/log.csv").read_text().splitlines()) == 1 + 3
    assert {path.suffix for path in Path("runs/mine/previews").iterdir()} == {".png", ".mp4"}


def test_each_log_of_a_generator_has_a_meaning():
    model = VideoGAN.from_preset("vgan", frames=4, size=8, width=8, compile=False)
    _, table = TEXTS["docs/training.md"].split("## What the logs mean")
    names = re.findall(r"^\|(.*?)\|", table.partition("## ")[0], re.M)
    told = {*re.findall("`(.*?)`", " ".join(names))} - {"vgan"}
    assert told == {*model.logs.means, "diversity", "overfitting"}  # The last two by `Health`.
