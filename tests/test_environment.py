"""environment.sh: which Python `make` takes, and what it says where there is none."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "environment.sh"
VERSIONS = ("3.11", "3.12", "3.13")
FAKE = """#!/bin/sh
case "$*" in
  *version_info*) echo {version} ;;
  *ensurepip*) exit {without_venv} ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *"pip install"*) echo "Downloading a wheel"; sleep {seconds}; exit {fails} ;;
esac
"""
SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
UV = """#!/bin/sh
echo "$@" > "$(dirname "$0")/asked"
for folder; do :; done
mkdir -p "$folder/bin" && cp "$(dirname "$0")/fetched" "$folder/bin/python"
"""


@pytest.fixture
def here(tmp_path):
    """A machine of no Python: a home, and a folder of commands that is all of PATH."""
    (tmp_path / "bin").mkdir()
    for command in ("sh", "sed", "cut", "du", "tail", "sleep", "mkdir", "cp", "dirname"):
        (tmp_path / "bin" / command).symlink_to(shutil.which(command))
    return tmp_path


def fake(path, version="3.12", *, without_venv=0, seconds=0, fails=0, text=FAKE):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        text.replace("{version}", version)
        .replace("{without_venv}", str(int(without_venv)))
        .replace("{seconds}", str(seconds))
        .replace("{fails}", str(int(fails)))
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def run(here, *words):
    """Returns the exit code, what was printed, and what was said of errors."""
    env = {"PATH": str(here / "bin"), "HOME": str(here)}
    done = subprocess.run(
        ["sh", str(SCRIPT), *words], env=env, cwd=here, capture_output=True, text=True
    )
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def find(here, *versions):
    code, out, error = run(here, "find", *(versions or VERSIONS))
    assert (code == 0) == bool(out) == (not error) and len(error.splitlines()) <= 1
    return out or error


def test_the_first_version_that_is_asked_for_comes_first(here):
    for version in VERSIONS:
        fake(here / "bin" / f"python{version}", version)
    assert find(here) == str(here / "bin" / "python3.11")
    assert find(here, "3.13", "3.12") == str(here / "bin" / "python3.13")


def test_python3_is_taken_where_it_is_one_of_them(here):
    fake(here / "bin" / "python3", "3.13")
    assert find(here) == str(here / "bin" / "python3")
    assert "python3 is 3.13" in find(here, "3.12")


def test_a_command_that_refuses_is_passed_over_and_pyenv_is_asked(here):
    fake(here / "bin" / "python3.11", text=SHIM)
    fake(here / "bin" / "python3.12", text=SHIM)
    assert "no Python is here" in find(here)
    pyenvs = fake(here / ".pyenv" / "versions" / "3.12.1" / "bin" / "python", "3.12")
    assert find(here) == str(pyenvs)
    fake(here / "bin" / "python3.13", "3.13")
    assert find(here) == str(here / "bin" / "python3.13")


def test_uv_comes_last_and_is_found_where_its_installer_puts_it(here):
    uv = fake(here / ".local" / "bin" / "uv")
    assert find(here) == str(uv)
    fake(here / "bin" / "python3", "3.12")
    assert find(here) == str(here / "bin" / "python3")


def test_each_cause_has_its_sentence_and_its_command(here):
    needs = "tfvgan needs Python 3.11, 3.12 or 3.13, and "
    assert find(here).startswith(f"{needs}no Python is here: apt install python3 python3-venv")
    fake(here / "bin" / "python3", "3.9")
    assert find(here).startswith(f"{needs}python3 is 3.9: install uv, which fetches one: curl")
    fake(here / "bin" / "python3", "3.14")
    assert "python3 is 3.14, for which there is no TensorFlow yet: install uv" in find(here)
    fake(here / "bin" / "python3", "2.7")
    assert "python3 is 2.7: install uv" in find(here)
    fake(here / "bin" / "python3", "3.13", without_venv=True)
    said = find(here)
    assert said.startswith(f"{needs}3.13 is here without its venv module: ")
    assert said.endswith("apt install python3.13-venv (on Debian and Ubuntu)")
    fake(here / "bin" / "python3.12", "3.12")
    assert find(here) == str(here / "bin" / "python3.12")


def test_an_environment_is_made_and_pip_asked_once(here):
    fake(here / "bin" / "python3.11", "3.11")
    code, out, error = run(here, "made", *VERSIONS)
    assert (code, error) == (0, "") and out.startswith("Installing tfvgan into made, ")
    assert (here / "made" / "install.log").read_text() == "Downloading a wheel\n"
    os.remove(here / "bin" / "python3.11")
    assert run(here, "made", *VERSIONS)[0] == 0  # It is kept, whatever else is there.


def test_uv_makes_an_environment_with_pip(here):
    fake(here / "bin" / "uv", text=UV)
    fake(here / "bin" / "fetched", "3.11")
    assert run(here, "made", *VERSIONS)[0] == 0
    assert (here / "bin" / "asked").read_text() == "venv --quiet --seed --python 3.11 made\n"


def test_an_environment_of_another_python_is_refused_and_kept(here):
    fake(here / "made" / "bin" / "python", "3.10")
    code, _, error = run(here, "made", *VERSIONS)
    assert code == 1 and error.startswith("made holds Python 3.10, not one of 3.11 3.12 3.13: ")
    (here / "broken" / "bin").mkdir(parents=True)
    (here / "broken" / "bin" / "python").symlink_to(here / "gone")
    code, _, error = run(here, "broken", *VERSIONS)
    assert code == 1 and "broken holds Python that doesn't start" in error
    assert (here / "broken" / "bin" / "python").is_symlink()


def test_what_pip_said_is_shown_where_it_fails(here):
    fake(here / "bin" / "python3.11", "3.11", fails=True)
    code, _, error = run(here, "made", *VERSIONS)
    assert code == 1
    assert error == "Downloading a wheel\npip failed. All that it said is in made/install.log."


def test_a_line_tells_how_far_it_is(here):
    """Every ten seconds, which a faster `sleep` makes a blink."""
    fake(here / "bin" / "python3.11", "3.11", seconds=0.5)
    (here / "bin" / "sleep").unlink()
    slow = shutil.which("sleep")
    fake(here / "bin" / "sleep", text=f'#!/bin/sh\n[ "$1" != 10 ] || set 0.1\nexec {slow} "$1"\n')
    code, out, _ = run(here, "made", *VERSIONS)
    assert code == 0 and re.fullmatch(r"  10 s, \d+ MB: Downloading a wheel", out.splitlines()[1])
