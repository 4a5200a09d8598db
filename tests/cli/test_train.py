"""tfvgan train: what was given arrives, the help tells the truth, a stop says how to go on."""

import argparse
import dataclasses
import os
import re
import signal
import subprocess
import sys
import time

import films
import pytest
from tfvgan_cli.main import main, make_parser
from tfvgan_cli.train import _next

from tfvgan import runs
from tfvgan.data.degrade import RECIPES
from tfvgan.runs import Settings, load_run
from tfvgan.tasks import PRESETS

TINY = ["--frames", "2", "--size", "8", "--width", "4", "--decoder", "pyav"]
TINY += ["--batch-size", "2", "--steps-per-epoch", "2", "--epochs", "2"]


def record(monkeypatch, folder, result=None):
    """Lets training in a folder only note what it was asked for, and leave a file of a model."""
    asked = []
    monkeypatch.chdir(folder)

    def train(videos, out, **settings):
        asked.append((videos, out, settings))
        if result is not None:
            raise result
        os.makedirs(out, exist_ok=True)
        with open(os.path.join(out, "model.keras"), "wb"):
            pass

    monkeypatch.setattr(runs, "train", train)
    begun = classmethod(lambda cls, out: cls.make("videos", {}))
    monkeypatch.setattr(Settings, "load", begun)
    return asked


def test_only_what_was_given_is_handed_on(monkeypatch, tmp_path):
    asked = record(monkeypatch, tmp_path)
    assert main(["train", "videos", "--out", "x"]) == 0
    assert main(["train", "--out", "x", "--resume", "--epochs", "9", "--flip"]) == 0
    assert asked == [
        ("videos", "x", {"resume": False}),
        (None, "x", {"resume": True, "epochs": 9, "flip": True}),
    ]


def test_missing_weights_are_told_first_in_one_sentence(monkeypatch, tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(3, 3), classes=())
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path / "home"))
    out = tmp_path / "run"
    line = ["train", str(videos), "--out", str(out), "--network", "stylizer", "--filter", "ink"]
    assert main([*line, "--frames", "3", "--size", "16", "--width", "8", "--depth", "1"]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1 and said[0].endswith("run `tfvgan weights fetch lpips-alex`.")
    assert os.listdir(tmp_path) == ["videos"]


def test_every_setting_can_be_typed_and_its_default_is_the_real_one():
    verbs = next(a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    actions = {action.dest: action for action in verbs.choices["train"]._actions}
    defaults = {name: default for name, _, default in Settings.make("videos", {}).items()}
    assert set(defaults) < set(Settings.names()) <= set(actions)
    assert set(actions["network"].choices) == {
        *PRESETS,
        "enlarger",
        "restorer",
        "codec",
        "segmenter",
        "embedder",
        "steadier",
        "stylizer",
    }
    assert tuple(actions["recipes"].choices) == RECIPES
    for name, default in defaults.items():
        shown = re.search(r"\(default: ([^)]*)\)", actions[name].help)
        if default not in (None, False, dataclasses.MISSING):
            assert (actions[name].type or str)(shown[1]) == default


def begun(out):
    """Makes a folder of a run."""
    out.mkdir(parents=True)
    (out / "settings.json").touch()


def test_a_stop_says_how_to_go_on(monkeypatch, capsys, tmp_path):
    record(monkeypatch, tmp_path, KeyboardInterrupt("Stopped after step 7, saved."))
    assert main(["train", "videos", "--out", "my runs/x"]) == 130
    assert "resume" not in capsys.readouterr().err, "nothing was begun"
    begun(tmp_path / "my runs" / "x")
    assert main(["train", "videos", "--out", "my runs/x"]) == 130
    err = capsys.readouterr().err
    assert "Stopped after step 7, saved." in err
    assert "tfvgan train --out 'my runs/x' --resume" in err


def test_a_stop_without_a_word_gets_one(monkeypatch, capsys, tmp_path):
    begun(tmp_path / "x")
    record(monkeypatch, tmp_path, KeyboardInterrupt())
    assert main(["train", "videos", "--out", "x"]) == 130
    again = "tfvgan train --out x --resume"
    assert capsys.readouterr().err == f"\ntfvgan: Stopped. To continue: {again}\n"


def test_an_unhealthy_training_is_exit_code_1(monkeypatch, tmp_path, capsys):
    record(monkeypatch, tmp_path, runs.Unhealthy("The discriminator wins."))
    assert main(["train", "videos", "--out", "x"]) == 1
    assert "x holds the last good weights" in capsys.readouterr().err


def test_a_lost_worker_ends_this_one_with_exit_code_1(monkeypatch, tmp_path, capsys):
    record(monkeypatch, tmp_path, runs.WorkerLost("Another worker is gone."))
    codes = []
    monkeypatch.setattr(os, "_exit", codes.append)
    main(["train", "videos", "--out", "x"])
    assert codes[0] == 1 and capsys.readouterr().err.startswith(
        "tfvgan: stopped: Another worker is gone."
    )


def test_workers_are_handed_on_and_a_stop_says_how_all_go_on(monkeypatch, tmp_path, capsys):
    asked = record(monkeypatch, tmp_path)
    words = ["train", "videos", "--out", "x", "--workers", "a:1,b:2", "--index", "1"]
    assert main([*words, "--devices", "4"]) == 0
    told = {"workers": "a:1,b:2", "index": 1, "devices": 4}
    assert asked == [("videos", "x", {"resume": False, **told})]
    begun(tmp_path / "y")
    record(monkeypatch, tmp_path, KeyboardInterrupt("Stopped."))
    assert main([*words[:3], "y", *words[4:]]) == 130
    assert "train --out y --resume --workers a:1,b:2 --index 1\n" in capsys.readouterr().err
    words[words.index("a:1,b:2")] = "a-[0-1]:1"
    assert main([*words[:3], "y", *words[4:]]) == 130
    assert "--workers 'a-[0-1]:1' --index 1\n" in capsys.readouterr().err


def test_trains_and_says_what_comes_next(tmp_path, capsys):
    videos = films.folder(tmp_path / "videos", frames=(6,), classes=())
    out = str(tmp_path / "run")
    assert main(["train", str(videos), "--out", out, *TINY]) == 0
    printed = capsys.readouterr().out
    assert printed.count("epoch ") == 2 and f"tfvgan generate {out}" in printed
    megabytes = (tmp_path / "run" / "model.keras").stat().st_size / 1e6
    assert f"Its model.keras, {megabytes:.3g} MB, holds" in printed
    assert int(load_run(out).step) == 4
    assert main(["train", str(videos), "--out", out, *TINY]) == 2
    assert "continue the run in it by `resume` (--resume)." in capsys.readouterr().err


def test_what_comes_next_is_what_the_network_can_do():
    assert _next("vgan", "my runs/x") == (
        "Next: tfvgan generate 'my runs/x' --out 'my runs/x'/samples"
    )
    assert "under the name `enlarger`" in _next("enlarger", "x/enlarger")
    assert _next("restorer", "x").endswith("tfvgan restore VIDEO -o better.mp4 --model x")
    said = _next("codec", "my x")
    assert "tabulate('my x', VIDEOS)" in said
    assert said.endswith("tfvgan compress VIDEO -o small.tvg --model 'my x'")


def test_the_help_of_one_network_shows_its_options_alone(capsys):
    for words, shown, left in (
        (["restorer"], ("--recipes", "--detail"), ("--network",)),
        (["codec"], ("--square",), ("--recipes", "--factor", "--network")),
        (["dcgan"], ("--width",), ("--square", "--factor", "--recipes")),
        ([], ("--recipes", "--factor", "--network", '"restorer" learns'), ()),
    ):
        with pytest.raises(SystemExit):
            main(["train", *words, "--help"])
        printed = capsys.readouterr().out.partition("examples:")[0]
        assert all(option in printed for option in shown)
        assert not any(option in printed for option in left)


def test_a_network_may_be_the_first_word_unless_a_folder_bears_its_name(
    monkeypatch, tmp_path, capsys
):
    asked = record(monkeypatch, tmp_path)
    words = ["--recipes", "old", "noisy", "--window", "3", "--out", "x"]
    assert main(["train", "restorer", "videos", *words]) == 0
    assert "tfvgan restore VIDEO" in capsys.readouterr().out
    assert main(["train", "videos", "--network", "restorer", *words]) == 0
    assert asked[0] == asked[1]
    given = {"network": "restorer", "recipes": ["old", "noisy"], "window": 3}
    assert asked[0] == ("videos", "x", {"resume": False, **given})
    (tmp_path / "restorer").mkdir()
    assert main(["train", "restorer", "--out", "x"]) == 0
    assert asked[2] == ("restorer", "x", {"resume": False})
    with pytest.raises(SystemExit):
        main(["train", "codec", "videos", "--recipes", "old", "--out", "x"])
    assert "there is no option --recipes" in capsys.readouterr().err


@pytest.mark.slow
def test_ctrl_c_in_a_real_process(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(6,), classes=())
    command = [sys.executable, "-m", "tfvgan_cli.main", "train", str(videos)]
    command += ["--out", str(tmp_path / "run"), *TINY, "--epochs", "100000"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not (tmp_path / "run" / "curves.png").exists():
        assert process.poll() is None
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert "Stopped after step" in err and "--resume" in err and "Traceback" not in err
    assert out.startswith("epoch 1/100000  ")
    step = int(load_run(tmp_path / "run").step)
    assert f"Stopped after step {step}," in err
