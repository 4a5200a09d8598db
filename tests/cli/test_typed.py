import os

import pytest
from tfvgan_cli.typed import program


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Two environments in the working folder, each with a program of that name."""
    for name in (".venv", "other one"):
        path = tmp_path / name / "bin" / "tfvgan"
        path.parent.mkdir(parents=True)
        path.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("called", "searched", "typed"),
    [
        (".venv/bin/tfvgan", "", ".venv/bin/tfvgan"),
        (".venv/bin/tfvgan", "other one/bin", ".venv/bin/tfvgan"),
        (".venv/bin/tfvgan", ".venv/bin", "tfvgan"),
        ("other one/bin/tfvgan", "", "'other one/bin/tfvgan'"),
        ("elsewhere/tfvgan", "", "tfvgan"),
        ("tfvgan", "", "tfvgan"),
        ("my_script.py", "", "tfvgan"),
    ],
)
def test_what_is_to_be_typed_finds_the_program_that_runs(
    places, monkeypatch, called, searched, typed
):
    monkeypatch.setattr("sys.argv", [called, "demo"])
    monkeypatch.setenv("PATH", os.path.abspath(searched) if searched else os.devnull)
    assert program() == typed


def test_programs_beside_it_are_found_as_it_is(places, monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr("sys.argv", [".venv/bin/tfvgan", "export"])
    assert program("saved_model_cli") == "saved_model_cli", "it is not there"
    open(".venv/bin/saved_model_cli", "w").close()
    assert program("saved_model_cli") == ".venv/bin/saved_model_cli"
