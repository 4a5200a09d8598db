""".ci/run: both stacks are tested in turn, and what is left out is said; `make` is a fake."""

import shutil
import subprocess
from pathlib import Path

import pytest
from test_environment import fake

ROOT = Path(__file__).resolve().parent.parent
MAKE = """#!/bin/sh
echo "make $* stack=$TFVGAN_STACK"
mkdir -p "$VENV/bin"
printf '#!/bin/sh\\nexit %s\\n' "$NEWEST" > "$VENV/bin/python" && chmod +x "$VENV/bin/python"
"""


@pytest.fixture
def here(tmp_path):
    """A clone of two scripts, and a folder of commands that is all of PATH."""
    (tmp_path / ".ci").mkdir()
    for script in (".ci/run", "environment.sh"):
        shutil.copy(ROOT / script, tmp_path / script)
    (tmp_path / "bin").mkdir()
    for command in ("bash", "sh", "sed", "cat", "chmod", "dirname", "mkdir", "mktemp", "rm"):
        (tmp_path / "bin" / command).symlink_to(shutil.which(command))
    fake(tmp_path / "bin" / "make", text=MAKE)
    return tmp_path


def run(here, newest=False, **more):
    """Returns what a run prints; `newest` says which stack `make` takes first."""
    env = {"PATH": str(here / "bin"), "HOME": str(here), "NEWEST": str(int(newest)), **more}
    done = subprocess.run([here / ".ci" / "run"], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


FIRST = ["make style stack=", "make test stack=", "make fuzz FUZZ=--most 200 stack="]


def test_the_newest_stack_comes_second_on_the_python_that_is_its_own(here):
    fake(here / "bin" / "python3.11", "3.11")
    fake(here / "bin" / "python3.13", "3.13")
    said = run(here)
    assert said[:3] == FIRST and "newest" in said[3]
    assert said[4:] == ["make test PYTHONS=3.13 stack="]


def test_an_older_python_takes_the_newest_stack_where_there_is_no_other(here):
    fake(here / "bin" / "python3.11", "3.11")
    assert run(here)[4:] == ["make test PYTHONS=3.11 3.12 stack=newest"]


def test_tensorflow_io_comes_second_where_the_newest_was_first(here):
    fake(here / "bin" / "python3.13", "3.13")
    fake(here / "bin" / "python3.12", "3.12")
    said = run(here, newest=True)
    assert "tensorflow-io" in said[3] and said[4:] == ["make test PYTHONS=3.11 3.12 stack="]


def test_a_stack_that_has_no_python_is_named_with_the_reason(here):
    fake(here / "bin" / "python3", "3.13")
    said = run(here, newest=True)
    assert said[:3] == FIRST
    assert said[3].startswith("CI tested one stack, and not tensorflow-io's: tfvgan needs Python ")
    assert "3.11 or 3.12, and python3 is 3.13: install uv" in said[3] and len(said) == 4


def test_one_python_is_tested_alone_where_it_is_asked_for(here):
    fake(here / "bin" / "python3.13", "3.13")
    assert run(here, PYTHONS="3.12") == FIRST


def test_the_workflow_names_every_python():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert 'python: ["3.11", "3.12", "3.13"]' in workflow
    assert "PYTHONS: ${{ matrix.python }}" in workflow
