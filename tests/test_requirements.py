"""setup.py: which stack each Python gets, and that each package is asked for once."""

import runpy
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")


@pytest.fixture
def asked(monkeypatch):
    """A function that returns what setup.py says, by the stack that is asked for."""

    def read(stack=None):
        said = {}
        monkeypatch.setattr("setuptools.setup", lambda **given: said.update(given))
        monkeypatch.delenv("TFVGAN_STACK", raising=False)
        if stack is not None:
            monkeypatch.setenv("TFVGAN_STACK", stack)
        monkeypatch.chdir(ROOT)
        runpy.run_path("setup.py", run_name="__main__")
        return said

    return read


def names(lines, python, machine="x86_64"):
    """Returns what a Python gets of some requirements, name to versions; each comes once."""
    environment = {
        **default_environment(),
        "python_version": python,
        "platform_machine": machine,
        "sys_platform": "linux",
    }
    held = [Requirement(line) for line in lines]
    held = [one for one in held if one.marker is None or one.marker.evaluate(environment)]
    found = {one.name: one.specifier for one in held}
    assert len(found) == len(held)
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_each_python_gets_its_stack(python, asked):
    found = names(asked()["install_requires"], python)
    older = python != "3.13"
    assert ("2.17.1" in found["tensorflow"]) == older == ("2.21.0" not in found["tensorflow"])
    assert ("2.0.0" in found["numpy"]) != older and ("2.5.0" in found["numpy"]) != older
    for name in ("tensorflow-io", "pyglet-ffmpeg", "pyglet", "setuptools"):
        assert (name in found) == older, name
    # Each TensorFlow finds its TensorBoard at once: where it doesn't, pip tries other TensorFlows.
    assert ("2.17.1" in found["tensorboard"]) == older == ("2.21.0" not in found["tensorboard"])


@pytest.mark.parametrize("python", PYTHONS)
def test_the_newest_stack_is_the_same_on_every_python(python, asked):
    newest, own = asked("newest"), asked()
    found = names(newest["install_requires"], python)
    assert found == names(own["install_requires"], "3.13")
    metrics = (asking["extras_require"]["metrics"] for asking in (newest, own))
    assert names(next(metrics), python) == names(next(metrics), "3.13")
    assert "tensorflow-io" not in found and "2.21.0" in found["tensorflow"]


def test_both_stacks_need_the_same_beside(asked):
    lines = asked()["install_requires"]
    older, newest = (names(lines, python) for python in ("3.12", "3.13"))
    assert set(older) - set(newest) == {"tensorflow-io", "pyglet-ffmpeg", "pyglet", "setuptools"}
    assert set(newest) < set(older)
    assert set(older) - set(names(lines, "3.12", "aarch64")) == {"pyglet-ffmpeg", "pyglet"}


def test_another_stack_is_refused_in_a_sentence(asked):
    assert asked("")["install_requires"] == asked()["install_requires"]
    with pytest.raises(ValueError, match="TFVGAN_STACK is 'oldest': leave it unset, or set it"):
        asked("oldest")


def test_the_classifiers_name_the_same_pythons(asked):
    named = [line.split(" :: ")[-1] for line in asked()["classifiers"] if "Python :: 3." in line]
    assert named == list(PYTHONS)


@pytest.mark.parametrize("extra", ["metrics", "dev", "bench"])
def test_optical_flow_is_of_the_numpy_that_is_there(extra, asked):
    lines = asked()["extras_require"][extra]
    older, newest = (names(lines, python) for python in ("3.12", "3.13"))
    assert "4.12.0" not in older["opencv-python-headless"]
    assert "5.0.0" in newest["opencv-python-headless"]
    of_2_17 = {"tensorflow-serving-api", "grpcio"} if extra == "dev" else set()
    assert set(older) - set(newest) == of_2_17 and set(newest) <= set(older)


@pytest.mark.parametrize(("python", "fits"), [("3.10.9", 0), ("3.13.1", 1), ("3.14.0", 0)])
def test_pythons_that_have_no_stack_are_refused(python, fits, asked):
    assert (python in SpecifierSet(asked()["python_requires"])) == fits


def test_python_versions_agree():
    """setup.py, what `make` runs, and ruff name the same Pythons."""
    assert f"PYTHONS ?= {' '.join(PYTHONS)}\n" in (ROOT / "Makefile").read_text()
    assert f"LAST={PYTHONS[-1]} " in (ROOT / "environment.sh").read_text()
    assert 'target-version = "py311"' in (ROOT / "pyproject.toml").read_text()
