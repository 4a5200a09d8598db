"""All benchmarks run by one command; what needs files is left out without them, and named."""

import sys
from types import SimpleNamespace

import pytest

from benchmarks import run

EVERY = (*run.NAMES, *run.OF_SETS, *run.OF_VIDEOS)


def test_what_reports_is_run():
    reports = {
        path.relative_to(run.HERE).with_suffix("").as_posix()
        for path in run.HERE.glob("*/*.py")
        if "    report(" in path.read_text(encoding="utf-8") and path.parent.name != "making"
    }
    # Of a large film, of a GPU, of another Python, and of people cut out.
    by_hand = {"compression/hd", "package/gpu", "package/stacks", "segmentation/people"}
    assert reports - by_hand <= set(EVERY)
    assert all((run.HERE / f"{name}.py").is_file() for name in EVERY)


def test_files_are_handed_on():
    given = SimpleNamespace(videos="v", shapes="s", actions=None)
    assert run.command("restoration/quality", given)[2:] == ["v"]
    assert run.command("metrics/what_fvd_sees", given)[2:] == ["--shapes", "s"]
    assert run.command("package/startup", given)[2:] == []


def test_what_lacks_its_files_is_named(monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(
        run.subprocess, "run", lambda words: ran.append(words) or SimpleNamespace(returncode=0)
    )
    monkeypatch.setattr(sys, "argv", ["run.py"])
    run.main()
    assert len(ran) == len(run.NAMES)
    said = capsys.readouterr().out
    assert all(name in said for name in run.OF_VIDEOS + run.OF_SETS) and "VIDEOS=FOLDER" in said


def test_what_fails_is_named(monkeypatch):
    monkeypatch.setattr(run.subprocess, "run", lambda words: SimpleNamespace(returncode=1))
    monkeypatch.setattr(sys, "argv", ["run.py", "package/startup"])
    with pytest.raises(SystemExit, match="failed: package/startup"):
        run.main()
    monkeypatch.setattr(sys, "argv", ["run.py", "startup"])
    with pytest.raises(SystemExit):
        run.main()
