import pytest
from light import add_version

from tfvgan.serving.server.folders import aspired, model_folders, read_labels, versions_in


def test_models_are_folders_with_numbered_versions(tmp_path):
    for name, number in (("b", 1), ("a", 2), ("a", 10)):
        add_version(tmp_path, name, number)
    for name in ("empty/1", "a/3", "a/x", ".hidden/1", "a b/1"):
        (tmp_path / name).mkdir(parents=True)
    add_version(tmp_path, ".unfinished", 1)
    add_version(tmp_path / "a", "4", 1)
    (tmp_path / "README.md").touch()
    found = model_folders(tmp_path)
    assert found == {"a": tmp_path / "a", "b": tmp_path / "b"} and list(found) == ["a", "b"]
    assert versions_in(tmp_path / "a") == {2: tmp_path / "a" / "2", 10: tmp_path / "a" / "10"}
    assert model_folders(tmp_path / "a") == {"a": tmp_path / "a"}


def test_numbers_that_no_version_has_are_left_out(tmp_path):
    for number in (2**63 - 1, 2**63, "٣"):
        add_version(tmp_path, "a", number)
    assert list(versions_in(tmp_path / "a")) == [2**63 - 1]


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be a folder of models, but is none"):
        model_folders(tmp_path / "none")
    version = add_version(tmp_path, "a", 7)
    with pytest.raises(ValueError, match=f"is a version of a model: name .* `{tmp_path / 'a'}`"):
        model_folders(version)


def test_the_newest_is_served_and_what_has_a_label():
    assert aspired([1, 2, 10], {}) == [10]
    assert aspired([1, 2, 10], {"stable": 2, "lost": 3}) == [2, 10]
    assert aspired([], {"stable": 2}) == []


def test_labels_are_read():
    texts = ["a:stable=3", "a:new=4", "b:x=y=1"]
    assert read_labels(texts) == {"a": {"stable": 3, "new": 4}, "b": {"x=y": 1}}
    for text in ("a", "a:b", "a:b=", ":b=1", "a:=1", "a:b=x", "a:b=-1"):
        with pytest.raises(ValueError, match="must be MODEL:LABEL=VERSION"):
            read_labels([text])
