"""The version is written once: what is installed, cited and logged agrees with it."""

import importlib.metadata
import re
from pathlib import Path

import tfvgan
from tfvgan.version import __version__

ROOT = Path(__file__).resolve().parent.parent


def test_the_version_is_three_numbers():
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert tfvgan.__version__ == __version__


def test_setup_reads_the_same():
    assert importlib.metadata.version("tfvgan") == __version__
    assert __version__ not in (ROOT / "setup.py").read_text(encoding="utf-8")


def test_the_changelog_and_the_citation_name_it():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\d.*?)\]", changes, re.MULTILINE)[0] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", citation, re.MULTILINE)[1] == __version__
