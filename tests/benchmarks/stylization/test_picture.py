"""The pictures of styles and of `steady`: a video, a rival and ours, of one shape."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from moving import texture
from PIL import Image

from benchmarks.stylization import picture

CLIP = texture(3, 32, (1.0, 0.0))[0]


def test_both_are_drawn_of_the_published_folders(monkeypatch, tmp_path, capsys):
    darker = SimpleNamespace(
        stylize=lambda video: video // 2, steady=lambda original, given: given // 2
    )
    loaded, drawn = [], []
    for name in ("load_stylizer", "load_steadier"):
        monkeypatch.setattr(picture, name, lambda folder: loaded.append(folder) or darker)
    monkeypatch.setattr(picture, "clip", lambda path: CLIP)
    monkeypatch.setattr(picture, "RESULTS", tmp_path)
    slices = picture.plots.time_slice
    monkeypatch.setattr(
        picture.plots,
        "time_slice",
        lambda videos, path: drawn.append(videos) or slices(videos, path),
    )
    line = ["picture.py", "v.mp4", "--models", "m", "--style", "ink", "--kind", "exposure"]
    monkeypatch.setattr(sys, "argv", line)
    picture.main()
    assert loaded == [Path("m/style_ink"), Path("m/steady")]
    styles, steady = drawn
    assert list(styles) == ["video", "filter", "ours"]
    assert list(steady) == ["exposure", "flow-EMA", "ours"]
    np.testing.assert_array_equal(styles["ours"][0], CLIP // 2)
    np.testing.assert_array_equal(steady["ours"], steady["exposure"] // 2)
    written = [tmp_path / name for name in ("styles.png", "steady.png")]
    assert capsys.readouterr().out.splitlines() == [f"written: {path}" for path in written]
    assert all(min(Image.open(path).size) > 300 for path in written)
