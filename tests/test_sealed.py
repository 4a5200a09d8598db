"""Archives with a seal: whatever happens to one is seen; those from before have their own sums."""

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tfvgan.sealed import SEAL, check_seal, write_sealed

ARRAYS = {"a": np.arange(6.0), "b": np.zeros((3, 2), "uint8")}


def sealed(path):
    return write_sealed(path, lambda file: np.savez(file, **ARRAYS))


def test_what_is_sealed_is_read_as_any_other(tmp_path):
    path = sealed(tmp_path / "x.npz")
    check_seal(path)
    with np.load(path) as found:
        assert all(np.array_equal(found[name], array) for name, array in ARRAYS.items())
    with zipfile.ZipFile(path) as archive:
        assert archive.comment.startswith(SEAL) and archive.testzip() is None
    assert [file.name for file in tmp_path.iterdir()] == ["x.npz"]


def test_what_has_no_seal_is_good_as_long_as_its_own_sums_are(tmp_path):
    path = tmp_path / "x.npz"
    np.savez(path, **ARRAYS)
    check_seal(path)
    data = bytearray(path.read_bytes())
    data[data.index(np.arange(6.0).tobytes()) + 8] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"is damaged, or no archive \(Bad CRC-32 for file 'a.npy"):
        check_seal(path)


def test_another_content_under_the_same_seal_is_seen(tmp_path):
    path = sealed(tmp_path / "x.npz")
    with zipfile.ZipFile(path) as archive:
        comment = archive.comment
    np.savez(path, **ARRAYS | {"b": np.ones((3, 2), "uint8")})
    check_seal(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = comment
    with pytest.raises(ValueError, match=r"\(its checksum is another\): make or fetch it anew"):
        check_seal(path)


def test_what_would_fill_the_memory_is_not_unpacked(tmp_path):
    path = tmp_path / "x.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", b"\0" * 10_000)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2") + 24
    data[at : at + 4] = (2**32 - 2).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(ValueError, match="it would be of 4294967294 bytes, unpacked from"):
        check_seal(path)


def test_what_is_no_archive_is_one_sentence(tmp_path):
    (tmp_path / "x.npz").write_bytes(b"text")
    for name in ("x.npz", "y.npz"):
        with pytest.raises(ValueError, match="is damaged, or no archive"):
            check_seal(tmp_path / name)


def test_whatever_byte_changes_it_is_seen_or_says_the_same(tmp_path):
    good = Path(sealed(tmp_path / "good.npz")).read_bytes()
    draw, path, seen = random.Random(0), tmp_path / "x.npz", 0
    for _ in range(300):
        data = bytearray(good)
        data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data[: draw.choice([len(data), len(data), draw.randrange(len(data))])])
        try:
            check_seal(path)
        except ValueError:
            seen += 1
            continue
        with np.load(path) as found:
            assert all(np.array_equal(found[name], array) for name, array in ARRAYS.items())
    assert seen > 200
