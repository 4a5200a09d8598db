"""What `pip install .` promises: metadata that agrees with the tree, the package, the command."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import tfvgan

ROOT = Path(__file__).resolve().parent.parent


def run(*command, **options):
    """Returns the output of a command, which must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_folder_with_code_is_a_package():
    """setuptools leaves out folders without an __init__.py, and with them their modules."""
    folders = {path.parent for path in (ROOT / "tfvgan").rglob("*.py")}
    assert all((folder / "__init__.py").is_file() for folder in folders)


def test_ci_calls_the_script_that_everyone_can_run():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert re.findall(r"- run: (.*)", workflow) == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_make_target_is_explained():
    """`make help` lists every target that is a command."""
    text = (ROOT / "Makefile").read_text()
    commands = set(re.search(r"\.PHONY: (.*)", text)[1].split())
    listed = run("make", "help", cwd=ROOT)
    assert commands == set(re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE))


def test_the_command_is_installed():
    """`tfvgan --help` names every verb."""
    command = Path(sysconfig.get_path("scripts")) / "tfvgan"
    text = run(str(command), "--help")
    for verb in ("train", "evaluate", "generate", "weights", "export", "prepare", "demo", "doctor"):
        assert verb in text


def test_help_imports_neither_tfvgan_nor_tensorflow():
    """The command line answers at once."""
    code = (
        "import sys, tfvgan_cli.main as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'tfvgan', 'tensorflow', 'keras', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run(sys.executable, "-c", code)


def test_import_is_lean():
    """What only some need is not imported with tfvgan; tensorflow itself may bring it."""
    code = (
        "import sys, tensorflow; before = set(sys.modules)\n"
        "import tfvgan\n"
        "lazy = {'tensorflow_io', 'av', 'matplotlib', 'ai_edge_litert', 'tqdm'}\n"
        "more = lazy & (set(sys.modules) - before)\n"
        "assert not more, more"
    )
    run(sys.executable, "-c", code)


def test_public_names_exist():
    """Everything in __all__ can be had."""
    assert tfvgan.__all__
    for name in tfvgan.__all__:
        assert hasattr(tfvgan, name), name


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_pip_install_alone_gives_the_package_and_the_command(tmp_path):
    """A plain `pip install .` into a fresh environment, used from another folder."""
    run(sys.executable, "-m", "venv", str(tmp_path / "venv"))
    bin = tmp_path / "venv" / "bin"
    run(str(bin / "python"), "-m", "pip", "install", "--quiet", str(ROOT))
    elsewhere = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": ""}}
    where = run(str(bin / "python"), "-c", "import tfvgan; print(tfvgan.__file__)", **elsewhere)
    assert str(tmp_path / "venv") in where
    assert "train" in run(str(bin / "tfvgan"), "--help", **elsewhere)
    assert "tensorflow" in run(str(bin / "tfvgan"), "doctor", **elsewhere)
    run(str(bin / "python"), "-m", "pip", "check", **elsewhere)
