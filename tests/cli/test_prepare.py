"""tfvgan prepare: files in, a cache out."""

import films
from tfvgan_cli.main import main

from tfvgan.data import ClipCache


def test_prepares_a_cache(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(6, 5))
    cache = tmp_path / "cache"
    line = ["prepare", str(videos), str(cache), "--frames", "3", "--size", "8", "--overlap", "1"]
    line += ["--decoder", "pyav"]
    assert main(line) == 0
    made = ClipCache.open(cache)
    assert (made.frames, made.size, made.settings.overlap) == (3, 8, 1)
    assert f"{made.count} clips of 3 frames, 8x8: {cache}" in capsys.readouterr().out


def test_no_videos_is_one_sentence(tmp_path, capsys):
    assert main(["prepare", str(tmp_path / "nowhere"), str(tmp_path / "cache")]) == 2
    err = capsys.readouterr().err
    assert err.startswith("tfvgan: error: ") and err.count("\n") == 1
    assert not (tmp_path / "cache").exists()
