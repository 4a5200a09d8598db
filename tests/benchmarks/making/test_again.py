"""A published folder is replaced as a whole, or stays as it was."""

import json

import pytest

from benchmarks.making.again import checked, parity_of, replaced
from tfvgan.sums import check_sums, write_sums


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "style_x"
    for version in ("9", "10"):
        (folder / version).mkdir(parents=True)
        (folder / version / "parity.json").write_text(json.dumps({"rows": [version]}))
        write_sums(folder / version)
    (folder / "generator.keras").write_bytes(b"old")
    write_sums(folder)
    return folder


def test_what_was_changed_takes_the_folders_place_with_its_checksums(folder):
    version = checked(folder)
    assert version == folder / "10" and parity_of(version) == {"rows": ["10"]}
    with replaced(folder) as copy:
        (copy / "generator.keras").write_bytes(b"new")
        assert (folder / "generator.keras").read_bytes() == b"old"
    assert (folder / "generator.keras").read_bytes() == b"new"
    check_sums(folder)
    assert list(folder.parent.iterdir()) == [folder]


def test_after_an_error_all_stays(folder):
    with pytest.raises(ValueError, match="too far"), replaced(folder) as copy:
        (copy / "generator.keras").write_bytes(b"new")
        raise ValueError("too far")
    assert (folder / "generator.keras").read_bytes() == b"old"
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("changed", ["generator.keras", "10/parity.json"])
def test_what_has_another_checksum_is_refused(folder, changed):
    (folder / changed).write_bytes(b"{}")
    with pytest.raises(ValueError, match="is not what was written there"):
        checked(folder)
