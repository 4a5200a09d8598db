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


def test_clips_are_degraded_where_recipes_are_named(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(6, 5), classes=())
    line = ["prepare", str(videos), str(tmp_path / "cache"), "--frames", "3", "--size", "16"]
    line += ["--decoder", "pyav"]
    assert main([*line, "--recipes", "clean", "old", "--versions", "2", "--seed", "3"]) == 0
    said = capsys.readouterr().out.splitlines()
    folder = tmp_path / "cache" / "degraded" / "clean+old_x2_2_versions_seed3"
    assert said[-1] == f"6 degraded clips: {folder}"
    assert ClipCache.open(folder).size == (8, 8)


def test_how_clips_are_degraded_is_of_use_with_recipes_alone(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(6,), classes=())
    assert main(["prepare", str(videos), str(tmp_path / "cache"), "--factor", "1"]) == 2
    assert "--factor says how --recipes are to be followed" in capsys.readouterr().err
    assert not (tmp_path / "cache").exists()


def test_shares_prepare_one_cache(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(6, 5, 7, 4, 2))
    line = ["prepare", str(videos), str(tmp_path / "cache"), "--frames", "3", "--size", "8"]
    assert main([*line, "--shard", "0/2", "--decoder", "pyav"]) == 0
    said = capsys.readouterr()
    assert "left. The share that ends last puts all together.\n" in said.out
    assert "Share 0/2 of the files.\n" in said.err
    assert main([*line, "--shard", "1/2", "--decoder", "pyav"]) == 0
    assert f"6 clips of 3 frames, 8x8: {tmp_path}/cache\n" in capsys.readouterr().out
    assert main([*line, "--shard", "1/2", "--bad", "error", "--short", "error"]) == 2
    assert "was made with short='skip', but short='error'" in capsys.readouterr().err
