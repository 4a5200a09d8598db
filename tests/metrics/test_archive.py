import numpy as np
import pytest

from tfvgan.metrics.archive import load_arrays, save_arrays


def test_arrays_come_back_in_the_order_asked_for(tmp_path):
    path = save_arrays(tmp_path / "new" / "a.npz", x=np.arange(3), y=np.float64(0.1))
    y, x = load_arrays(path, ("y", "x"))
    assert y == 0.1
    np.testing.assert_array_equal(x, [0, 1, 2])


@pytest.mark.parametrize("spoil", ["flip", "cut", "empty", "text"])
def test_a_damaged_file_says_so(tmp_path, spoil):
    path = save_arrays(tmp_path / "a.npz", x=np.zeros(1000))
    whole = bytearray((tmp_path / "a.npz").read_bytes())
    if spoil == "flip":
        whole[len(whole) // 2] ^= 1
    damaged = {"flip": whole, "cut": whole[:2000], "empty": b"", "text": b"hello" * 100}[spoil]
    (tmp_path / "a.npz").write_bytes(damaged)
    with pytest.raises(ValueError, match=r"must hold x, but can't be read"):
        load_arrays(path, ("x",))


def test_other_arrays_and_no_file_are_told_apart(tmp_path):
    path = save_arrays(tmp_path / "a.npz", x=np.zeros(2))
    with pytest.raises(ValueError, match="must hold mean"):
        load_arrays(path, ("mean",))
    with pytest.raises(FileNotFoundError):
        load_arrays(tmp_path / "b.npz", ("x",))


def test_no_pickle_is_opened(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="can't be read"):
        load_arrays(tmp_path / "a.npz", ("x",))


def test_nothing_half_written_is_left(tmp_path, monkeypatch):
    def fail(file, **arrays):
        file.write(b"half")
        raise OSError("disk full")

    path = save_arrays(tmp_path / "a.npz", x=np.ones(1))
    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="disk full"):
        save_arrays(path, x=np.zeros(1))
    assert [file.name for file in tmp_path.iterdir()] == ["a.npz"]
    assert load_arrays(path, ("x",))[0] == 1
