"""A library from the command line: made, searched, compared."""

import functools
import shutil
import sys

import pytest
from drifting import Thumbnails, drifting
from tfvgan_cli.main import main

from tfvgan import batch, runs  # noqa: F401, batch is looked up by its name


@pytest.fixture
def toy(monkeypatch):
    """Commands take an embedder that needs no network."""
    for name in ("index", "search"):
        function = functools.partial(getattr(runs, name), model=Thumbnails())
        monkeypatch.setattr(runs, name, function)


def test_what_became_of_videos_is_said(toy, tmp_path, capsys):
    videos, out = tmp_path / "videos", str(tmp_path / "library")
    for number in range(3):
        videos.mkdir(exist_ok=True)
        drifting(videos / f"{number}.mp4", 2, number)
    command = ["index", str(videos), "-o", out]
    assert main(command) == 0
    assert capsys.readouterr().out == f"{out}: 3 read.\n"
    (videos / "0.mp4").rename(videos / "new.mp4")
    (videos / "1.mp4").unlink()
    shutil.copy(videos / "2.mp4", videos / "3.mp4")
    assert main(command) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"Moved: {videos}/0.mp4 is {videos}/new.mp4 now.",
        f"Gone: {videos}/1.mp4.",
        f"{out}: 1 unchanged, 1 moved, 1 known by their content, 1 gone.",
    ]


def test_bad_input_is_one_sentence(toy, tmp_path, capsys):
    (tmp_path / "none").mkdir()
    assert main(["index", str(tmp_path / "none"), "-o", str(tmp_path / "library")]) == 2
    assert main(["search", str(tmp_path / "none"), "q.mp4"]) == 2
    assert main(["duplicates", str(tmp_path / "none")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3 and all(line.startswith("tfvgan: error: ") for line in said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["none"]


def test_a_model_that_is_not_there_is_one_sentence(tmp_path, capsys):
    path = drifting(tmp_path / "a.mp4", 1)
    assert main(["index", path, "-o", str(tmp_path / "library"), "--model", "none"]) == 2
    assert "no embedder in the package that is called 'none'" in capsys.readouterr().err


def test_shares_make_one_library(tmp_path, monkeypatch, capsys):
    module = sys.modules["tfvgan.batch.index_by_file"]
    models = []
    monkeypatch.setattr(module, "load_embedder", lambda model: models.append(model) or Thumbnails())
    for number in range(4):
        (tmp_path / "videos").mkdir(exist_ok=True)
        drifting(tmp_path / "videos" / f"{number}.mp4", 1, number)
    out = str(tmp_path / "library")
    line = ["index", str(tmp_path / "videos"), "-o", out, "--model", "mine"]
    assert main([*line, "--shard", "0/2"]) == 0
    assert "left. The share that ends last" in capsys.readouterr().out
    assert main([*line, "--shard", "1/2"]) == 0
    assert f"{out}: 4 read.\n" in capsys.readouterr().out
    (tmp_path / "videos" / "none.mp4").write_text("none")
    assert main([*line, "--jobs", "1", "--shard", "0/1"]) == 0, "as without these options"
    said = capsys.readouterr().out
    assert f"{out}: 1 done.\n{out}: 4 unchanged, 1 unreadable.\n" in said
    assert set(models) == {"mine"}
