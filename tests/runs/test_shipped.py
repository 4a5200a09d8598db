"""The package's models are found by the names of their folders."""

import os
from pathlib import Path

import pytest

from tfvgan.runs import shipped


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A package with models for three tasks, one of them without a second one."""
    names = (
        "restore_x2",
        "restore_x2_detail",
        "restore_old",
        "codec_detail",
        "generate_toy",
        "style_dots",
        "segment_toy",
    )
    for name in names:
        (tmp_path / "saved_models" / name).mkdir(parents=True)
        (tmp_path / "saved_models" / name / "generator.keras").touch()
    (tmp_path / "saved_models" / "restore_empty").mkdir()
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "tfvgan" / "runs" / "shipped.py"))
    return tmp_path / "saved_models"


def test_the_package_is_searched_by_task_and_preference(folders):
    assert shipped.shipped_tasks() == ["old", "x2"]
    assert shipped.shipped("x2", "detail") == str(folders / "restore_x2_detail")
    assert shipped.shipped("x2", "fidelity") == str(folders / "restore_x2")
    assert shipped.shipped("old", "detail") == str(folders / "restore_old")
    assert shipped.shipped_folders("codec_") == [folders / "codec_detail"]


def test_says_what_there_is(folders):
    with pytest.raises(ValueError, match="for the task 'x9': choose among old, x2, or give"):
        shipped.shipped("x9", "detail")
    with pytest.raises(ValueError, match="`prefer` must be one of detail, fidelity, but is 'most'"):
        shipped.shipped("x2", "most")


def test_installed_models_lie_in_the_package(folders):
    os.rename(folders, folders.parent / "elsewhere")
    (folders.parent / "tfvgan").mkdir()
    os.rename(folders.parent / "elsewhere", folders.parent / "tfvgan" / "saved_models")
    assert shipped.shipped_tasks() == ["old", "x2"]


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize(
    ("name", "folder"),
    [
        *(("toy", "generate_toy"), ("generate_toy", "generate_toy"), ("restore_x2", "restore_x2")),
        *(("dots", "style_dots"), ("style_dots", "style_dots")),
    ],
)
def test_a_model_has_a_name(name, folder, kind, folders):
    assert shipped.model_at(kind(name)) == str(folders / folder)


def test_what_lies_at_a_path_comes_first_and_what_is_no_name_stays(folders, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("toy").mkdir()
    model = object()
    for place in ("toy", "x2", "elsewhere/generate_toy", "restore_empty", None, model, ""):
        assert shipped.model_at(place) is place


def test_a_name_is_that_of_a_model_of_its_kind(folders, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("toy", "segment_toy"):
        assert shipped.of_the_package(name, "segment_", "segmenter") == str(folders / "segment_toy")
    model = object()
    assert shipped.of_the_package(model, "segment_", "segmenter") is model
    Path("toy").mkdir()
    assert shipped.of_the_package("toy", "segment_", "segmenter") == "toy"
    with pytest.raises(ValueError, match="no segmenter .* called 'dots', .*: choose among toy, or"):
        shipped.of_the_package("dots", "segment_", "segmenter")
    with pytest.raises(ValueError, match="choose among none, or name the folder of a run"):
        shipped.of_the_package("dots", "x_", "x")
