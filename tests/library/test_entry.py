import numpy as np
import pytest
from drifting import FACTS, entry

from tfvgan.library.entry import VideoEntry
from tfvgan.sealed import write_sealed


@pytest.mark.parametrize("count", [0, 3])
def test_what_is_saved_is_loaded(tmp_path, count):
    made = entry(count)
    read = VideoEntry.load(made.save(tmp_path / "a.npz"))
    assert read.facts == FACTS and FACTS.bit_rate == 4000
    np.testing.assert_array_equal(read.vectors.times, made.vectors.times)
    np.testing.assert_array_equal(read.vectors.numbers, made.vectors.numbers)
    assert read.vectors.numbers.dtype == np.int8


def test_a_damaged_one_says_so(tmp_path):
    file = tmp_path / "a.npz"
    with pytest.raises(FileNotFoundError):
        VideoEntry.load(file)
    data = bytearray(entry().save(file) and file.read_bytes())
    data[200] ^= 1
    file.write_bytes(data)
    with pytest.raises(ValueError, match="is damaged"):
        VideoEntry.load(file)
    file.write_bytes(data[:150])
    with pytest.raises(ValueError, match="is damaged"):
        VideoEntry.load(file)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("facts", np.frombuffer(b"{}", np.uint8), "`\\w+` is missing"),
        ("facts", np.frombuffer(b"{", np.uint8), "no entry"),
        ("numbers", np.zeros((2, 64), np.int8), r"int8 \(2, 64\)"),
        ("numbers", np.zeros((3, 64), np.uint8), "uint8"),
        ("times", np.zeros(3, np.float32), "do not grow"),
        ("times", np.array([0, 1, np.nan], np.float32), "do not grow"),
        ("times", None, "no entry"),
    ],
)
def test_one_that_is_whole_may_still_be_none(tmp_path, name, value, said):
    made = entry()
    made.save(tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz") as arrays:
        arrays = {**arrays, name: value}
    arrays = {key: array for key, array in arrays.items() if array is not None}
    write_sealed(tmp_path / "a.npz", lambda file: np.savez(file, **arrays))
    with pytest.raises(ValueError, match=said):
        VideoEntry.load(tmp_path / "a.npz")
