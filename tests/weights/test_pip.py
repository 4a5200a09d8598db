"""What pip says of its settings, and what it is asked to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tfvgan.weights import pip

SAID = """\
:env:.cert='/env/cert.pem'
download.index-url='https://files.example.org/simple'
global.cert='/global/cert.pem'
global.extra-index-url='https://a.example.org/simple\thttps://b.example.org/simple'
global.index-url='https://global.example.org/simple'
install.index-url='https://never.example.org/simple'
"""


def says(monkeypatch, code=0, stdout="", stderr=""):
    """Lets pip answer so; returns the list of what it was asked."""
    asked = []

    def run(*arguments):
        asked.append(arguments)
        return subprocess.CompletedProcess(arguments, code, stdout, stderr)

    monkeypatch.setattr(pip, "run", run)
    return asked


def test_the_nearest_setting_counts(monkeypatch):
    """Environment before pip download's own, before the global ones; other commands' never."""
    says(monkeypatch, stdout=SAID)
    settings = pip.settings()
    assert settings["cert"] == "/env/cert.pem"
    assert pip.indexes(settings) == [
        f"https://{host}.example.org/simple" for host in ("files", "a", "b")
    ]


@pytest.mark.parametrize(
    "settings, wanted",
    [
        ({}, ["https://pypi.org/simple"]),
        ({"index-url": "http://x/y", "no-index": "false"}, ["http://x/y"]),
        ({"index-url": "http://x/y", "no-index": "1"}, []),
    ],
)
def test_indexes(settings, wanted):
    assert pip.indexes(settings) == wanted


def test_pip_itself_is_run():
    """This very Python's, whose environment it is."""
    done = pip.run("--version")
    assert done.returncode == 0 and f"python {sys.version_info.major}." in done.stdout


def test_a_download_is_pinned_by_its_hash(toy, tmp_path, monkeypatch):
    asked = says(monkeypatch)
    distribution = toy.distribution
    assert pip.pip_download(distribution, tmp_path) == tmp_path / distribution.file
    (arguments,) = asked
    assert arguments[0] == "download" and arguments[-1] == tmp_path
    for option in ("--require-hashes", "--no-deps", "--no-binary"):
        assert option in arguments
    assert not Path(arguments[arguments.index("-r") + 1]).exists()  # it was temporary


def test_pips_last_word_is_the_reason(toy, tmp_path, monkeypatch):
    says(monkeypatch, code=1, stderr="WARNING: slow\nERROR: No matching distribution\n")
    with pytest.raises(ValueError, match=r"^ERROR: No matching distribution$"):
        pip.pip_download(toy.distribution, tmp_path)
