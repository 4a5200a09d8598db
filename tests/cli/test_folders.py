"""Folders of videos on the command line: what is typed arrives, what became of it is said."""

import argparse

import films
import pytest
import toy_verb
from tfvgan_cli import folders
from tfvgan_cli.main import main

from tfvgan import batch
from tfvgan.batch.verbs import VERBS, Verb

WORDS = {
    "restore": ("--model", "m", "--strength", "0.5", "--crf", "20", "--codec", "ffv1"),
    "stylize": ("--style", "ink", "--strength", "0.5"),
    "segment": ("--people", "--grow", "3"),
    "compress": ("--quality", "2", "--model", "m"),
    "decompress": ("--crf", "20", "--partial"),
}
SETTINGS = {
    "restore": {"model": "m", "strength": 0.5, "crf": 20.0, "codec": "ffv1"},
    "stylize": {"style": "ink", "strength": 0.5},
    "segment": {"model": "segment_people", "grow": 3},
    "compress": {"quality": 2.0, "model": "m"},
    "decompress": {"crf": 20.0, "partial": True},
}


@pytest.fixture(autouse=True)
def no_array(monkeypatch):
    for name in ("SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"):
        monkeypatch.delenv(name, raising=False)


def record(monkeypatch, outcome=None):
    asked = []

    def run_folder(*arguments, **settings):
        settings.pop("tell")
        asked.append((arguments, settings))
        return outcome or batch.Outcome(["a"], [], [], [], 0, "out/manifest.jsonl")

    monkeypatch.setattr(batch, "run_folder", run_folder)
    return asked


@pytest.mark.parametrize("verb", list(WORDS))
def test_what_was_typed_arrives(verb, tmp_path, monkeypatch, capsys):
    asked = record(monkeypatch)
    films.film(tmp_path / "in" / "a.mp4", 1)
    line = [verb, str(tmp_path / "in"), "-o", "out", *WORDS[verb], "--resume", "--overwrite"]
    assert main([*line, "--jobs", "2", "--shard", "1/4"]) == 0
    how = {"shard": batch.Shard(1, 4), "jobs": 2, "overwrite": True, "show": False}
    assert asked == [((verb, str(tmp_path / "in"), "out", SETTINGS[verb]), how)]
    out, err = capsys.readouterr()
    assert out == "out: 1 made. What became of each: out/manifest.jsonl\n"
    assert err == "Share 1/4 of the files.\n"


@pytest.mark.parametrize("verb", list(WORDS))
def test_a_folder_needs_no_option(verb, tmp_path, monkeypatch):
    asked = record(monkeypatch)
    films.film(tmp_path / "in" / "a.mp4", 1)
    assert main([verb, str(tmp_path / "in"), "-o", "out", *WORDS[verb]]) == 0
    how = {"shard": batch.Shard(), "overwrite": False, "show": False}
    assert asked[0][1] == how


def test_a_cluster_is_named_instead_of_processes(tmp_path, monkeypatch, capsys):
    asked = record(monkeypatch)
    films.film(tmp_path / "in" / "a.mp4", 1)
    line = ["stylize", str(tmp_path / "in"), "-o", "out", "--style", "ink", "--cluster", "local:2"]
    assert main(line) == 0 and asked[0][1]["cluster"] == "local:2"
    with pytest.raises(SystemExit, match="2"):
        main([*line, "--jobs", "2"])
    assert "not allowed with" in capsys.readouterr().err


def test_a_job_array_says_the_share_of_folders(tmp_path, monkeypatch, capsys):
    asked = record(monkeypatch)
    films.film(tmp_path / "in" / "a.mp4", 1)
    monkeypatch.setenv("SLURM_ARRAY_TASK_ID", "2")
    monkeypatch.setenv("SLURM_ARRAY_TASK_COUNT", "5")
    line = ["stylize", str(tmp_path / "in"), "-o", "out", "--style", "ink"]
    assert main(line) == 0 and asked[0][1]["shard"] == batch.Shard(2, 5)
    assert "Share 2/5 of the files, as SLURM_ARRAY_TASK_ID says." in capsys.readouterr().err
    assert main([*line, "--shard", "0/1"]) == 0 and asked[1][1]["shard"] == batch.Shard()
    assert main([*line, "--shard", "9"]) == 0 and asked[2][1]["shard"] == batch.Shard(2, 9)


@pytest.mark.parametrize("wrong", ["1", "4/4", "x", "1/2/3", "-1/2"])
def test_a_wrong_share_is_one_sentence(wrong, tmp_path, capsys):
    films.film(tmp_path / "in" / "a.mp4", 1)
    line = ["stylize", str(tmp_path / "in"), "-o", "out", "--style", "ink", f"--shard={wrong}"]
    try:
        code = main(line)
    except SystemExit as left:
        code = left.code
    err = capsys.readouterr().err
    assert code == 2 and err.startswith("tfvgan: error: ") and err.count("\n") == 1


def test_a_file_has_no_shares(tmp_path, capsys):
    path = films.film(tmp_path / "a.mp4", 1)
    assert main(["stylize", path, "-o", "b.mp4", "--style", "ink", "--jobs", "2"]) == 2
    assert "should be a folder of videos" in capsys.readouterr().err


def test_all_is_told_of_real_work(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(VERBS, "stylize", Verb(toy_verb.opened, toy_verb.plain))
    toy_verb.films(tmp_path / "in", "a.mp4", "bad.mp4", "damaged.mp4")
    line = ["stylize", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--style", "ink"]
    assert main(line) == 1
    out, err = capsys.readouterr()
    assert f"{tmp_path}/out: 2 made, 1 failed, 1 damaged. What" in out
    assert "tfvgan: bad.mp4: bad can't be read\n" in err
    assert "tfvgan: damaged.mp4: a group is lost\n" in err
    (tmp_path / "in" / "bad.mp4").unlink()
    assert main(line) == 0
    assert "2 there already. What" in capsys.readouterr().out
    assert main([*line, "--strength", "0.5"]) == 2
    assert "was made with other settings" in capsys.readouterr().err


def test_what_is_left_to_others_is_counted(monkeypatch, capsys):
    outcome = batch.Outcome([], ["a"], [{"name": "b"}], [], 5, "m")
    assert folders.say("out", outcome) == 1
    assert capsys.readouterr().out == (
        "out: 1 there already, 1 failed, 4 left to other shares. What became of each: m\n"
    )


def test_a_stop_says_that_the_same_command_goes_on(tmp_path, monkeypatch, capsys):
    def stop(*given, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "run_folder", stop)
    films.film(tmp_path / "in" / "a.mp4", 1)
    assert main(["stylize", str(tmp_path / "in"), "-o", "out", "--style", "ink"]) == 130
    assert "type the same command again" in capsys.readouterr().err


def test_nothing_is_spread_without_a_word_of_it(no_array, monkeypatch, capsys):
    alone = argparse.Namespace(video="in")
    assert folders.spread_of(alone) is None
    typed = argparse.Namespace(jobs=2), argparse.Namespace(shard="0/1")
    spread = [folders.spread_of(args) for args in typed]
    assert [how[:4] for how in spread] == [(batch.Shard(), jobs, None, False) for jobs in (2, 1)]
    monkeypatch.setenv("SLURM_ARRAY_TASK_ID", "2")
    monkeypatch.setenv("SLURM_ARRAY_TASK_COUNT", "5")
    assert folders.spread_of(alone).shard == batch.Shard(2, 5)
    assert "Share 2/5 of the files, as SLURM_ARRAY_TASK_ID says." in capsys.readouterr().err


def test_what_became_of_parts_is_said(capsys):
    outcome = batch.Outcome(["a", "b"], ["c"], [], [], 4, "m")
    assert folders.say_parts("out", outcome) == 0
    failed = batch.Outcome([], [], [{"name": "b"}], [], 0, "m")
    assert folders.say_parts("out", failed) == 1
    assert folders.say_parts("out", batch.Outcome([], [], [], [], 0, "")) == 0
    assert capsys.readouterr().out == (
        "out: 2 done, 1 done already, 4 left. The share that ends last puts all together.\n"
        "out: 1 failed.\n"
    )
