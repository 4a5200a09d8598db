"""tfvgan evaluate: what was typed arrives, the report is printed and written, the code tells."""

import json

import films
import pytest
from tfvgan_cli import evaluate as verb
from tfvgan_cli.main import main

from tfvgan import evaluation
from tfvgan.evaluation import PAIRED, SETS
from tfvgan.evaluation.report import Report, Score


class Calls(list):
    """What the functions were called with; their report misses `missing`."""

    missing = {}


@pytest.fixture
def calls(monkeypatch):
    calls = Calls()

    def record(name):
        def function(*arguments, **settings):
            calls.append((name, arguments, settings))
            scores = [Score("motion", "motion", 1.0)]
            return Report("title", scores, calls.missing, 0.95, lambda title, path: None)

        return function

    for name in ("evaluate", "evaluate_paired"):
        monkeypatch.setattr(evaluation, name, record(name))
    return calls


def typed(line, out):
    return main([*line.split(), "--out", str(out)])


def test_what_was_typed_arrives(calls, tmp_path, capsys):
    line = "evaluate real runs/x --frames 8 --size 32 --stride 2 --videos 9 --seed 3 --partial"
    assert typed(f"{line} --metrics fvd", tmp_path) == 0
    settings = {"frames": 8, "size": 32, "stride": 2, "videos": 9, "seed": 3, "metrics": ["fvd"]}
    settings["partial"] = True
    assert calls == [("evaluate", ("real", "runs/x"), settings)]
    assert typed("evaluate --paired a b", tmp_path) == 0
    assert calls[1] == ("evaluate_paired", ("a", "b"), {"metrics": None})
    said = capsys.readouterr().out
    assert "motion  1.000" in said and f"Wrote {tmp_path}/metrics.jsonl" in said


def test_one_process_evaluates_into_a_folder(monkeypatch, tmp_path, capsys):
    """From its start on: who comes second is told before it has measured anything."""
    out, codes = tmp_path / "scores", []

    def measure(*arguments, **settings):
        if not codes:
            codes.append("second")
            codes.append(typed("evaluate a b", out))
        return Report("title", [], {}, 0.95, None)

    monkeypatch.setattr(evaluation, "evaluate", measure)
    assert typed("evaluate a b", out) == 2, "nothing was measured"
    assert codes == ["second", 2] and not out.exists()
    assert f"`{out}` is being written by process" in capsys.readouterr().err


def test_a_metric_that_was_asked_for_and_is_missing_is_exit_code_2(calls, tmp_path, capsys):
    calls.missing = {"fvd": "Run `tfvgan weights fetch i3d`."}
    assert typed("evaluate a b", tmp_path) == 0
    assert typed("evaluate a b --metrics fvd motion", tmp_path) == 2
    assert "fvd: Run `tfvgan weights fetch i3d`." in capsys.readouterr().out


def test_nothing_is_written_unless_asked(calls, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for line in ("evaluate a b", "evaluate --paired a b"):
        assert main(line.split()) == 0
    said = capsys.readouterr().out
    assert "motion  1.000" in said and "Wrote" not in said
    assert not list(tmp_path.iterdir())
    assert main(["evaluate", "a", "b", "-o", "here"]) == 0
    assert (tmp_path / "here" / "metrics.jsonl").is_file()


def test_paired_takes_whole_videos(calls, tmp_path, capsys):
    assert typed("evaluate --paired a b --frames 8", tmp_path) == 2
    assert "leave --frames out" in capsys.readouterr().err and not calls


def test_shares_write_one_report(tmp_path, capsys):
    for side, seed in (("x", 0), ("y", 7)):
        for name in "abcd":
            films.film(tmp_path / side / f"{name}.mp4", 5, (16, 16), seed)
    line = f"evaluate --paired {tmp_path}/x {tmp_path}/y --metrics psnr"
    assert typed(f"{line} --shard 0/2", tmp_path / "out") == 0
    assert "left. The share that ends last" in capsys.readouterr().out
    assert not (tmp_path / "out" / "metrics.jsonl").exists()
    assert typed(f"{line} --shard 1/2", tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "4 of each" in said and f"Wrote {tmp_path}/out/metrics.jsonl" in said
    assert main(line.split()) == 0
    assert said.split("output: ")[1].split("\n\nWrote")[0] in capsys.readouterr().out
    films.film(tmp_path / "y" / "a.mp4", 3, (16, 16))
    assert typed(f"{line} --shard 0/1", tmp_path / "out") == 1
    assert "must match" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["a b -o out", "--paired a b"])
def test_only_pairs_are_spread_into_a_folder(wrong, calls, capsys):
    assert main([*f"evaluate {wrong} --jobs 2".split()]) == 2
    assert "give --paired and --out, or leave --jobs out" in capsys.readouterr().err
    assert not calls


def test_the_help_names_every_metric():
    sets, paired = verb.SUMMARY.split("Metrics of two sets")[1].split("Metrics with --paired")
    usual, others = sets.split(":\n")[1].split("|")
    assert usual.split() == [name for name, about in SETS.items() if about.usual]
    assert others.split() == [name for name, about in SETS.items() if not about.usual]
    assert paired.split(":\n")[1].split() == list(PAIRED)


def test_files_in_a_table_and_a_picture_out(tmp_path, capsys):
    for side, seed in (("real", 0), ("generated", 7)):
        films.film(tmp_path / side / "a.mp4", 8, (16, 16), seed)
    out = tmp_path / "out"
    line = f"evaluate {tmp_path}/real {tmp_path}/generated --frames 4 --metrics motion diversity"
    assert typed(line, out) == 0
    assert "motion" in capsys.readouterr().out
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    assert [line["metric"] for line in lines] == ["diversity", "motion"]
    assert (out / "evaluation.png").read_bytes().startswith(b"\x89PNG")
