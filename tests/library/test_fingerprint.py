import os

import media
import pytest

from tfvgan.library.fingerprint import PIECE, fingerprint_of, state_of


@pytest.mark.parametrize("size", [0, 10, 3 * PIECE, 5 * PIECE + 1])
def test_what_is_in_a_file_decides_and_not_its_name(tmp_path, size):
    data = bytearray(os.urandom(size))
    for name in "ab":
        (tmp_path / name).write_bytes(data)
    one = fingerprint_of(tmp_path / "a")
    assert one == fingerprint_of(tmp_path / "b") and len(one) == 32
    changed = [0, size // 2, size - 1] if size else []
    for place in changed:
        data[place] ^= 1
        (tmp_path / "b").write_bytes(data)
        assert fingerprint_of(tmp_path / "b") != one
        data[place] ^= 1
    (tmp_path / "b").write_bytes(data + b"x")
    assert fingerprint_of(tmp_path / "b") != one


def test_images_are_known_by_all_of_them(tmp_path):
    one = media.images(tmp_path / "one", media.frames(3))
    other = media.images(tmp_path / "other", media.frames(3))
    assert fingerprint_of(one) == fingerprint_of(other)
    sizes = [path.stat() for path in (tmp_path / "one").iterdir()]
    assert state_of(one) == (
        sum(each.st_size for each in sizes),
        max(each.st_mtime_ns for each in sizes),
    )
    (tmp_path / "other" / "frame_1.png").rename(tmp_path / "other" / "frame_9.png")
    assert fingerprint_of(one) != fingerprint_of(other)
