"""The package's models are found by the names of their folders."""

import pytest

from tfvgan.runs import shipped


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A package with models for three tasks, one of them without a second one."""
    names = ("restore_x2", "restore_x2_detail", "restore_old", "codec_detail")
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
