"""The store: what is kept is whole, what is read is checked."""

import json
import zipfile

import numpy as np
import pytest

from tfvgan.weights import store

RECORD = {"licence": "Public domain"}


@pytest.fixture
def arrays(toy):
    """What `toy` is made of."""
    rng = np.random.default_rng(0)
    kernel, bias = rng.normal(size=(300, 200)), rng.normal(size=200)
    return {"dense/kernel": kernel.astype("float32"), "dense/bias": bias.astype("float32")}


def test_what_is_kept_comes_back_with_its_record(arrays, home):
    path = store.save("toy", arrays, RECORD)
    assert path == store.path("toy") == store.verify("toy") == home / "weights" / "toy.npz"
    loaded = store.load("toy")
    assert sorted(loaded) == sorted(arrays)
    assert all(np.array_equal(loaded[name], arrays[name]) for name in arrays)
    record = json.loads(path.with_suffix(".json").read_text())
    assert record == {**RECORD, "sha256": store.sha256_of(path)}
    assert sorted(file.name for file in home.rglob("*.*")) == ["toy.json", "toy.npz"]


def test_missing_weights_say_the_command(toy):
    with pytest.raises(store.MissingWeights, match="run `tfvgan weights fetch toy`"):
        store.load("toy")


@pytest.mark.parametrize("how", ["cut", "flipped", "emptied", "other"])
def test_damaged_weights_say_the_command(arrays, how):
    path = store.save("toy", arrays, RECORD)
    content = bytearray(path.read_bytes())
    if how == "flipped":
        content[len(content) // 2] ^= 1
    path.write_bytes({"cut": content[:1000], "emptied": b""}.get(how, content))
    if how == "other":
        np.savez(path, **{**arrays, "dense/bias": -arrays["dense/bias"]})
    with pytest.raises(store.MissingWeights, match="damaged: run `tfvgan weights fetch toy`"):
        store.verify("toy")


def test_other_arrays_are_not_kept(arrays, home):
    with pytest.raises(ValueError, match="came out other than they should"):
        store.save("toy", {**arrays, "dense/bias": arrays["dense/bias"] + 1}, RECORD)
    assert not list(home.rglob("*.npz*"))


def test_nothing_half_written_is_left(arrays, home, monkeypatch):
    def full(stream, **arrays):
        stream.write(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="disk full"):
        store.save("toy", arrays, RECORD)
    assert not [file for file in home.rglob("*") if file.is_file()]


def test_the_fingerprint_is_of_names_types_shapes_and_values(arrays):
    """However they are stored; every change is seen."""
    x = np.arange(6, dtype="float32")
    same = store.fingerprint({"a": x, "b": x})
    assert same == store.fingerprint({"b": np.arange(12.0)[::2].astype("f4") / 2, "a": x.copy()})
    others = [{"a": x, "c": x}, {"a": x}, {"a": x, "b": x + 1}, {"a": x, "b": x.reshape(2, 3)}]
    others.append({"a": x, "b": x.view("int32")})
    assert len({same, *map(store.fingerprint, others)}) == 6


def test_the_file_is_an_ordinary_npz(arrays):
    with zipfile.ZipFile(store.save("toy", arrays, RECORD)) as archive:
        assert archive.namelist() == ["dense/kernel.npy", "dense/bias.npy"]
