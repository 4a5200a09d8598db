import os

import pytest

from tfvgan.data.begun import BEGUN_FILE, Begun


def test_new_names_are_nobodys_and_what_is_not_kept_is_removed(tmp_path):
    for name in ("clips-00003.tfrecord", "clips-99999.tfrecord", "clips-x.tfrecord"):
        (tmp_path / name).touch()
    ours = Begun(tmp_path, ["clips-00003.tfrecord"])
    for name in ("clips-100000.tfrecord", "clips-100001.tfrecord"):
        assert ours.begin() == name
        (tmp_path / name).touch()
    (tmp_path / ".clips-100001.tfrecord.writing").touch()
    (tmp_path / ".clips-100002.tfrecord.writing").touch()
    Begun(tmp_path, []).clear(["clips-100000.tfrecord"])
    assert sorted(os.listdir(tmp_path)) == [
        ".clips-100002.tfrecord.writing",
        "clips-100000.tfrecord",
        "clips-99999.tfrecord",
        "clips-x.tfrecord",
    ]


@pytest.mark.parametrize("text", ["", "{}", "7", '["../a", "index.json"]', "[1]"])
def test_a_record_that_says_something_else_names_nothing(tmp_path, text):
    (tmp_path / BEGUN_FILE).write_text(text)
    (tmp_path / "index.json").touch()
    Begun(tmp_path, []).clear([])
    assert os.listdir(tmp_path) == ["index.json"]
